"""Whether a paper at hand is the one issued: a short code on each page, and the hash of the file."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.seals import Signature

#: Without 0 O 1 I L, which are mistaken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
#: Loaded when a file is first offered that was signed: pyHanko is large.
SIGNATURES = "coordination.kernel.documents.pades.signatures"


@dataclass(frozen=True)
class Verification:
    """What anyone who holds the code may know.

    `same`: whether the file offered is one of those issued (None: no file); `kind`: which of them. `signer` has signed
    the paper, `sealed_at`; `signature`: what the offered file, if it is none of them, says of a signature in it.
    `later`: the document that has taken the place of this one. `erased`: it was found to touch a state secret, and
    nothing but number and hash is told.
    """

    number: str
    organ: str
    title: str
    issued_at: datetime
    sha256: str
    same: bool | None = None
    kind: str = ""
    signer: str = ""
    sealed_at: datetime | None = None
    signature: Signature | None = None
    later: str = ""
    erased: bool = False


def new_code() -> str:
    """59 bits by chance: nobody guesses the code of a paper that he does not hold."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def readable(code: str) -> str:
    """In fours, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def verify(code: str, file: BinaryIO | None = None) -> Verification | None:
    """What the code stands for, or None. `file` is compared by its hash with the paper as it was printed, as it was
    signed and as it was scanned; it is not kept."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    issued = IssuedDocument.objects.filter(code=plain).select_related("organ", "seal").first()
    if issued is None:
        return None
    if issued.erased_at:
        return Verification(issued.number, "", "", issued.issued_at, issued.sha256, erased=True)
    seal, later = getattr(issued, "seal", None), issued.corrections.order_by("-pk").first()
    signed = {"signer": seal.signer, "sealed_at": seal.sealed_at} if seal and seal.made else {}
    compared = _compared(issued, file) if file else {}
    known = Verification(issued.number, issued.organ.name, issued.title, issued.issued_at, issued.sha256)
    return replace(known, later=str(later or ""), **signed, **compared)


def _compared(issued: IssuedDocument, file: BinaryIO) -> dict:
    """Which of the issued files this is; of any other, what a signature in it is worth."""
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    kind = _copies(issued).get(sha256, "")
    if kind or not hasattr(issued, "seal"):
        return {"same": bool(kind), "kind": kind}
    file.seek(0)
    ours = (one for one in import_string(SIGNATURES)(file.read()) if one.fingerprint == issued.seal.fingerprint)
    return {"same": False, "signature": next(ours, None)}


def _copies(issued: IssuedDocument) -> dict[str, str]:
    """The hashes of the files that are this paper."""
    scans = issued.scans.filter(material__withdrawn=False).values_list("material__sha256", flat=True)
    signed = {issued.seal.sha256: "sealed"} if hasattr(issued, "seal") else {}
    copies = dict.fromkeys(scans, "scan") | signed | {issued.sha256: "issued"}
    return {sha256: kind for sha256, kind in copies.items() if sha256}


def address(code: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('verify')}?code={code}"


def qr(code: str) -> SafeString:
    """The address of the verification page as inline SVG, drawn by segno."""
    drawn = segno.make(address(code), error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=0, omitsize=True))  # noqa: S308  nothing in it is typed by anybody
