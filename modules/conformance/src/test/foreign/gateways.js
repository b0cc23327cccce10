'use strict'
// Gateways as users of @grpc/grpc-js write them: they handle messages one after the other in `for await`, for a
// millisecond each. They follow docs/protocol.md, "Drain", and reconnect until the last event.
//
// usage: node gateways.js PROTO PORT COUNT
// prints {"event":"subscribed"} for each stream, and for each gateway at its end
// {"event":"done","id":…,"handled":[…],"goAways":[…],"ends":[…],"missed":n}

const grpc = require('@grpc/grpc-js')
const loader = require('@grpc/proto-loader')

const [proto, port, count] = process.argv.slice(2)
const options = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true }
const { Push } = grpc.loadPackageDefinition(loader.loadSync(proto, options)).push.v1
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
const tell = line => process.stdout.write(JSON.stringify(line) + '\n')

function millis (duration) {
  return duration ? duration.seconds * 1000 + duration.nanos / 1e6 : 0
}

class Gateway {
  constructor (id) {
    this.id = id
    this.cursor = ''
    this.handled = []
    this.goAways = []
    this.ends = []
    this.missed = 0
    this.last = false
  }

  async follow () {
    // Each has its own connection.
    const local = { 'grpc.use_local_subchannel_pool': 1 }
    const client = new Push('127.0.0.1:' + port, grpc.credentials.createInsecure(), local)
    while (!this.last) {
      await pause(await this.stay(client))
    }
    client.close()
    tell({ event: 'done', id: this.id, handled: this.handled, goAways: this.goAways, ends: this.ends, missed: this.missed })
  }

  /** Reads one stream, and returns the time to wait before the next one. */
  async stay (client) {
    const request = { gateway_client_id: this.id, cursor: this.cursor, want_notices: true, on_stale: 'OLDEST_RETAINED' }
    const call = client.SubscribePush(request)
    call.on('error', () => {}) // reported below
    let goAway = null
    let opened = false
    try {
      for await (const event of call) {
        opened = true
        goAway = await this.handle(event)
        this.cursor = event.cursor || this.cursor
        if (goAway || this.last) {
          call.cancel()
          break
        }
      }
    } catch (e) {
      if (opened) this.ends.push(e.code)
    }
    return goAway ? millis(goAway.retry_after) : 100
  }

  /** Handles a message, and returns the GoAway if it is one. */
  async handle (event) {
    if (event.client_event) {
      await pause(1)
      this.handled.push(Number(event.client_event.event_id))
      this.last = event.client_event.kind === 'last'
    }
    if (!event.notice) return null
    if (event.notice.opened) tell({ event: 'subscribed', id: this.id })
    if (event.notice.gap) this.missed += event.notice.gap.missed
    if (event.notice.go_away) this.goAways.push(event.notice.go_away.reason)
    return event.notice.go_away
  }
}

for (let n = 0; n < Number(count); n++) {
  new Gateway('node-' + n).follow().catch(e => { console.error(e); process.exit(1) })
}
