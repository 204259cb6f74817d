"""Complaints that may be about the same thing, looked for while somebody types: place, party and words, never who."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from complaints.models import Complaint
from coordination.kernel.matters import Matter
from coordination.kernel.web.moments import moment_words
from coordination.kernel.web.request import moment_of

RECENT = timedelta(days=90)
#: So many of the newest are compared, so many of them shown.
COMPARED, SHOWN = 300, 4
#: Points: the same party says more than the same township.
LIKELY = 4


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """The most alike among the recent ones that the reader may see."""
    since, typed = moment_of(request) - RECENT, {name: request.GET.get(name, "").strip() for name in NAMES}
    known = Matter.objects.visible_to(request.user).filter(kind=Complaint.KIND, opened_at__gte=since)
    ranked = sorted(known.order_by("-id")[:COMPARED], key=lambda one: -likeness(one, typed))
    found = [shown(one) for one in ranked[:SHOWN] if likeness(one, typed) >= LIKELY]
    return render(request, "complaints/similar.html", {"found": found})


NAMES = ("title", "place", "place_text", "subject_name")


def likeness(matter: Matter, typed: dict[str, str]) -> int:
    """Points for the same party, place and pairs of characters."""
    same_party = bool(typed["subject_name"]) and typed["subject_name"] in matter.subject_name
    same_place = bool(typed["place"]) and typed["place"] == str(matter.place_id)
    words = pairs(f"{typed['title']} {typed['place_text']}") & pairs(f"{matter.title} {matter.place_text}")
    return 4 * same_party + same_place + min(len(words), 6)


def pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1) if not set(words[at : at + 2]) & {" ", "，", "。"}}


def shown(matter: Matter) -> dict[str, object]:
    stage = dict(Complaint.Stage.choices)[matter.stage]
    note = " · ".join(str(part) for part in _told(matter, stage))
    return {"title": matter.title, "url": reverse("matter", args=[matter.number]), "note": note}


def _told(matter: Matter, stage: str) -> Iterable[object]:
    return (matter.number, stage, matter.subject_name or "—", matter.place_text, moment_words(matter.opened_at))
