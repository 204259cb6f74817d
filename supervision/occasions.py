"""The list behind a number of flows, of what came again, or of refusals: exactly what it counts."""

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import with_children, workflows
from supervision.counted import Leafed, closed_to, only_counted
from supervision.figures import period_of
from supervision.figures.occasions import REFUSED, WHICH, Occasions, occasions_of
from supervision.figures.tallies import refusing
from supervision.readers import Remit, remit_of


def occasions(request: HttpRequest) -> HttpResponse:
    """`?which=returned&sender=3&receiver=7`, `?which=refused&organ=7&kind=referrals&step=object`, of some months."""
    remit, choice = remit_of(request.user), occasions_of(request.GET)
    if remit is None:
        raise Http404
    period = period_of(request.GET, moment_of(request))
    hidden = set(Matter.objects.hidden_from(request.user).values_list("pk", flat=True))
    found = choice.found(remit.county, period, remit.organs, hidden, Leafed.FARTHEST + 1)
    page = Leafed(found).get_page(request.GET.get("page"))
    context = {
        "title": titles()[choice.which],
        "period": period,
        "narrowed": _narrowed(choice, organs_of(request)),
        "refused": choice.which == REFUSED,
        "rows": _rows(request, page, choice.kind, remit),
        "page_obj": page,
    }
    return render(request, "supervision/occasions.html", context)


def titles() -> dict[str, str]:
    told = (_("移送"), _("退回的移送"), _("提出异议的移送"), _("同一案件再次移送"), _("拒绝、异议和不予办理"))
    return dict(zip(WHICH, told, strict=True))


def _narrowed(choice: Occasions, organs: dict[int, Organ]) -> list[str]:
    ends = [str(organs[pk]) for pk in (choice.sender, choice.receiver) if pk in organs]
    told = [" → ".join(ends), str(organs.get(choice.organ, ""))]
    if label := refusing().get((choice.kind, choice.step)):
        told += [str(workflows()[choice.kind]._meta.verbose_name), str(label)]
    return [words for words in told if words]


def _rows(request: HttpRequest, page: Page, kind: str, remit: Remit) -> list[dict]:
    """Which matter and when; of one that the reader counts and may not open nothing more."""
    models = [workflows()[kind]] if page.object_list else []
    matters = with_children(Matter.objects.all(), models=models).in_bulk({pk for pk, _at in page.object_list})
    shown = rows(request, [(matters[pk], None) for pk, _at in page.object_list])
    closed = set() if remit.supervises else closed_to(request.user, matters)
    for row, (pk, at) in zip(shown, page.object_list, strict=True):
        row["at"] = at
        if pk in closed:
            only_counted(row)
    return shown
