"""A gateway on Python's grpcio, gRPC's C-core. Prints a line of JSON for each event.

usage: gateway.py HOST:PORT ID CURSOR COUNT
It checks the health of push.v1.Push, watches it, subscribes, prints COUNT events, and exits.
The messages are read and written by hand, so that nothing has to be generated.
"""
import json
import sys

import grpc


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out) + bytes([n])


def text(field, value):
    data = value.encode()
    return varint(field << 3 | 2) + varint(len(data)) + data if data else b""


def fields(data):
    i = 0

    def number():
        nonlocal i
        n = shift = 0
        while True:
            b = data[i]
            i += 1
            n |= (b & 127) << shift
            shift += 7
            if b < 128:
                return n

    while i < len(data):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
        elif tag & 7 == 2:
            length = number()
            yield tag >> 3, data[i:i + length]
            i += length
        else:
            raise ValueError(f"wire type {tag & 7}")


def say(**what):
    print(json.dumps(what), flush=True)


def raw(channel, kind, path):
    return getattr(channel, kind)(path, request_serializer=lambda b: b, response_deserializer=lambda b: b)


def main(target, gateway, cursor, count):
    with grpc.insecure_channel(target) as channel:
        service = text(1, "push.v1.Push")
        say(health=dict(fields(raw(channel, "unary_unary", "/grpc.health.v1.Health/Check")(service, timeout=20))).get(1))
        watch = raw(channel, "unary_stream", "/grpc.health.v1.Health/Watch")(service, timeout=60)
        say(watch=dict(fields(next(watch))).get(1))
        call = raw(channel, "unary_stream", "/push.v1.Push/SubscribePush")(text(1, gateway) + text(2, cursor), timeout=60)
        call.initial_metadata()
        say(subscribed=gateway)
        for _ in range(count):
            event = dict(fields(next(call)))
            say(cursor=event[1].decode(), kind=dict(fields(event[2]))[3].decode() if 2 in event else "")
        call.cancel()
        watch.cancel()


try:
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
except grpc.RpcError as e:
    say(error=f"{e.code()}: {e.details()}")
    sys.exit(1)
