"""The event feed: what has happened to matters, in an order that a program can follow without losing anything.

The numbers of journal entries are given out before their transactions end, so a reader who follows them could pass one
that is not yet to be seen. Here every entry gets a place of its own after it is committed, given by one hand at a time.
"""

from django.db import connection, models, transaction

from coordination.kernel.journal import Entry

#: Entries that may still be under way behind the newest one that has a place.
BEHIND = 50_000
#: Places given in one go; a longer backlog takes several.
BATCH = 5_000
LOCK = 0x66656564
PLACE = """INSERT INTO kernel_event (entry_id)
    SELECT e.id FROM kernel_entry e
    WHERE e.id > (SELECT coalesce(max(entry_id), 0) FROM kernel_event) - %s
        AND NOT EXISTS (SELECT 1 FROM kernel_event f WHERE f.entry_id = e.id)
    ORDER BY e.id LIMIT %s"""


class Event(models.Model):
    """The place of a journal entry in the feed: places grow in the order in which they can be seen."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="event")


@transaction.atomic
def place_new() -> int:
    """Give the entries that have none a place. Returns how many; 0 also if another process is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(PLACE, [BEHIND, BATCH])
        return cursor.rowcount


def events_after(place: int, matters: models.QuerySet, limit: int) -> list[Event]:
    """The next events of `matters`, a queryset of those that the reader may see. One query."""
    found = Event.objects.filter(pk__gt=place, entry__matter__in=matters)
    return list(found.select_related("entry__matter", "entry__organ").defer("entry__body").order_by("pk")[:limit])


def as_json(event: Event) -> dict:
    """What a program is told: step and stages, number and organ; neither a person nor a word of the matter."""
    entry = event.entry
    return {
        "id": event.pk,
        "kind": entry.matter.kind,
        "number": entry.matter.number,
        "step": entry.step,
        "before": entry.before,
        "after": entry.after,
        "organ": entry.organ.key if entry.organ else None,
        "at": entry.at.isoformat(),
    }
