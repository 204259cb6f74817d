"""Two inspections of one object: what else is planned there in the same days (LX-7.13, YY-5.3)."""

from datetime import date

from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.words import carries


@carries("LAW-20")
def overlaps(reader: Organ, subject: str, begins: date, ends: date, but: int | None = None) -> list[str]:
    """In words, the open joint operations on `subject` in the county of `reader` between the two days, but none that
    came out of a complaint against `reader`; one query. `but`: the plan itself."""
    if not subject:
        return []
    plans = Matter.objects.exclude(hidden_organ=reader).filter(
        county=reader.county_id,
        subject_name=subject,
        closed_at=None,
        operation__planned_from__lte=ends,
        operation__planned_to__gte=begins,
    )
    days = plans.exclude(pk=but).order_by("operation__planned_from")
    found = days.values_list("originator__short_name", "operation__planned_from", "number")[:5]
    return [
        _("%(organ)s %(day)s 的联合执法（%(number)s）") % {"organ": organ, "day": f"{day:%m-%d}", "number": number}
        for organ, day, number in found
    ]
