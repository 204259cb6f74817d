"""Printed and sealed papers on the disk, by their content."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def keep(content: bytes, sha256: str) -> str:
    """Store by content: whole or not at all, also when the disk fills or the machine stops. The name under MEDIA."""
    name = f"documents/{sha256[:2]}/{sha256}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return name


def _sync_folder(folder: Path) -> None:
    """A rename is safe from a power cut only when the folder itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
