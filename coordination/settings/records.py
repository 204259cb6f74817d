"""Journal, materials, sealed identities: hash, keys, size limits, virus scanner."""

import os
from pathlib import Path

from coordination.local.paths import var
from coordination.settings.base import MODE
from coordination.settings.env import listing, secret

# sm3 (GB/T 32905) or sha256. Each entry names its own, so a change of mind breaks no chain.
JOURNAL_HASH = os.environ.get("JOURNAL_HASH", "sm3")
if JOURNAL_HASH not in {"sm3", "sha256"}:
    raise ValueError("JOURNAL_HASH: choose sm3 or sha256.")
JOURNAL_SIGNING_KEY = secret("JOURNAL_SIGNING_KEY", MODE)
# Public keys (hex) of former signing keys, as `manage.py verify_journal` prints them: what they signed stays valid.
JOURNAL_PUBLIC_KEYS = listing("JOURNAL_PUBLIC_KEYS")

# How issued papers get their seal, where an organ has no row of its own: `scan` (stamped on paper, the scan uploaded)
# or `pades` (signed with the organ's certificate). The folder holds <organ's key>.p12, each with its passphrase beside
# it (<name>.p12.pass) or one passphrase for all from here; its folder `trust` holds root certificates (*.pem, *.crt)
# and revocation lists (*.crl). SEAL_TSA: the address of a time-stamping server inside the network.
SEALING = os.environ.get("CSX_SEALING", "scan")
if SEALING not in {"scan", "pades"}:
    raise ValueError("CSX_SEALING: choose scan or pades.")
SEAL_FOLDER = Path(os.environ.get("CSX_SEAL_FOLDER") or var() / "seals")
SEAL_PASSPHRASE = os.environ.get("CSX_SEAL_PASSPHRASE", "")
SEAL_TSA = os.environ.get("CSX_SEAL_TSA", "")
# Seals who complained (AES-256-GCM); a former key is listed until `manage.py rotate_identity_key` has run.
IDENTITY_KEY = secret("IDENTITY_KEY", MODE)
IDENTITY_OLD_KEYS = listing("IDENTITY_OLD_KEYS")

MATERIAL_MAX_BYTES = int(os.environ.get("MATERIAL_MAX_BYTES", 50 * 1024**2))
# One request may bring several photographs; one matter may hold a good deal of evidence.
MATERIAL_REQUEST_MAX_BYTES = int(os.environ.get("MATERIAL_REQUEST_MAX_BYTES", 2 * MATERIAL_MAX_BYTES))
MATERIAL_MATTER_MAX_BYTES = int(os.environ.get("MATERIAL_MATTER_MAX_BYTES", 2 * 1024**3))
# Dotted path of a callable(path) that returns the name of what it found, or an empty string.
MATERIAL_SCANNER = os.environ.get("MATERIAL_SCANNER", "")
