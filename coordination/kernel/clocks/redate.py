"""A confirmed change of the calendar reaches the open clocks, in batches, once per clock and version."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.calendar import changed_span, work_calendar
from coordination.kernel.clocks.project import date_clock, offices_of, project_rungs
from coordination.kernel.clocks.rows import OPEN, Clock, ClockEvent
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.now import CST
from coordination.kernel.organs import County

BATCH = 200


def redate_clocks(moment: datetime) -> int:
    """Bring every open clock to its county's calendar version. Returns how many due dates moved."""
    return sum(_county(county, moment) for county in County.objects.all())


def _county(county: County, moment: datetime) -> int:
    calendar, moved = work_calendar(county.code), 0
    _pass_untouched(county, calendar.version)
    offices = None
    while pks := _behind(county, calendar.version):
        offices = offices or offices_of(county.code)
        moved += _batch(pks, calendar, offices, moment)
    return moved


def _pass_untouched(county: County, version: int) -> None:
    """Clocks whose span meets no changed day only take the new version over, in one statement a version."""
    behind = Clock.objects.filter(state__in=OPEN, calendar_version__lt=version, matter__county=county)
    for known in set(behind.values_list("calendar_version", flat=True).distinct()):
        of_version = behind.filter(calendar_version=known)
        if span := changed_span(county.code, known, version):
            first = datetime.combine(span[0], time.min, CST)
            after_last = datetime.combine(span[1] + timedelta(days=1), time.min, CST)
            of_version = of_version.filter(
                Q(due_at__isnull=True) | Q(due_at__lte=first) | Q(started_at__gte=after_last)
            )
        of_version.filter(state=Clock.State.RUNNING).update(calendar_version=version)


def _behind(county: County, version: int) -> list[int]:
    clocks = Clock.objects.filter(state__in=OPEN, calendar_version__lt=version, matter__county=county)
    return list(clocks.values_list("matter_id", flat=True).order_by("matter_id").distinct()[:BATCH])


@transaction.atomic
def _batch(matter_ids: list[int], calendar, offices: dict, moment: datetime) -> int:
    """Lock the matters, date their clocks anew; a rung already fired stays fired."""
    matters = Matter.objects.select_for_update(no_key=True).filter(pk__in=matter_ids).order_by("pk")
    known = {matter.pk: matter for matter in matters}
    clocks = Clock.objects.filter(matter_id__in=matter_ids, state__in=OPEN, calendar_version__lt=calendar.version)
    moved = []
    for clock in clocks.select_related("organ").prefetch_related("events"):
        clock.matter = known[clock.matter_id]
        before = clock.due_at
        _date(clock, calendar, offices, moment)
        clock.save()
        if clock.due_at != before:
            moved.append((clock, before))
    _record(moved, calendar, moment)
    return len(moved)


def _date(clock: Clock, calendar, offices: dict, moment: datetime) -> None:
    rule = kept_rules(clock.matter.county_id).period(clock.limit, clock.started_at, clock.facts)
    events = list(clock.events.all())
    fired = {rung["key"] for rung in clock.rungs[: clock.rung_index]}
    date_clock(clock, rule, calendar, events)
    project_rungs(clock, rule, calendar, offices, moment)
    clock.rungs = [rung for rung in clock.rungs if rung["key"] not in fired]
    clock.next_rung_at = clock.next_rung()


def _record(moved: list, calendar, moment: datetime) -> None:
    """One entry a moved clock, before → after."""
    if not moved:
        return
    entries = journal.append_many([_row(clock, before) for clock, before in moved], moment)
    ClockEvent.objects.bulk_create(
        [
            ClockEvent(
                clock=clock,
                kind=ClockEvent.Kind.REDATE,
                at=moment,
                entry=entry,
                before=before,
                after=clock.due_at,
                ground=_("工作日历变更"),
                calendar_version=calendar.version,
            )
            for (clock, before), entry in zip(moved, entries, strict=True)
        ]
    )


def _row(clock: Clock, before: datetime | None) -> dict:
    change = {
        "title": clock.title,
        "organ": clock.organ.short_name,
        "change": "redate",
        "within": clock.within,
        "basis": clock.basis,
        "before": before and before.isoformat(),
        "after": clock.due_at and clock.due_at.isoformat(),
    }
    return {
        "matter_id": clock.matter_id,
        "step": "redate",
        "stage": clock.matter.stage,
        "organ_id": clock.organ_id,
        "words": {
            "label": _("工作日历变更，重新计算时限"),
            "who": _("系统"),
            "organ": clock.organ.short_name,
            "facts": [],
            "clocks": [change],
        },
    }
