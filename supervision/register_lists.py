"""The lists behind the numbers of 周期性职责 and of 巡查台账: exactly what each of them counts."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User
from coordination.kernel.web.moments import day_words
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import with_children
from supervision.counted import Leafed
from supervision.models import DutyRecord, Patrol, PeriodicDuty
from supervision.patrols.flow import Stage as PatrolStage
from supervision.years import bounds, year_of

#: What is listed of a duty: all that are owed, those done, each occasion on which something was done.
WHICH = OWED, DONE, RECORDS = "owed", "done", "records"
#: In an address: of no place, of no item.
NONE = "none"


def duties_of(user: User, year: int) -> QuerySet[PeriodicDuty]:
    """The duties of a year that `user` may see; also those that are owed once and came up before it ended."""
    span = Q(cycle_first__year=year) | Q(cycle_last=None, cycle_first__year__lte=year)
    return PeriodicDuty.objects.filter(span, pk__in=Matter.objects.visible_to(user, "duties").values("pk"))


def periodic_url(year: int, duty: str, which: str) -> str:
    return f"{reverse('supervision_periodic_list')}?{urlencode({'year': year, 'duty': duty, 'which': which})}"


def periodic_list(request: HttpRequest) -> HttpResponse:
    """`?year=2026&duty=training&which=records`."""
    year, query = year_of(request), request.GET
    which = query.get("which") if query.get("which") in WHICH else OWED
    duties = duties_of(request.user, year).filter(duty=query.get("duty", "").replace("\0", ""))
    names = dict(PeriodicDuty._meta.get_field("duty").choices)
    titles = {OWED: _("应履行的周期性职责"), DONE: _("已履行的周期性职责"), RECORDS: _("周期性职责的开展情况")}
    found = _records(duties) if which == RECORDS else _duties(duties, which)
    narrowed = [str(names[query["duty"]])] if query.get("duty") in names else []
    return _page(request, PeriodicDuty, titles[which], year, narrowed, found)


def _duties(duties: QuerySet[PeriodicDuty], which: str) -> list[tuple[int, str]]:
    chosen = duties.filter(stage="done") if which == DONE else duties
    keys = chosen.order_by("bearer__sort_key", "about_organ__sort_key", "pk").values_list("pk", flat=True)
    return [(pk, "") for pk in keys[: Leafed.FARTHEST + 1]]


def _records(duties: QuerySet[PeriodicDuty]) -> list[tuple[int, str]]:
    records = DutyRecord.objects.filter(duty__in=duties.values("pk")).order_by("-on", "-pk")
    return [(one.duty_id, f"{day_words(one.on)} {one.told()}") for one in records[: Leafed.FARTHEST + 1]]


def ledger_url(year: int, line: Mapping, stage: str = "") -> str:
    """Of a line of the ledger, or of those of it that stand in a stage."""
    asked = {"year": year, "village": line["village"], "place": line["place"] or NONE, "item": line["item"] or NONE}
    return f"{reverse('supervision_ledger_list')}?{urlencode(asked | ({'stage': stage} if stage else {}))}"


def ledger_list(request: HttpRequest) -> HttpResponse:
    """`?year=2026&place=3&village=后窑湾村&item=none&stage=assigned`."""
    year, query = year_of(request), request.GET
    first, after = bounds(year)
    seen = Patrol.objects.visible_to(request.user, Patrol.KIND).filter(found_at__gte=first, found_at__lt=after)
    found = seen.filter(**_narrowing(query)).order_by("-found_at", "-pk")
    keys = found.values_list("pk", "village", "place_text")[: Leafed.FARTHEST + 1]
    shown = [(pk, f"{village} {place}") for pk, village, place in keys]
    return _page(request, Patrol, _("巡查台账"), year, _narrowed(request), shown)


def _narrowing(query: Mapping[str, str]) -> dict:
    """The conditions that an address asks for; what makes no sense is left out."""
    told: dict = {}
    for name in ("place", "item"):
        value = query.get(name, "")
        if value == NONE:
            told[f"{name}__isnull"] = True
        elif value.isdecimal() and int(value) < 2**31:
            told[name] = int(value)
    if "village" in query:
        told["village"] = query["village"].replace("\0", "")
    if query.get("stage") in PatrolStage.values:
        told["stage"] = query["stage"]
    return told


def _narrowed(request: HttpRequest) -> list[str]:
    told = _narrowing(request.GET)
    item = Item.objects.filter(pk=told["item"]).first() if "item" in told else None
    place, stage = organs_of(request).get(told.get("place")), told.get("stage")
    words = (place, told.get("village"), item and item.title, stage and PatrolStage(stage).label)
    return [str(one) for one in words if one]


def _page(request, model: type[Matter], title: str, year: int, narrowed: list[str], found: list) -> HttpResponse:
    """`found`: of each line its matter, and what stands beside it."""
    moment_of(request)
    page = Leafed(found).get_page(request.GET.get("page"))
    models = [model] if page.object_list else []
    matters = with_children(Matter.objects.all(), models=models).in_bulk({pk for pk, _told in page.object_list})
    shown = rows(request, [(matters[pk], None) for pk, _told in page.object_list])
    for row, (_pk, told) in zip(shown, page.object_list, strict=True):
        row["told"] = told
    context = {
        "title": title,
        "narrowed": [_("%(year)s 年") % {"year": year}, *narrowed],
        "rows": shown,
        "page_obj": page,
    }
    return render(request, "supervision/register_list.html", context)
