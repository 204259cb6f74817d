"""The key that signs checkpoints. The secret comes from the environment (demo: made once in var/), never from here."""

import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from coordination.kernel.verifier import fingerprint


def sign(hashed: bytes) -> tuple[str, bytes]:
    """The fingerprint of the present key, and its Ed25519 signature of `hashed`."""
    private = _private(settings.JOURNAL_SIGNING_KEY)
    return fingerprint(_public(private)), private.sign(hashed)


def public_keys() -> list[str]:
    """The public keys (hex) whose signatures count: the present one first, then those of former years."""
    return [_public(_private(settings.JOURNAL_SIGNING_KEY)), *settings.JOURNAL_PUBLIC_KEYS]


@lru_cache(maxsize=2)
def _private(secret: str) -> Ed25519PrivateKey:
    """The key that a secret stands for: any secret of enough entropy will do, so the 32 bytes are derived from it."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"journal checkpoints\0" + secret.encode()).digest())


def _public(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes_raw().hex()
