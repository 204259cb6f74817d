"""How each person is told of a notice: at once, in the digest of 08:30 or 16:30, or in the inbox alone.

At once go only new assignments, what has turned overdue, supervision, and reminders of limits that run by the hour;
everything else waits for the digest. A person may choose otherwise for each kind, but cannot silence what is overdue.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from coordination.kernel.calendar import WorkCalendar
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.notices.rows import How, Kind, Level, Notice, NoticeSwitch
from coordination.kernel.now import CST

DIGESTS = (time(8, 30), time(16, 30))
#: What is told so soon after a digest still goes with it.
STILL = timedelta(minutes=10)
USUAL = {
    Kind.ASSIGNED: How.AT_ONCE,
    Kind.PROGRESS: How.DIGEST,
    Kind.REMIND: How.DIGEST,
    Kind.OVERDUE: How.AT_ONCE,
    Kind.SUPERVISE: How.AT_ONCE,
}
#: Kinds that may come later, but never not at all.
NEVER_OFF = (Kind.OVERDUE, Kind.SUPERVISE)
_LOUD = {
    Level.REMIND: Kind.REMIND,
    Level.OVERDUE: Kind.OVERDUE,
    Level.SUPERVISE: Kind.SUPERVISE,
    Level.REPORT: Kind.SUPERVISE,
}


@dataclass(frozen=True)
class Choices:
    """What a batch of notices is about, and what their readers have chosen. Three queries."""

    assigned: frozenset[tuple[int, int]]
    hurried: frozenset[int]
    own: dict[tuple[int, str], str]

    def kind(self, notice: Notice) -> Kind:
        usual = Kind.ASSIGNED if (notice.entry_id, notice.organ_id) in self.assigned else Kind.PROGRESS
        return _LOUD.get(notice.level, usual)

    def how(self, notice: Notice, user_id: int) -> str:
        kind = self.kind(notice)
        chosen = self.own.get((user_id, kind), USUAL[kind])
        late = chosen == How.DIGEST and kind == Kind.REMIND and notice.entry_id in self.hurried
        return How.AT_ONCE if late else chosen


def choices_for(notices: Iterable[Notice], users: set[int]) -> Choices:
    entries = {notice.entry_id for notice in notices}
    begun = Clock.objects.filter(started_by__in=entries).values_list("started_by", "organ")
    fired = Claim.objects.filter(entry__in=entries).values_list("entry", "clock__within")
    own = NoticeSwitch.objects.filter(user__in=users).values_list("user", "kind", "how")
    return Choices(
        frozenset(begun),
        frozenset(entry for entry, within in fired if within.endswith(("hours", "at once"))),
        {(user, kind): how for user, kind, how in own},
    )


def next_digest(moment: datetime, calendar: WorkCalendar) -> datetime:
    """When a digest goes out that holds what is told at `moment`: 08:30 or 16:30 of a working day, or now if that has
    only just passed, since the reminders themselves fire at 08:30."""
    today = moment.astimezone(CST).date()
    days = (today, calendar.working_day(today, 1)) if calendar.works(today) else (calendar.working_day(today, 1),)
    coming = (datetime.combine(day, at, CST) for day in days for at in DIGESTS)
    return max(moment, next(at for at in coming if at + STILL > moment))
