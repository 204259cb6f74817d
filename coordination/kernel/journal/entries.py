"""The rows of the journal and how they are read."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ


class Entry(models.Model):
    """One step, or one rung of a clock, of one matter. Written once (migration 0002_guards), never changed.

    `body` holds the canonical bytes that were hashed: ids and stages, no personal data. `organ` is the acting
    person's organ, `on_behalf_of` the organ off the platform whose act was recorded.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("事项"), related_name="entries", db_index=False)
    seq = models.PositiveIntegerField(_("序号"))
    step = models.CharField(_("步骤"), max_length=64)
    before = models.CharField(_("原环节"), max_length=32, blank=True)
    after = models.CharField(_("新环节"), max_length=32, blank=True)
    # The chain is read by matter alone; an index for each of these would only slow every step down.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("办理人"), null=True, related_name="+", db_index=False
    )
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("办理机关"), null=True, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("代为记录的机关"), null=True, related_name="+", db_index=False
    )
    cause = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("起因"), null=True, related_name="effects", db_index=False
    )
    at = models.DateTimeField(_("时间"))
    request_id = models.CharField(max_length=64, blank=True)
    body = models.BinaryField()
    commitment = models.BinaryField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("流转记录")
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_entry")]
        # Entries come in the order of time: a block index finds a month and costs a step next to nothing.
        indexes = [BrinIndex(fields=["at"], name="entry_at", autosummarize=True)]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq} {self.step}"

    @property
    def words(self) -> dict:
        """The readable facts: label, who, organ, facts [[label, text]], clocks. Empty once they have been erased."""
        try:
            return self.readable.words
        except EntryWords.DoesNotExist:
            return {}

    @property
    def erased(self) -> bool:
        return not self.words


class EntryWords(models.Model):
    """What people read of an entry: shown only to those who may see the matter; may be deleted, never changed."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="readable")
    salt = models.BinaryField()
    words = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("流转记录可读内容")


def facts_of(entry: Entry) -> dict:
    """The columns of an entry that its body must repeat. Verification rebuilds them from the row."""
    return {
        "matter": entry.matter_id,
        "seq": entry.seq,
        "step": entry.step,
        "before": entry.before,
        "after": entry.after,
        "actor": entry.actor_id,
        "organ": entry.organ_id,
        "on_behalf_of": entry.on_behalf_of_id,
        "cause": entry.cause_id,
        "at": instant(entry.at),
        "request": entry.request_id,
        "commitment": bytes(entry.commitment).hex(),
    }


def instant(moment: datetime) -> str:
    """A moment as the journal hashes it: ISO 8601 in UTC, to the microsecond, whatever zone it came in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def timeline(matter: Matter) -> list[Entry]:
    """The entries of a matter from the first to the last, with words and causes. One query."""
    return list(
        Entry.objects.filter(matter_id=matter.pk)
        .select_related("readable", "cause")
        .defer("body", "cause__body")
        .order_by("seq")
    )


def last_words(matter: Matter) -> dict:
    """Who did what last on a matter, and when (`at`, local), for the one who comes second. One query."""
    last = Entry.objects.filter(matter_id=matter.pk).select_related("readable").order_by("-seq").first()
    if last is None:
        return {}
    return {"who": "", "label": last.step, **last.words, "at": last.at.astimezone(CST)}
