"""From a mechanism's period to the dates and rungs of a running clock. The only place that dates a clock."""

from collections.abc import Iterable
from datetime import datetime

from coordination.kernel.calendar import Due, Extension, WorkCalendar, rung_moment
from coordination.kernel.clocks.rows import Clock, ClockEvent
from coordination.kernel.mechanisms import Period
from coordination.kernel.organs import Organ, Role

#: Who a rung may tell besides the bearer: the first word of `justice_bureau.supervisors` and its like.
OFFICES = (Organ.Kind.JUSTICE_BUREAU, Organ.Kind.GOVERNMENT, Organ.Kind.COORDINATION_OFFICE)


def spans_of(events: Iterable[ClockEvent]) -> list[tuple[datetime, datetime | None]]:
    """The pauses that a clock's events make up, in order; the last one may still be open."""
    spans: list[tuple[datetime, datetime | None]] = []
    for event in events:
        if event.kind == ClockEvent.Kind.PAUSE:
            spans.append((event.at, None))
        elif event.kind == ClockEvent.Kind.RESUME:
            spans[-1] = (spans[-1][0], event.at)
    return spans


def extension_of(events: Iterable[ClockEvent]) -> Extension | None:
    """The latest definite end of a clock: an extension, or the date that a paper set."""
    granted = [event for event in events if event.kind in (ClockEvent.Kind.EXTEND, ClockEvent.Kind.SET)]
    if not granted:
        return None
    return Extension(granted[-1].after, granted[-1].at, ordered=granted[-1].kind == ClockEvent.Kind.SET)


def due_of(clock: Clock, period: Period, calendar: WorkCalendar, events: Iterable[ClockEvent] = ()) -> Due:
    """When `clock` is due by `period`, its pauses and its extension, with the reasoning."""
    events = list(events)
    return period.count(clock.started_at, calendar, spans_of(events), extension_of(events))


def date_clock(clock: Clock, period: Period, calendar: WorkCalendar, events: Iterable[ClockEvent] = ()) -> None:
    """Set due_at, overdue_at, provisional and calendar_version of `clock`."""
    due = due_of(clock, period, calendar, events)
    clock.due_at, clock.overdue_at, clock.provisional = due.due_at, due.overdue_at, due.provisional
    clock.calendar_version = calendar.version


def project_rungs(clock: Clock, period: Period, calendar: WorkCalendar, offices: dict, born: datetime) -> None:
    """Store the rung moments on the clock, so that the sweep does no calendar arithmetic.

    A moment not after the start is dropped. A moment already past when the clock is written (`born`) is kept only if
    it says that the limit is missed: what only reminds would come too late to help.
    """
    rungs = []
    for spec in period.rungs:
        at = rung_moment(spec.at, clock.started_at, clock.overdue_at, calendar, period.within)
        late = at is not None and at < born
        if at is None or (late and spec.level == "remind"):
            continue
        rungs.append(
            {
                "key": spec.key,
                "at": at.isoformat(),
                "level": spec.level,
                "late": late,
                "tells": _resolve(spec.tells, clock.organ_id, offices),
            }
        )
    clock.rungs = sorted(rungs, key=lambda rung: datetime.fromisoformat(rung["at"]))
    clock.rung_index = 0
    clock.next_rung_at = clock.next_rung()


def _resolve(tells: Iterable[str], bearer: int, offices: dict[str, int]) -> list[list]:
    """[[organ id, role]] for words such as `bearer.officers` or `justice_bureau.supervisors`."""
    resolved = []
    for tell in tells:
        who, _dot, plural = tell.partition(".")
        organ = bearer if who == "bearer" else offices.get(who)
        if organ:
            resolved.append([organ, _role(plural)])
    return resolved


def _role(plural: str) -> str:
    """`officers` → `officer`; an empty word means every post of the organ."""
    roles = {f"{role.value}s": role.value for role in Role} | {
        "leaders_in_charge": Role.LEADER_IN_CHARGE.value,
        "": "",
        "registries": Role.REGISTRY.value,
    }
    return roles[plural]


def offices_of(county_code: str) -> dict[str, int]:
    """The ids of a county's justice bureau, government and coordination office by kind. One query."""
    found = Organ.objects.filter(county=county_code, kind__in=OFFICES).order_by("-off_platform", "id")
    return dict(found.values_list("kind", "id"))  # the county's own office goes before a higher one off the platform
