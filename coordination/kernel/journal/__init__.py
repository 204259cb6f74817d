"""The journal 流转记录: what happened to a matter, by whom, when; nobody can alter it unseen.

Append-only and hash-chained per matter; the readable words stand apart, access-checked and erasable, bound by a
commitment; every minute a signed checkpoint seals what is new. What must hold is proved by `kernel/verifier.py`.
"""

from coordination.kernel.journal.checkpoints import (
    Checkpoint,
    CheckpointLeaf,
    last_checkpoint_code,
    seal,
    seal_journal,
)
from coordination.kernel.journal.entries import Entry, EntryWords, last_words, timeline
from coordination.kernel.journal.export import records, snapshot
from coordination.kernel.journal.keys import public_keys
from coordination.kernel.journal.rights import append_only
from coordination.kernel.journal.writing import append, append_many, erase_words

__all__ = [
    "Checkpoint",
    "CheckpointLeaf",
    "Entry",
    "EntryWords",
    "append",
    "append_many",
    "append_only",
    "erase_words",
    "last_checkpoint_code",
    "last_words",
    "public_keys",
    "records",
    "seal",
    "seal_journal",
    "snapshot",
    "timeline",
]
