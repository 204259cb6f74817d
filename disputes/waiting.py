"""待处理的争议: what waits for the reader's organs as the body of a rung, and as a side, each with its ladder."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import posts_of
from coordination.kernel.web.lists import rows_of
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.workflows import child, with_children
from disputes.flow import OPEN
from disputes.models import Dispute

#: So many of each group; the list of all disputes leafs further.
SHOWN = 50


def waiting(request: HttpRequest) -> HttpResponse:
    """First what the reader's organs have to handle, then what they are a side of."""
    moment_of(request)
    mine = {post.organ_id for post in posts_of(request.user)}
    as_body = Q(dispute__body__in=mine, stage__in=("applied", "in_hand", "drafted", "proposed"))
    as_side = Q(dispute__applicant__in=mine) | Q(dispute__respondent__in=mine)
    title = _("待处理的争议")
    return render(
        request,
        "disputes/waiting.html",
        {
            "title": title,
            "crumbs": [(Dispute._meta.verbose_name, reverse("disputes:list")), (title, "")],
            "groups": [
                _group(request, _("由本机关处理"), _("按提请先后排列"), as_body),
                _group(request, _("本单位是一方"), "", as_side & Q(stage__in=OPEN)),
            ],
        },
    )


def _group(request: HttpRequest, title: str, note: str, which: Q) -> dict:
    seen = (
        Matter.objects.visible_to(request.user).filter(which, kind=Dispute.KIND).order_by("dispute__applied_at", "id")
    )
    matters = list(with_children(seen, models=[Dispute])[:SHOWN])
    names = {pk: organ.name for pk, organ in organs_of(request).items()}
    shown = zip(rows_of(request, matters), map(child, matters), strict=True)
    return {"title": title, "note": note, "rows": [_waits(row, dispute, names) for row, dispute in shown]}


def _waits(row: dict, dispute: Dispute, names: dict[int, str]) -> dict:
    sides = f"{dispute.applicant.short_name} — {dispute.respondent.short_name}"
    return {"row": row, "sides": sides, "kind": dispute.get_kind_of_display(), "rungs": dispute.rungs(names)}
