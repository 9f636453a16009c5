"""Looks a stock up: lookup.py HOST PORT SECRET_HEX NAME. Written from protocol/README.md alone."""
import hashlib
import hmac
import os
import socket
import struct
import sys

HELLO, PROOF, FAILED, LOOKUP, FOUND = 1, 2, 3, 68, 69
TOOL = 4


def receive_exactly(channel, count):
    data = b""
    while len(data) < count:
        more = channel.recv(count - len(data))
        if not more:
            raise ConnectionError("end of the stream")
        data += more
    return data


def send(channel, kind, correlation, payload):
    header = struct.pack(">IBBHQ", 12 + len(payload), kind, 0, 0, correlation)
    channel.sendall(header + payload)


def receive(channel, expected):
    length, kind, _, status, correlation = struct.unpack(">IBBHQ", receive_exactly(channel, 16))
    payload = receive_exactly(channel, length - 12)
    if kind == FAILED:
        detail = payload[6 : 6 + payload[5]].decode("ascii")
        sys.exit(f"failed with status {status}, reason {payload[0]}: {detail}")
    if kind != expected:
        sys.exit(f"message {kind} came instead of {expected}")
    return correlation, payload


def authenticate(channel, secret):
    def mac(*parts):
        return hmac.new(secret, b"".join(parts), hashlib.sha256).digest()

    ours = b"BZR1" + struct.pack(">HH", 2, 2) + mac(b"cluster")[:8]
    ours += struct.pack(">BIQ", TOOL, 1, 1) + os.urandom(32) + struct.pack(">H", 0)
    send(channel, HELLO, 0, ours)
    _, theirs = receive(channel, HELLO)
    send(channel, PROOF, 0, mac(b"stock-bazaar client", ours, theirs))
    _, proof = receive(channel, PROOF)
    if not hmac.compare_digest(proof, mac(b"stock-bazaar server", ours, theirs)):
        sys.exit("the node does not know the secret")


def lookup(channel, name):
    send(channel, LOOKUP, 1, bytes([len(name)]) + name.encode("ascii") + bytes(8))
    _, payload = receive(channel, FOUND)
    end = 1 + payload[0]
    price, quantity, volume, volume_max, _ = struct.unpack(">QQQQQ", payload[end:])
    found = payload[1:end].decode("ascii")
    print(f"{found} {price // 100}.{price % 100:02d} {quantity} {volume} {volume_max}")


if __name__ == "__main__":
    host, port, secret, name = sys.argv[1:]
    with socket.create_connection((host, int(port)), timeout=60) as channel:
        try:
            authenticate(channel, bytes.fromhex(secret))
            lookup(channel, name)
        except ConnectionError:
            # An end or a reset: what was sent behind the refused message was not read.
            sys.exit("the node closed the channel; its log says why")
