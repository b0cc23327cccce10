// A gateway on Node's own HTTP/2, which is nghttp2. Prints a line of JSON for each event.
//
// usage: http2.js HOST:PORT ID COUNT HEADER_TABLE_SIZE
// It gets /observe/health/live ten times, subscribes, prints how many bytes each of COUNT pieces has, and exits.
'use strict'
const http2 = require('http2')

const [target, id, count, headerTableSize] = process.argv.slice(2)
const say = what => console.log(JSON.stringify(what))
const fail = error => { say({ error: error.message }); process.exit(1) }
const session = http2.connect('http://' + target, { settings: { headerTableSize: Number(headerTableSize) } })
session.on('error', fail)
session.on('goaway', code => fail(new Error('GOAWAY ' + code)))

function get (left) {
  if (left === 0) return subscribe()
  const stream = session.request({ ':path': '/observe/health/live' })
  stream.on('response', headers => { if (headers[':status'] !== 200) fail(new Error('status ' + headers[':status'])) })
  stream.on('error', fail)
  stream.resume()
  stream.on('end', () => get(left - 1))
}

function subscribe () {
  const message = Buffer.concat([Buffer.from([10, id.length]), Buffer.from(id)])
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.length, 1)
  const stream = session.request({
    ':method': 'POST', ':path': '/push.v1.Push/SubscribePush', 'content-type': 'application/grpc', te: 'trailers'
  })
  let left = Number(count)
  stream.on('error', fail)
  stream.on('response', () => say({ subscribed: id }))
  stream.on('data', piece => { say({ bytes: piece.length }); if (--left === 0) process.exit(0) })
  stream.end(Buffer.concat([prefix, message]))
}

get(10)
