"""Erasing issued papers that may lie nowhere (执法信息共享工作机制 三（四）, NW-4.25): number and hash stay."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.seals import Seal
from coordination.kernel.matters import Matter


def erase_documents(matter: Matter, moment: datetime) -> None:
    """Take the words of every paper of `matter`, inside the step's transaction; its files go after the commit."""
    IssuedDocument.objects.filter(matter_id=matter.pk, erased_at=None).update(html="", fault="", erased_at=moment)
    Seal.objects.filter(document__matter_id=matter.pk, sha256="").delete()
    transaction.on_commit(drop_erased_papers)


def drop_erased_papers() -> None:
    """The files of all papers that were erased; safe to run twice, and found again when a process has died."""
    printed = IssuedDocument.objects.filter(erased_at__isnull=False).exclude(pdf="")
    signed = Seal.objects.filter(document__erased_at__isnull=False).exclude(pdf="")
    for papers in (printed, signed):
        for name in papers.values_list("pdf", flat=True):
            (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
