"""The journal as a stream of records, as `kernel/verifier.py` reads them: from the database or from a file."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from coordination.kernel.journal.checkpoints import Checkpoint, CheckpointLeaf
from coordination.kernel.journal.checkpoints import facts_of as checkpoint_facts
from coordination.kernel.journal.entries import Entry, facts_of
from coordination.kernel.journal.keys import public_keys

CHUNK = 2000


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database for the whole reading: what is written and sealed meanwhile is no fault."""
    within = connection.in_atomic_block
    with transaction.atomic():
        if not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def records(matter: int | None = None) -> Iterator[dict]:
    """A header, the entries by (matter, seq), the checkpoints by number; with `matter`, only what its proof needs.

    Memory stays bounded: rows are read through a cursor. Call it inside `snapshot()`.
    """
    yield {"is": "journal", "format": 1, "partial": matter is not None, "keys": public_keys()}
    entries, checkpoints = Entry.objects.all(), Checkpoint.objects.all()
    if matter is not None:
        entries = entries.filter(matter_id=matter)
        checkpoints = checkpoints.filter(pk__in=_sealing(matter))
    rows = entries.select_related("readable", "leaf__checkpoint").order_by("matter_id", "seq")
    for entry in rows.defer("leaf__checkpoint__payload").iterator(CHUNK):
        yield _entry(entry)
    if matter is not None:
        yield from _other_leaves(matter)
    for checkpoint in checkpoints.order_by("number").iterator(CHUNK):
        yield _checkpoint(checkpoint)


def _sealing(matter: int):
    return CheckpointLeaf.objects.filter(entry__matter_id=matter, checkpoint__isnull=False).values("checkpoint_id")


def _other_leaves(matter: int) -> Iterator[dict]:
    """The other entries under the same seals: ids and hashes alone."""
    leaves = CheckpointLeaf.objects.filter(checkpoint__in=_sealing(matter)).exclude(entry__matter_id=matter)
    for entry, hashed, number in leaves.values_list("entry_id", "entry__hash", "checkpoint__number").iterator(CHUNK):
        yield {"is": "leaf", "id": entry, "hash": bytes(hashed).hex(), "checkpoint": number}


def _entry(entry: Entry) -> dict:
    readable, leaf = getattr(entry, "readable", None), getattr(entry, "leaf", None)
    return {
        "is": "entry",
        "id": entry.pk,
        "matter": entry.matter_id,
        "seq": entry.seq,
        "facts": facts_of(entry),
        "body": _text(entry.body),
        "prev": bytes(entry.prev_hash).hex(),
        "hash": bytes(entry.hash).hex(),
        "salt": readable and bytes(readable.salt).hex(),
        "words": readable and readable.words,
        "checkpoint": _seal_number(leaf),
    }


def _seal_number(leaf: CheckpointLeaf | None) -> int | None:
    """The checkpoint's number; a negative one, which no checkpoint has, where the row has been made away with."""
    if leaf is None or leaf.checkpoint_id is None:
        return None
    return leaf.checkpoint.number if leaf.checkpoint else -leaf.checkpoint_id


def _checkpoint(checkpoint: Checkpoint) -> dict:
    return {
        "is": "checkpoint",
        "number": checkpoint.number,
        "facts": checkpoint_facts(checkpoint),
        "payload": _text(checkpoint.payload),
        "hash": bytes(checkpoint.hash).hex(),
        "key": checkpoint.key,
        "code": checkpoint.code,
        "signature": bytes(checkpoint.signature).hex(),
    }


def _text(stored: bytes) -> str:
    """Stored bytes as text, without loss even where somebody has made them unreadable."""
    return bytes(stored).decode("utf-8", "surrogateescape")
