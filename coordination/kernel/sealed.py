"""Sealing: AES-256-GCM with a key of its own, bound to the row, so that a stolen database tells no name and no secret.

Sealed are who complained, the keys of the phones that show codes, and the secrets that sign webhooks: what the program
must read again. What it need only recognise (passwords, tokens, recovery codes) is kept as a digest instead (ADR 18).
The key comes from the environment (demo and tests: made once in var/). A former key opens what it has sealed until
`manage.py rotate_identity_key` has sealed everything anew.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from coordination.kernel.words import Refusal

NONCE = 12
ID = 12  # letters of a key's id


def present_key() -> str:
    """The id of the key with which is sealed today."""
    return _key(settings.IDENTITY_KEY)[0]


def seal(words: dict[str, str], bound_to: str) -> tuple[str, bytes]:
    """(key id, sealed bytes) of `words`; they open only together with `bound_to`."""
    return _close(json.dumps(words, ensure_ascii=False).encode(), bound_to)


def unseal(key_id: str, sealed: bytes, bound_to: str) -> dict[str, str]:
    """What was sealed. Refusal if the key is not at hand, or the bytes are not those that were sealed for this row."""
    return json.loads(_open(key_id, sealed, bound_to))


def seal_text(plain: bytes, bound_to: str) -> str:
    """`plain` as one line for a column of text: the key's id, then the sealed bytes. It begins with `present_key()`."""
    key_id, sealed = _close(plain, bound_to)
    return key_id + urlsafe_b64encode(sealed).decode()


def unseal_text(line: str, bound_to: str) -> bytes:
    """What `seal_text` sealed; refused like `unseal`. A line that was never sealed is refused, too."""
    try:
        sealed = urlsafe_b64decode(line[ID:])
    except ValueError as fault:
        raise Refusal(_("加密内容已损坏或者被改动，请联系系统管理员。"), code="key") from fault
    return _open(line[:ID], sealed, bound_to)


def _close(plain: bytes, bound_to: str) -> tuple[str, bytes]:
    name, key = _key(settings.IDENTITY_KEY)
    nonce = secrets.token_bytes(NONCE)
    return name, nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def _open(key_id: str, sealed: bytes, bound_to: str) -> bytes:
    keys = dict(_key(secret) for secret in (settings.IDENTITY_KEY, *settings.IDENTITY_OLD_KEYS))
    if key_id not in keys:
        raise Refusal(_("解密密钥不在本系统，请联系系统管理员恢复密钥。"), code="key")
    try:
        return AESGCM(keys[key_id]).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as fault:
        raise Refusal(_("加密内容已损坏或者被改动，请联系系统管理员。"), code="key") from fault


@lru_cache(maxsize=8)
def _key(secret: str) -> tuple[str, bytes]:
    """Any secret of enough entropy will do: the 32 bytes are derived from it, the id from them."""
    key = hashlib.sha256(b"complainant identity\0" + secret.encode()).digest()
    return hashlib.sha256(b"key id\0" + key).hexdigest()[:ID], key
