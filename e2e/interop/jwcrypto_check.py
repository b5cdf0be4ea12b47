"""The envelope against Python's jwcrypto: what either side seals the other opens. Started by ./run."""

import json
import os
import subprocess
import sys

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwcrypto.common import base64url_encode
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

NOW = 1_800_000_000
EXPIRES = NOW + 300
TENANT = "contoso"
REPLY_HEADER = '{"alg":"dir","enc":"A256GCM","typ":"postern-reply-1"}'
# Sizes of a body beside the bucket that a request and a reply with it must fill.
BODIES = [(5, 256, 512), (237, 256, 512), (238, 512, 512), (600, 1024, 1024), (1005, 1024, 1024)]

failures = 0


def main():
    program = subprocess.Popen(
        [os.environ["POSTERN_INTEROP"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(**command):
        program.stdin.write(json.dumps(command) + "\n")
        program.stdin.flush()
        return json.loads(program.stdout.readline())

    for bits in (2048, 3072, 4096):
        theirs = JWK.generate(kty="RSA", size=bits)
        ours = ask(do="key", bits=bits)["jwk"]
        our_key = JWK(**ours)
        check(f"jwcrypto {bits}: the kid is the RFC 7638 thumbprint", our_key.thumbprint() == ours["kid"])
        for length, request_bucket, reply_bucket in BODIES:
            about = f"jwcrypto {bits}, a body of {length}"
            body, answer = cbor_bytes(length), cbor_bytes(length)
            our_request_their_agent(ask, about, theirs, body, answer, request_bucket, reply_bucket)
            their_request_our_agent(ask, about, our_key, ours["kid"], body, answer, request_bucket, reply_bucket)
    program.stdin.close()
    program.wait()
    return 1 if failures else 0


def our_request_their_agent(ask, about, theirs, body, answer, request_bucket, reply_bucket):
    sealed = ask(
        do="seal",
        jwk=theirs.export_public(as_dict=True),
        tenant=TENANT,
        expires=EXPIRES,
        body=base64url_encode(body),
    )
    request = JWE()
    request.deserialize(sealed["message"], key=theirs)
    header = json.loads(request.objects["protected"])
    plaintext = request.payload
    check(
        f"{about}: jwcrypto opens our request",
        header == request_header(theirs.thumbprint())
        and plaintext[:3] == b"\x83\x01\x50"
        and plaintext[19:] == body + bytes(request_bucket - 19 - len(body)),
    )
    for name, request_id, accepted in (
        ("opens jwcrypto's reply", plaintext[3:19], True),
        ("refuses jwcrypto's reply to another request", os.urandom(16), False),
    ):
        padded = pad(b"\x82\x01", answer, reply_bucket)
        reply = JWE(padded, protected=REPLY_HEADER, recipient=dir_key(request.cek, request_id))
        opened = ask(do="open_reply", request=sealed["request"], message=reply.serialize(compact=True))
        expected = {"body": base64url_encode(answer)} if accepted else None
        check(
            f"{about}: our browser's half {name}",
            opened == expected if accepted else "not written by the agent" in opened.get("error", ""),
        )


def their_request_our_agent(ask, about, our_key, kid, body, answer, request_bucket, reply_bucket):
    request_id = os.urandom(16)
    padded = pad(b"\x83\x01\x50" + request_id, body, request_bucket)
    request = JWE(padded, protected=json.dumps(request_header(kid)), recipient=our_key)
    command = {
        "do": "open",
        "kid": kid,
        "tenant": TENANT,
        "now": NOW,
        "message": request.serialize(compact=True),
        "answer": base64url_encode(answer),
    }
    opened = ask(**command)
    check(
        f"{about}: our agent's half opens jwcrypto's request",
        (opened.get("id"), opened.get("body"), opened.get("expires"))
        == (base64url_encode(request_id), base64url_encode(body), EXPIRES),
    )
    reply = JWE()
    reply.deserialize(opened["reply"], key=dir_key(request.cek, request_id))
    check(
        f"{about}: jwcrypto opens our reply",
        reply.objects["protected"] == REPLY_HEADER and reply.payload == pad(b"\x82\x01", answer, reply_bucket),
    )
    refused = ask(**{**command, "tenant": "fabrikam"})
    check(
        f"{about}: our agent's half refuses jwcrypto's request for another tenant",
        "another tenant" in refused.get("error", ""),
    )


def request_header(kid):
    return {
        "alg": "RSA-OAEP-256",
        "enc": "A256GCM",
        "kid": kid,
        "typ": "postern-1",
        "tenant": TENANT,
        "exp": EXPIRES,
    }


def dir_key(content_key, request_id):
    """HKDF-SHA-256 (RFC 5869): the content key, salted with the request id."""
    derived = HKDF(SHA256(), 32, salt=request_id, info=b"postern reply v1").derive(content_key)
    return JWK(kty="oct", k=base64url_encode(derived))


def cbor_bytes(length):
    """A CBOR byte string of random bytes that takes `length` bytes in all."""
    if length < 25:
        head = bytes([0x40 + length - 1])
    elif length < 258:
        head = bytes([0x58, length - 2])
    else:
        head = b"\x59" + (length - 3).to_bytes(2, "big")
    return head + os.urandom(length - len(head))


def pad(head, body, bucket):
    return head + body + bytes(bucket - len(head) - len(body))


def check(name, holds):
    global failures
    failures += not holds
    print(f"{'ok' if holds else 'not ok'} - {name}")


if __name__ == "__main__":
    sys.exit(main())
