// A gateway on Node's @grpc/grpc-js. Prints a line of JSON for each event.
//
// usage: gateway.js PROTO HOST:PORT ID CURSOR COUNT
// It checks the health of push.v1.Push, watches it, subscribes, prints COUNT events, and exits.
'use strict'
const grpc = require('@grpc/grpc-js')
const loader = require('@grpc/proto-loader')

const [proto, target, id, cursor, count] = process.argv.slice(2)
const say = what => console.log(JSON.stringify(what))
const fail = error => { say({ error: error.message }); process.exit(1) }
const push = grpc.loadPackageDefinition(loader.loadSync(proto, { keepCase: true })).push.v1
const client = new push.Push(target, grpc.credentials.createInsecure())

const bytes = b => b
const request = Buffer.concat([Buffer.from([10, 12]), Buffer.from('push.v1.Push')])
const health = new grpc.Client(target, grpc.credentials.createInsecure())
health.makeUnaryRequest('/grpc.health.v1.Health/Check', bytes, bytes, request, (error, answer) => {
  if (error) return fail(error)
  say({ health: answer[1] })
  const watch = health.makeServerStreamRequest('/grpc.health.v1.Health/Watch', bytes, bytes, request)
  watch.on('error', error => { if (error.code !== grpc.status.CANCELLED) fail(error) })
  watch.once('data', answer => { say({ watch: answer[1] }); watch.cancel(); subscribe() })
})

function subscribe () {
  const call = client.SubscribePush({ gateway_client_id: id, cursor })
  let left = Number(count)
  const subscribed = () => { say({ subscribed: id }); if (left === 0) process.exit(0) }
  call.once('metadata', subscribed)
  call.on('data', event => {
    say({ cursor: event.cursor, kind: event.client_event ? event.client_event.kind : '' })
    if (--left === 0) process.exit(0)
  })
  call.on('error', fail)
}
