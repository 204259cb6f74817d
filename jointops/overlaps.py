"""Two inspections of one object: what else is planned there in the same days (LX-7.13, YY-5.3)."""

from datetime import date

from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter


def overlaps(county: str, subject: str, begins: date, ends: date, but: int | None = None) -> list[str]:
    """In words, the open joint operations on `subject` between the two days; one query. `but`: the plan itself."""
    if not subject:
        return []
    plans = Matter.objects.filter(
        county=county,
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
