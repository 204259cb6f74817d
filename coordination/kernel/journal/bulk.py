"""Many entries in one statement. The ORM's bulk_create does the same at three times the cost, and the sweep pays it."""

from typing import NamedTuple

from django.db import connection

from coordination.kernel.journal.entries import Entry

#: Bytes travel as hex, words as the JSON text that was hashed. The words find their entry by its place in the chain.
INSERT = """
WITH given AS (
    SELECT * FROM unnest(
        %s::bigint[], %s::int[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[],
        %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[]
    ) AS g(matter_id, seq, step, before, after, actor_id, organ_id, on_behalf_of_id, cause_id, at, request_id,
           body, commitment, prev_hash, hash, salt, words)
), entry AS (
    INSERT INTO kernel_entry (matter_id, seq, step, before, after, actor_id, organ_id, on_behalf_of_id, cause_id, at,
                              request_id, body, commitment, prev_hash, hash)
    SELECT matter_id, seq, step, before, after, actor_id, organ_id, on_behalf_of_id, cause_id, at, request_id,
           decode(body, 'hex'), decode(commitment, 'hex'), decode(prev_hash, 'hex'), decode(hash, 'hex')
    FROM given
    RETURNING id, matter_id, seq
), readable AS (
    INSERT INTO kernel_entrywords (entry_id, salt, words)
    SELECT entry.id, decode(given.salt, 'hex'), given.words::jsonb FROM entry JOIN given USING (matter_id, seq)
)
SELECT matter_id, seq, id FROM entry
"""
COLUMNS = ("matter_id", "seq", "step", "before", "after", "actor_id", "organ_id", "on_behalf_of_id", "cause_id", "at",
           "request_id")  # fmt: skip
BYTES = ("body", "commitment", "prev_hash", "hash")


class Written(NamedTuple):
    """An entry and its words, not yet stored; `text` is what of them was hashed."""

    entry: Entry
    salt: bytes
    words: dict
    text: bytes


def insert(written: list[Written]) -> list[Entry]:
    """Store entries with their words and give the entries back with their ids, in the same order. One statement."""
    entries = [each.entry for each in written]
    values = [[getattr(entry, name) for entry in entries] for name in COLUMNS]
    values += [[getattr(entry, name).hex() for entry in entries] for name in BYTES]
    values.append([each.salt.hex() for each in written])
    values.append([each.text.decode() for each in written])
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        ids = {(matter, seq): pk for matter, seq, pk in cursor.fetchall()}
    for entry in entries:
        entry.pk = ids[entry.matter_id, entry.seq]
        entry._state.adding, entry._state.db = False, connection.alias
    return entries
