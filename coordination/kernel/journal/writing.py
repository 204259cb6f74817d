"""Writing the journal: one entry for a step, many at once for the sweep, and the one lawful deletion."""

import math
import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from coordination.kernel.journal.bulk import Written, insert
from coordination.kernel.journal.entries import Entry, EntryWords, facts_of
from coordination.kernel.matters import Matter
from coordination.kernel.organs import SYSTEM, Actor
from coordination.kernel.verifier import ERASURE, GENESIS, canonical, digest
from coordination.kernel.words import Refusal, law_language

FORMAT = 1
#: A null character, as JSON writes it.
NULL = b"\\u0000"
#: The last entry of each of many matters, by one backward index step a matter.
HEADS = """SELECT m.id, head.seq, head.hash FROM unnest(%s::bigint[]) AS m(id) CROSS JOIN LATERAL
    (SELECT seq, hash FROM kernel_entry WHERE matter_id = m.id ORDER BY seq DESC LIMIT 1) AS head"""


@law_language()
def append(
    matter: Matter,
    *,
    step: str,
    before: str,
    after: str,
    actor: Actor,
    moment: datetime,
    words: dict,
    cause: Entry | None = None,
    request_id: str = "",
) -> Entry:
    """Write one entry at the end of the matter's chain; the caller holds the matter's lock. Three statements.

    `words` are the readable facts; names and texts belong there and nowhere else.
    """
    head = Entry.objects.filter(matter_id=matter.pk).order_by("-seq").values_list("seq", "hash").first()
    row = {
        "matter_id": matter.pk,
        "step": step,
        "before": before,
        "after": after,
        "actor": actor,
        "words": words,
        "cause_id": cause and cause.pk,
    }
    written = _written(row, head or (0, GENESIS), moment, request_id or _request())
    written.entry.save(force_insert=True)
    EntryWords(entry=written.entry, salt=written.salt, words=written.words).save(force_insert=True)
    return written.entry


@law_language()
def append_many(rows: Iterable[dict], moment: datetime) -> list[Entry]:
    """Write one entry for each row, in order; several may be of one matter; the caller holds the matters' locks.

    A row: matter_id, step, words; stage (or before and after), and if known organ_id, actor, on_behalf_of_id,
    cause_id. Two statements, however many rows.
    """
    rows = list(rows)
    heads = _heads({row["matter_id"] for row in rows})
    request, written = _request(), []
    for row in rows:
        last = _written(row, heads.get(row["matter_id"], (0, GENESIS)), moment, request)
        heads[row["matter_id"]] = (last.entry.seq, last.entry.hash)
        written.append(last)
    return insert(written) if written else []


def _heads(matters: set[int]) -> dict[int, tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [sorted(matters)])
        return {matter: (seq, bytes(hashed)) for matter, seq, hashed in cursor.fetchall()}


def _written(row: dict, head: tuple[int, bytes], moment: datetime, request: str) -> Written:
    """The entry that follows `head`, and its words, hashed and not yet stored."""
    algorithm, actor = settings.JOURNAL_HASH, row.get("actor", SYSTEM)
    salt, (words, text) = secrets.token_bytes(16), _readable(_signed(row["words"], actor))
    values = {
        "matter_id": row["matter_id"],
        "seq": head[0] + 1,
        "step": row["step"],
        "before": row.get("before", row.get("stage", "")),
        "after": row.get("after", row.get("stage", "")),
        "actor_id": actor.user and actor.user.pk,
        "organ_id": row.get("organ_id") or (actor.post and actor.post.organ_id),
        "on_behalf_of_id": row.get("on_behalf_of_id") or (actor.on_behalf_of and actor.on_behalf_of.pk),
        "cause_id": row.get("cause_id"),
        "at": moment,
        "request_id": request,
        "prev_hash": bytes(head[1]),
        "commitment": digest(algorithm, salt, text),  # as verifier.commit has it, with the text at hand
    }
    # By position: half the time that Django takes for names, and the sweep makes thousands.
    entry = Entry(*(values.get(field.attname) for field in Entry._meta.concrete_fields))
    entry.body = as_bytes({"v": FORMAT, "hash": algorithm, **facts_of(entry)})
    entry.hash = digest(algorithm, entry.prev_hash, entry.body)
    return Written(entry, salt, words, text)


def _signed(words: dict, actor: Actor) -> dict:
    """The words, with who signs them where they do not say it themselves."""
    return words if "who" in words else {"who": actor.label, "organ": str(actor.organ or ""), **words}


def _request() -> str:
    """The id of the web request in whose course this is written, as the logs carry it."""
    return str(get_contextvars().get("request_id", ""))[:64]


def _readable(words: dict) -> tuple[dict, bytes]:
    """Words as they are stored, and the text that is hashed: JSON that a jsonb column gives back unchanged, so that
    its commitment can be computed again. What PostgreSQL or UTF-8 cannot hold is looked for in the whole text."""
    stored = plain(words)
    try:
        text = as_bytes(stored)
        writable = NULL not in text
    except UnicodeEncodeError:
        writable = False
    if not writable:
        stored = plain(words, _writable)
        text = canonical(stored)
    return stored, text


def as_bytes(value) -> bytes:
    """`verifier.canonical`, eight times as fast; what the library declines (a number of over 64 bits) goes there."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return canonical(value)


def plain(value, said: Callable[[str], str] = str):
    """`value` as JSON: numbers and words; `said` has each word in the end."""
    match value:
        case str():
            return said(value)
        case None | bool() | int():
            return value
        case dict():
            return {said(str(key)): plain(part, said) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(part, said) for part in value]
        case Promise() | Model():
            return said(str(value))
        case float() if math.isfinite(value):
            return int(value) if value.is_integer() else value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    raise TypeError(f"the journal cannot keep a {type(value).__name__}: give words")


def _writable(text: str) -> str:
    """`text` without what PostgreSQL or UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


@transaction.atomic
def erase_words(entry: Entry, *, reason: str, actor: Actor, moment: datetime) -> Entry:
    """Delete the readable words of `entry`, the only change that they allow; the deletion is an entry itself, and
    the chain still verifies. Raises Refusal without a reason or when they are already gone."""
    if not reason.strip():
        raise Refusal(_("请填写删除可读内容的理由和依据。"), field="reason", code="missing")
    matter = Matter.locked(entry.matter_id)
    if not EntryWords.objects.filter(pk=entry.pk).exists():
        raise Refusal(_("该记录的可读内容已经删除。"), code="stale")
    with law_language():
        words = {"label": _("删除可读内容"), "facts": [[_("记录序号"), entry.seq], [_("理由"), reason]]}
    erasure = append(
        matter,
        step=ERASURE,
        before=matter.stage,
        after=matter.stage,
        actor=actor,
        moment=moment,
        words=words,
        cause=entry,
    )
    EntryWords.objects.filter(pk=entry.pk).delete()
    return erasure
