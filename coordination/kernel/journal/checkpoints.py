"""Checkpoints: every minute a signed Merkle root over what is new, chained, so that not even a whole chain of a
matter can be written anew unseen. A document's footer prints the code of the last one: a witness on paper."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.journal.entries import Entry, instant
from coordination.kernel.journal.keys import sign
from coordination.kernel.now import now
from coordination.kernel.verifier import GENESIS, canonical, digest, merkle_root, short_code

FORMAT = 1
#: Entries under one root at most: bounds the memory of the sealer and of whoever verifies.
BATCH = 20_000
#: The advisory lock of the one sealer (an arbitrary number; nothing else in this database uses advisory locks).
LOCK = 0x6A6F75726E616C


class Checkpoint(models.Model):
    """The seal over some entries. Written once (migration 0002_guards)."""

    number = models.PositiveBigIntegerField(_("序号"), unique=True)
    sealed_at = models.DateTimeField(_("封存时间"))
    first = models.BigIntegerField(_("首条记录"))
    last = models.BigIntegerField(_("末条记录"))
    count = models.PositiveIntegerField(_("记录数"))
    root = models.BinaryField()
    prev_hash = models.BinaryField()
    payload = models.BinaryField()
    hash = models.BinaryField()
    key = models.CharField(_("签名密钥"), max_length=16)
    signature = models.BinaryField()
    code = models.CharField(_("校验码"), max_length=32, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查点")

    def __str__(self) -> str:
        return self.code


class CheckpointLeaf(models.Model):
    """An entry and the checkpoint that sealed it; None: not yet. The row is made by the database with the entry, so
    that entries committed out of the order of their ids are never overlooked."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="leaf")
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, null=True, related_name="leaves")

    class Meta:
        indexes = [models.Index(fields=["entry"], name="leaf_unsealed", condition=Q(checkpoint__isnull=True))]


def facts_of(checkpoint: Checkpoint) -> dict:
    """The columns of a checkpoint that its payload must repeat."""
    return {
        "number": checkpoint.number,
        "sealed_at": instant(checkpoint.sealed_at),
        "first": checkpoint.first,
        "last": checkpoint.last,
        "count": checkpoint.count,
        "root": bytes(checkpoint.root).hex(),
        "prev": bytes(checkpoint.prev_hash).hex(),
    }


def seal(moment: datetime) -> list[Checkpoint]:
    """Seal every committed entry that is not yet sealed, in batches. Does nothing while another sealer is at it."""
    sealed = []
    while checkpoint := _seal_batch(moment):
        sealed.append(checkpoint)
    return sealed


@transaction.atomic
def _seal_batch(moment: datetime) -> Checkpoint | None:
    if not _alone():
        return None
    waiting = CheckpointLeaf.objects.filter(checkpoint=None).order_by("entry_id")
    leaves = [(entry, bytes(hashed)) for entry, hashed in waiting.values_list("entry_id", "entry__hash")[:BATCH]]
    if not leaves:
        return None
    checkpoint = _signed(leaves, moment)
    taken = CheckpointLeaf.objects.filter(entry_id__in=[entry for entry, _hash in leaves], checkpoint=None)
    if taken.update(checkpoint=checkpoint) != len(leaves):
        raise RuntimeError("an entry was sealed twice: two sealers hold the journal's lock")
    return checkpoint


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _signed(leaves: list[tuple[int, bytes]], moment: datetime) -> Checkpoint:
    """The stored checkpoint over `leaves`, after the last one."""
    algorithm = settings.JOURNAL_HASH
    number, prev = Checkpoint.objects.order_by("-number").values_list("number", "hash").first() or (0, GENESIS)
    checkpoint = Checkpoint(
        number=number + 1,
        sealed_at=moment,
        first=leaves[0][0],
        last=leaves[-1][0],
        count=len(leaves),
        root=merkle_root(algorithm, leaves),
        prev_hash=bytes(prev),
    )
    checkpoint.payload = canonical({"v": FORMAT, "hash": algorithm, **facts_of(checkpoint)})
    checkpoint.hash = digest(algorithm, checkpoint.payload)
    checkpoint.key, checkpoint.signature = sign(checkpoint.hash)
    checkpoint.code = short_code(checkpoint.number, checkpoint.hash)
    checkpoint.save(force_insert=True)
    return checkpoint


def last_checkpoint_code() -> str:
    """The code of the last checkpoint, for the footers of documents; empty before the first. One query."""
    return Checkpoint.objects.order_by("-number").values_list("code", flat=True).first() or ""


@shared_task(name="kernel.checkpoint")
def seal_journal() -> None:
    """Seal what is new."""
    seal(now())
