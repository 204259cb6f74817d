"""`work_calendar()`: the notices in force as a WorkCalendar, kept in each process by version."""

from datetime import date

from django.db import transaction
from django.db.models import F, Max, Subquery

from coordination.kernel.calendar.days import WorkCalendar
from coordination.kernel.calendar.files import national_notices, overlay
from coordination.kernel.calendar.notices import (
    CalendarDay,
    CalendarNotice,
    binding,
    lock_notices,
    put_in_force,
    record_notice,
)
from coordination.kernel.now import now
from coordination.kernel.written import Later

_pictures: dict[str | None, WorkCalendar] = {}


def calendar_version(county_code: str | None = None) -> int:
    """The version of a county's calendar: the highest among the national notices in force and its own. One query."""
    return CalendarNotice.objects.filter(binding(county_code)).aggregate(top=Max("version"))["top"] or 0


def newest_version(county_code: str | Later) -> Subquery:
    """`calendar_version` as a part of another query; NULL where no notice is in force."""
    newest = CalendarNotice.objects.filter(binding(county_code)).order_by("-version")
    return Subquery(newest.values("version")[:1])


def work_calendar(county_code: str | None = None, version: int | None = None) -> WorkCalendar:
    """The working days of a county (None: national). One query to learn the version, none if it is passed in; two
    more only when the version is new to this process."""
    version = calendar_version(county_code) if version is None else version
    picture = _pictures.get(county_code)
    if picture is None or picture.version != version:
        picture = _pictures[county_code] = _draw(county_code, version)
    return picture


def _draw(county_code: str | None, version: int) -> WorkCalendar:
    """National notices first, in order of issue, then the county's own: a later one overrides day by day."""
    in_force = binding(county_code)
    notices = CalendarNotice.objects.filter(in_force, version__lte=version)
    days = CalendarDay.objects.filter(notice__in=notices)
    ordered = days.order_by(F("notice__county").asc(nulls_first=True), "notice__issued", "notice__version")
    official = notices.filter(official=True, county__isnull=True).values_list("year", flat=True)
    return WorkCalendar(overlay([[day.said for day in ordered]]), frozenset(official), version)


def changed_span(county_code: str, since: int, until: int) -> tuple[date, date] | None:
    """The first and the last day on which a county's calendar says otherwise at version `until` than at `since`, whole
    years included that became official; None if nothing changed.

    A clock is to be dated again if it starts before the last of them and ends on or after the first.
    """
    before, after = _draw(county_code, since), _draw(county_code, until)
    changed = [day for day in {*before.days, *after.days} if before.days.get(day) != after.days.get(day)]
    settled = [date(year, *edge) for year in after.official ^ before.official for edge in ((1, 1), (12, 31))]
    return (min(changed + settled), max(changed + settled)) if changed or settled else None


@transaction.atomic
def seed_calendars() -> int:
    """Bring the calendar files of this release into force, oldest first. Safe to repeat; returns how many were new.

    A file's notice was compared with two independent packages, day by day, by the tests of the release; it needs no
    two persons here.
    """
    lock_notices()
    known = set(CalendarNotice.objects.values_list("reference", flat=True))
    fresh = [notice for notice in national_notices() if notice.reference not in known]
    for notice in fresh:
        row = record_notice(
            notice.year, notice.title, notice.reference, notice.issued, notice.days, origin=CalendarNotice.Origin.FILE
        )
        put_in_force(row, now())
        row.save()
    return len(fresh)
