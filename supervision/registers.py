"""The registers: who was held responsible, who owes what by the calendar, what patrols found."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, Post, Role, in_force
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.written import OneOf
from supervision.models import Accountability, Patrol, PeriodicDuty
from supervision.patrols.flow import Stage as PatrolStage
from supervision.readers import remit_of
from supervision.register_lists import DONE, OWED, RECORDS, duties_of, ledger_url, periodic_url
from supervision.years import beside, bounds, year_of

FARTHEST = 500


def accountability(request: HttpRequest) -> HttpResponse:
    """Facts, the leader responsible, what it came to, of a year; and the organs that have named no principal head
    (NW-2.17)."""
    moment = moment_of(request)
    remit = remit_of(request.user)
    if remit is None:
        raise Http404
    year = year_of(request)
    first, after = bounds(year)
    seen = Matter.objects.visible_to(request.user, "supervision").filter(county=remit.county).values("pk")
    of_year = Accountability.objects.filter(at__gte=first, at__lt=after, order__in=seen)
    context = {
        "held": of_year.select_related("order__supervised", "leader")[:FARTHEST],
        "year": year,
        "years": beside(year, moment.year),
        "headless": _headless(remit, moment) if remit.whole else [],
    }
    return render(request, "supervision/accountability.html", context)


def _headless(remit, moment) -> list[Organ]:
    """Of the county's own organs; one of the city stands under another government, and what is off the platform has
    its posts elsewhere."""
    heads = Post.objects.filter(in_force(moment.date()), role=Role.PRINCIPAL_HEAD, user__is_active=True)
    kinds = (*Organ.TOWNSHIPS, Organ.Kind.DEPARTMENT)
    here = Organ.objects.filter(county=remit.county, off_platform=False)
    over = here.filter(kind__in=Organ.TOWNSHIPS).exclude(superior=None).values("superior")
    own = here.filter(Q(superior=None) | Q(superior__in=over), kind__in=kinds)
    return list(own.exclude(pk__in=heads.values("organ")))


def periodic(request: HttpRequest) -> HttpResponse:
    """Who owes what this year, among the duties that the reader may see."""
    year = year_of(request)
    duties = duties_of(request.user, year)
    sums = (
        duties.order_by()
        .values("duty")
        .annotate(
            owed=Count("pk"), done=Count("pk", filter=Q(stage="done")), times=Sum("times_done"), hours=Sum("hours_done")
        )
    )
    names = dict(PeriodicDuty._meta.get_field("duty").choices)
    totals = [one | {"label": names[one["duty"]], "urls": _urls(year, one["duty"])} for one in sums]
    rows = list(duties.order_by("duty", "bearer__sort_key", "about_organ__sort_key")[:FARTHEST])
    organs = organs_of(request)
    for row in rows:
        row.bearer, row.about_organ = organs[row.bearer_id], organs.get(row.about_organ_id)
    context = {"year": year, "years": (year - 1, year + 1), "totals": totals, "duties": rows}
    return render(request, "supervision/periodic.html", context)


def _urls(year: int, duty: str) -> dict[str, str]:
    """The lists that its numbers open; times and hours are counted from the same records."""
    return {which: periodic_url(year, duty, which) for which in (OWED, DONE, RECORDS)}


def ledger(request: HttpRequest) -> HttpResponse:
    """巡查台账 of a year by village and item: how far each finding has come; nothing is done before it is evaluated."""
    this = moment_of(request).year
    year = year_of(request)
    first, after = bounds(year)
    # As an array of keys: else, of a county that has grown old, all patrols of ten years would be read for one.
    of_year = ArraySubquery(Patrol.objects.filter(found_at__gte=first, found_at__lt=after).values("pk"))
    seen = Patrol.objects.visible_to(request.user, Patrol.KIND).filter(OneOf(F("id"), of_year))
    grouped = seen.order_by("place__sort_key", "village", "item__number")
    columns = ("place", "place__short_name", "village", "item", "item__title")
    counted = grouped.values(*columns).annotate(
        **{stage: Count("pk", filter=Q(stage=stage)) for stage in PatrolStage.values}, total=Count("pk")
    )
    stages = [{"key": stage.value, "label": stage.label} for stage in PatrolStage]
    lines = [
        {
            **line,
            "url": ledger_url(year, line),
            "counts": [(stage.label, line[stage], ledger_url(year, line, stage)) for stage in PatrolStage],
        }
        for line in counted[:FARTHEST]
    ]
    context = {"year": year, "years": beside(year, this), "stages": stages, "lines": lines}
    return render(request, "supervision/ledger.html", context)
