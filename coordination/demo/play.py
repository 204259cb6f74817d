"""Tells all tales side by side, in travelled time: every beat at its moment, every warning when it falls due."""

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time

from django.db.models import Min

from coordination.kernel import journal, sweep
from coordination.kernel.clocks import Clock
from coordination.kernel.mechanisms import keeping_rules
from coordination.kernel.notices import deliver
from coordination.kernel.now import CST, now, travel_to
from coordination.kernel.steps.after import Reaction, do_reactions

#: When the record of a day is sealed and its last notices go out.
EVENING = time(20, 0)


@keeping_rules()
def play(tales: Mapping[str, Iterator[datetime]], present: datetime, say: Callable[[date], object]) -> int:
    """Tell `tales`, then let the clocks run on to `present`. Returns how many beats there were.

    `say` hears the day on which each week begins.

    Each tale yields the moment of its next beat; the earliest goes first, so that the journal is in the order of time.
    """
    waiting = [(next(tale), name) for name, tale in tales.items()]
    heapq.heapify(waiting)
    beats, week = 0, None
    while waiting:
        moment, name = heapq.heappop(waiting)
        if week != (week := moment.isocalendar().week):
            say(moment.date())
        if moment >= present:
            raise ValueError(f"{name}: a beat at {moment} is not before the present, the tale begins too late")
        reach(moment)
        following, beats = tell(name, tales[name], moment), beats + 1
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), name))
    reach(present)
    end_the_day()
    return beats


def tell(name: str, tale: Iterator[datetime], moment: datetime) -> datetime | None:
    """One beat, with what it brings about elsewhere; the moment of the next one. A refusal says whose tale is wrong."""
    try:
        following = next(tale, None)
        do_all_reactions()
    except Exception as fault:
        fault.add_note(f"tale {name}, beat at {moment:%Y-%m-%d %H:%M}")
        raise
    return following


def reach(moment: datetime) -> None:
    """Let the time come to `moment`: rungs fire when they are due, evenings are sealed. Never backwards."""
    for evening in evenings(now(), moment):
        sweep_until(evening)
        forward(evening)
        end_the_day()
    sweep_until(moment)
    forward(moment)


def evenings(after: datetime, until: datetime) -> Iterator[datetime]:
    """The evening of the day that is left behind, if work was done on it."""
    evening = datetime.combine(after.astimezone(CST).date(), EVENING, CST)
    if after < evening < until:
        yield evening


def sweep_until(moment: datetime) -> None:
    """Stand at each moment at which a rung falls due, and sweep there, as the running product does every minute."""
    while (due := Clock.objects.filter(next_rung_at__lte=moment).aggregate(at=Min("next_rung_at"))["at"]) is not None:
        forward(due)
        done = sweep.run()
        if done.faults or not done.claimed:
            raise RuntimeError(f"the sweep at {due} left a rung unfired: {done.faults}")


def forward(moment: datetime) -> None:
    if moment > now():
        travel_to(moment)


def do_all_reactions() -> None:
    """What one matter owes to another because of the last beat, as the worker would do it a moment later."""
    while do_reactions():
        failed = Reaction.objects.filter(done_at=None).exclude(fault="").first()
        if failed:
            raise RuntimeError(f"{failed.name}: {failed.fault}")


def end_the_day() -> None:
    """Sweep, send out what is owed, seal the record."""
    sweep.run()
    deliver()
    journal.seal(now())
