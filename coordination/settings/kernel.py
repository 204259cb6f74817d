"""What the ground floor asks of an installation: the journal's hash and key, the limits of files, its own address."""

import os

from coordination.settings.base import MODE
from coordination.settings.env import Mode, listing, secret
from coordination.settings.security import ALLOWED_HOSTS

MIB = 1 << 20

JOURNAL_HASH = os.environ.get("CSX_JOURNAL_HASH", "sm3")
# Signs the checkpoints. After a change the former public keys (hex) stay listed, or old checkpoints verify no more.
JOURNAL_SIGNING_KEY = secret("CSX_JOURNAL_KEY", MODE)
JOURNAL_PUBLIC_KEYS = listing("CSX_JOURNAL_PUBLIC_KEYS")

MATERIAL_MAX_BYTES = int(os.environ.get("CSX_FILE_MIB", "100")) * MIB
MATERIAL_MATTER_MAX_BYTES = int(os.environ.get("CSX_MATTER_MIB", "2000")) * MIB
# Dotted name of a function(path) -> name of what it found, or nothing: the door of an antivirus program.
MATERIAL_SCANNER = os.environ.get("CSX_MATERIAL_SCANNER", "")


def public_url() -> str:
    """Where notices and the codes on documents lead."""
    given = os.environ.get("CSX_PUBLIC_URL")
    if given:
        return given.rstrip("/")
    if MODE is Mode.PRODUCTION and ALLOWED_HOSTS:
        return f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    return f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"


PUBLIC_URL = public_url()
