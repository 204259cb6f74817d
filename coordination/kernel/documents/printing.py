"""From frozen words to the stored PDF: after commit, safe to run twice, found again when a task is lost."""

import hashlib
import logging

from celery import shared_task
from django.db import transaction

from coordination.kernel import pdf
from coordination.kernel.documents.erasing import drop_erased_papers
from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.keeping import keep
from coordination.kernel.documents.sealing import owe_seal
from coordination.kernel.now import now

logger = logging.getLogger(__name__)


@shared_task(name="kernel.render_document")
def render_document(pk: int) -> None:
    """Print one issued document, unless it is printed already or another worker has it in hand."""
    with transaction.atomic():
        unprinted = IssuedDocument.objects.filter(pk=pk, sha256="", erased_at=None)
        document = unprinted.select_for_update(skip_locked=True, no_key=True).first()
        if document is not None:
            _print(document)


@shared_task(name="kernel.render_pending")
def render_pending(limit: int = 20) -> int:
    """Print what a lost task, a full disk or an absent library has left behind; files of erased papers that a dead
    process has left, go. How many were tried."""
    drop_erased_papers()
    return len([render_document(pk) for pk in _unprinted(limit)])


def _unprinted(limit: int) -> list[int]:
    due = IssuedDocument.objects.filter(sha256="", erased_at=None, next_try_at__lte=now()).order_by("next_try_at")
    return list(due.values_list("pk", flat=True)[:limit])


def _print(document: IssuedDocument) -> None:
    """The step that issued it stands whatever happens here: a fault is written on the document and shown with it."""
    try:
        content = pdf.render(document.html)
        sha256 = hashlib.sha256(content).hexdigest()
        document.note_printed(keep(content, sha256), sha256, now())
    except (pdf.RenderFault, OSError) as fault:
        logger.error("document %s cannot be printed: %s", document.pk, fault)
        document.note_fault(fault, now())
    document.save(update_fields=["pdf", "sha256", "rendered_at", "fault", "tries", "next_try_at"])
    if document.printed:
        owe_seal(document)
