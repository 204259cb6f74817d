"""The rows: clocks, the events that moved a due date, and the claims of the sweep."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import County, Organ


# Every index slows every rung and every step down: none repeats the head of another, none serves entries alone, which
# are never deleted.
class Clock(models.Model):
    """A duty of one organ on one matter. `due_at` is the exclusive end (next midnight for day limits); None: no number
    in the law, or paused. `overdue_at` is `due_at` plus the county's grace, which only at-once limits have."""

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("clock", "进行中")
        PAUSED = "paused", pgettext_lazy("clock", "已暂停")
        MET = "met", pgettext_lazy("clock", "已完成")
        MOVED = "moved", pgettext_lazy("clock", "已转入下一环节")
        REPLACED = "replaced", pgettext_lazy("clock", "已变更")
        CANCELLED = "cancelled", pgettext_lazy("clock", "已取消")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clocks", db_index=False)
    # The matter's county again: the sweep finds by one index whatever lags behind its county's calendar.
    county = models.ForeignKey(County, models.PROTECT, related_name="+", db_index=False)
    limit = models.CharField(max_length=48)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="clocks", verbose_name=_("承担机关"), db_index=False)
    title = models.CharField(max_length=80)
    within = models.CharField(max_length=32)
    basis = models.CharField(max_length=120)
    quote = models.TextField(blank=True)
    nature = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Entry, models.PROTECT, related_name="started_clocks", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Entry, models.PROTECT, related_name="ended_clocks", null=True, db_index=False)
    due_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    calendar_version = models.PositiveIntegerField(default=0)
    term = models.PositiveSmallIntegerField(default=1)
    rungs = models.JSONField(default=list, help_text="projected: [{key, at, level, tells: [[organ id, role]]}]")
    rung_index = models.PositiveSmallIntegerField(default=0)
    next_rung_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("时限")
        indexes = [
            models.Index(fields=["next_rung_at"], name="clock_next_rung", condition=Q(next_rung_at__isnull=False)),
            models.Index(
                F("organ"),
                F("overdue_at").asc(nulls_last=True),
                name="clock_desk",
                condition=Q(state__in=["running", "paused"]),
            ),
            models.Index(
                F("county"),
                F("overdue_at").asc(nulls_last=True),
                name="clock_county",
                include=["state", "matter"],  # the whole county is counted out of the index alone
                condition=Q(state__in=["running", "paused"]),
            ),
            # What fell due in a month, done or not: unlike clock_county it holds what has ended.
            models.Index(
                fields=["county", "overdue_at", "id"], name="clock_due", condition=Q(overdue_at__isnull=False)
            ),
            models.Index(fields=["matter", "state"], name="clock_matter"),
            models.Index(
                fields=["county", "calendar_version"],
                name="clock_calendar",
                condition=Q(state__in=["running", "paused"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {_until(self.due_at) if self.due_at else '-'}"

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def overdue(self, moment: datetime) -> bool:
        """Whether the duty is, or was when it ended, past its time. Derived, so that it is right though the sweep
        sleeps."""
        return self.overdue_at is not None and (self.ended_at or moment) >= self.overdue_at

    def next_rung(self) -> datetime | None:
        """The moment of the first rung that is not yet claimed."""
        if self.state != self.State.RUNNING or self.rung_index >= len(self.rungs):
            return None
        return datetime.fromisoformat(self.rungs[self.rung_index]["at"])


OPEN = (Clock.State.RUNNING, Clock.State.PAUSED)


def _until(end: datetime) -> str:
    """An exclusive end in local time: the midnight after a day is that day's 24:00."""
    local = end.astimezone(CST)
    last = local - timedelta(microseconds=1)
    return f"{last:%Y-%m-%d} 24:00" if last.date() < local.date() else f"{local:%Y-%m-%d %H:%M}"


class ClockEvent(models.Model):
    """Why a due date moved: the only ways are these, each with its journal entry and before → after."""

    class Kind(models.TextChoices):
        PAUSE = "pause", _("暂停")
        RESUME = "resume", _("恢复")
        EXTEND = "extend", _("延长")
        SET = "set", _("文书定期")
        REDATE = "redate", _("日历变更")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="clock_events")
    before = models.DateTimeField(null=True)
    after = models.DateTimeField(null=True)
    ground = models.TextField(blank=True)
    basis = models.CharField(max_length=120, blank=True)
    calendar_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("时限变动")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "calendar_version"], name="one_redate", condition=Q(kind="redate"))
        ]


class Claim(models.Model):
    """A rung of a term of a clock, fired once: the unique constraint is the claim."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="claims", db_index=False)
    term = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=32)
    due = models.DateTimeField(help_text="when the rung was due to fire")
    claimed_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="claims", db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = _("升级记录")
        constraints = [models.UniqueConstraint(fields=["clock", "term", "rung"], name="one_claim")]
