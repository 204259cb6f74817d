"""Whether a paper at hand is the one issued: a short code on each page, and the hash of the file."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from coordination.kernel.documents.issued import IssuedDocument

#: Without 0 O 1 I L, which are mistaken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


@dataclass(frozen=True)
class Verification:
    """What anyone who holds the code may know. `same`: whether the file offered is the one issued (None: no file)."""

    number: str
    organ: str
    title: str
    issued_at: datetime
    sha256: str
    same: bool | None = None


def new_code() -> str:
    """59 bits by chance: nobody guesses the code of a paper that he does not hold."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def readable(code: str) -> str:
    """In fours, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def verify(code: str, file: BinaryIO | None = None) -> Verification | None:
    """What the code stands for, or None. `file` is compared by its hash and not kept."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    issued = IssuedDocument.objects.filter(code=plain).select_related("organ").first()
    if issued is None:
        return None
    same = None if file is None else hashlib.file_digest(file, "sha256").hexdigest() == issued.sha256
    return Verification(issued.number, issued.organ.name, issued.title, issued.issued_at, issued.sha256, same)


def address(code: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('verify')}?code={code}"


def qr(code: str) -> SafeString:
    """The address of the verification page as inline SVG, drawn by segno."""
    drawn = segno.make(address(code), error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=0, omitsize=True))  # noqa: S308  nothing in it is typed by anybody
