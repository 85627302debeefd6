"""A software passkey (WebAuthn): makes a key, keeps it, and signs what the program asks – like a phone would."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Passkey:
    """One passkey on one device, at one origin."""

    origin: str = "http://localhost"
    verified: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    user_handle: bytes = b""
    count: int = 0

    def create(self, options: dict[str, Any]) -> str:
        """The answer to the request for a new key, as the page sends it."""
        public = options["publicKey"]
        self.user_handle = decode(public["user"]["id"])
        cose = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cose
        data = self._data(public["rp"]["id"], HAS_KEY) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {"clientDataJSON": self._client(public, "webauthn.create"), "attestationObject": encode(attestation)},
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """The answer to the request for a proof, as the page sends it."""
        public = options["publicKey"]
        client = self._client(public, "webauthn.get")
        data = self._data(public["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(decode(client)).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": client,
            "authenticatorData": encode(data),
            "signature": encode(signature),
            "userHandle": encode(self.user_handle),
        }
        return self._answer(response, {})

    def _data(self, rp_id: str, flags: int) -> bytes:
        self.count += 1
        flags |= PRESENT | (VERIFIED if self.verified else 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, public: dict[str, Any], kind: str) -> str:
        return encode(json.dumps({"type": kind, "challenge": public["challenge"], "origin": self.origin}).encode())

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        identity = encode(self.credential_id)
        return json.dumps(
            {
                "type": "public-key",
                "id": identity,
                "rawId": identity,
                "response": response,
                "clientExtensionResults": extensions,
            }
        )
