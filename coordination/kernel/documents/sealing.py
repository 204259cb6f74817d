"""Sealing: after a paper is printed its seal is owed. By default it is stamped on paper and its scan is uploaded here;
an organ with a certificate signs the file itself. Whatever is wrong with a certificate, the paper stands unsigned, with
its place for a scan, and the signature is tried again.

An adapter is a function (content, organ, certificate) → Sealed that raises SealFault, named here and loaded when it is
first used; a county's own seal platform is one more of them, and of `seals.Adapter`. `scan` signs nothing.
"""

import hashlib
import logging
from datetime import datetime
from pathlib import Path

from celery import shared_task
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.keeping import keep
from coordination.kernel.documents.seals import Adapter, Seal, Sealed, SealedScan, SealFault, adapter_of
from coordination.kernel.materials import Material, MaterialKind, receive, register
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import SYSTEM, Actor
from coordination.kernel.queue import enqueue
from coordination.kernel.words import Refusal, law_language

logger = logging.getLogger(__name__)
ADAPTERS = {Adapter.PADES: "coordination.kernel.documents.pades.sign"}


def owe_seal(document: IssuedDocument) -> None:
    """Called when the paper has been printed, in the same transaction."""
    if document.document.sealed and adapter_of(document.organ)[0] in ADAPTERS:
        Seal.objects.get_or_create(document=document, defaults={"next_try_at": now()})
        enqueue(seal_document, document.pk)


@shared_task(name="kernel.seal_document")
def seal_document(pk: int) -> None:
    """Sign one printed document, unless it is signed already or another worker has it in hand."""
    with transaction.atomic():
        owed = Seal.objects.filter(document=pk, sha256="").select_for_update(skip_locked=True, no_key=True)
        seal = owed.first()
        if seal is not None:
            _seal(seal)


@shared_task(name="kernel.seal_pending")
def seal_pending(limit: int = 20) -> int:
    """Sign what a lost task or a certificate that was not there has left behind. How many were tried."""
    due = Seal.objects.filter(sha256="", next_try_at__lte=now()).order_by("next_try_at")
    return len([seal_document(pk) for pk in list(due.values_list("document", flat=True)[:limit])])


def _seal(seal: Seal) -> None:
    document = seal.document
    adapter, certificate = adapter_of(document.organ)
    if adapter not in ADAPTERS:  # the organ has gone back to paper meanwhile
        seal.delete()
        return
    try:
        sealed = import_string(ADAPTERS[adapter])(Path(document.pdf.path).read_bytes(), document.organ, certificate)
        _note(seal, sealed, now())
    except OSError as fault:
        seal.note_fault(SealFault("disk", fault), now())
    except SealFault as fault:
        logger.error("document %s is not signed: %s", document.pk, fault)
        seal.note_fault(fault, now())
    seal.save()


def _note(seal: Seal, sealed: Sealed, moment: datetime) -> None:
    sha256 = hashlib.sha256(sealed.content).hexdigest()
    seal.pdf.name, seal.sha256, seal.sealed_at = keep(sealed.content, sha256), sha256, moment
    seal.signer, seal.fingerprint, seal.fault, seal.detail = sealed.signer, sealed.fingerprint, "", ""
    with law_language():
        facts = [[_("文书"), str(seal.document)], [_("签章单位"), sealed.signer], ["SHA-256", sha256]]
        matter, label = Matter.locked(seal.document.matter_id), _("电子签章")
        words = {"label": label, "facts": facts}
        stage = {"before": matter.stage, "after": matter.stage}
        journal.append(matter, step="seal_document", actor=SYSTEM, moment=moment, words=words, **stage)


@transaction.atomic
def add_scan(document: IssuedDocument, upload: UploadedFile, *, actor: Actor, moment: datetime) -> Material:
    """Keep a scan of the paper that bears the seal, as a material of its matter; also after the matter is closed.

    Only by the organ that issued it. A later scan takes the place of an earlier one, which stays on file.
    """
    if not document.document.sealed:
        raise Refusal(_("“%(title)s”不需要盖章。") % {"title": document.title}, code="stage")
    if actor.organ is None or actor.organ.pk != document.organ_id:
        words = _("已盖章扫描件由发文机关上传，请联系%(organ)s。") % {"organ": document.organ}
        raise Refusal(words, code="permission")
    with law_language():
        label, title = _("上传已盖章扫描件"), _("%(title)s（已盖章扫描件）") % {"title": document.title}
    material = register(
        document.matter,
        receive(upload),
        kind=MaterialKind.SCAN,
        title=title,
        reference=document.number,
        actor=actor,
        moment=moment,
        entry=("add_sealed_scan", label),
        after_closing=True,
    )
    SealedScan.objects.create(document=document, material=material)
    return material
