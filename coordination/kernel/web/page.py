"""The page of a matter: state, clocks with their reasoning, what may be done, what happened."""

from datetime import datetime
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.clocks import OPEN, Clock, explain
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.matters import Link, Matter, MatterQuerySet
from coordination.kernel.organs import User, posts_of
from coordination.kernel.retold import label_words, signer_words, step_words
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps.correcting import signing_for
from coordination.kernel.web.actions import actions_of
from coordination.kernel.web.explaining import lines_of
from coordination.kernel.web.facts import facts_of
from coordination.kernel.web.lamp import lamp
from coordination.kernel.web.materials import materials_of
from coordination.kernel.web.moments import end_words
from coordination.kernel.web.request import calendar_of, matter_or_404, moment_of
from coordination.kernel.web.rows import from_to
from coordination.kernel.web.sealing import correcting_of, sealing_of
from coordination.kernel.web.workflows import workflow, workflows
from coordination.kernel.words import listed, named


def matter_page(request: HttpRequest, number: str) -> HttpResponse:
    """One matter, for whoever may see it."""
    matter, moment = matter_or_404(request, number), moment_of(request)
    opens = matter.may_open(request.user)
    clocks = list(matter.clocks.select_related("organ").prefetch_related("events").order_by("overdue_at", "pk"))
    return render(
        request,
        "kernel/page.html",
        {
            "matter": matter,
            "stage_label": matter.get_stage_label(),
            "kind_label": matter._meta.verbose_name,
            "crumbs": [(matter._meta.verbose_name, reverse(f"{matter.KIND}:list")), (matter.number, "")],
            "lead": _lead(matter),
            "clocks": _clocks(matter, clocks, moment, calendar_of(request)),
            "progress": _progress(matter),
            "actions": actions_of(matter, clocks, request.user, moment),
            "facts": facts_of(matter, matter.SHOWN),
            "sections": matter.sections_for(request.user),
            "documents": _documents(matter, request.user) if opens else [],
            "links": _links(matter, request.user),
            "participants": _participants(matter),
            "timeline": _timeline(matter),
            **(materials_of(request, matter) if opens else {}),
        },
    )


def _lead(matter: Matter) -> str:
    handled, officers = _("经办人"), listed(user.name for user in matter.people())
    return " · ".join(filter(None, (from_to(matter), officers and f"{handled} {officers}")))


def _clocks(matter: Matter, clocks: list[Clock], moment: datetime, calendar) -> list[dict]:
    """The open clocks first, then those that have ended late: what is over and in time is in the timeline."""
    shown = [c for c in clocks if c.state in OPEN] + [c for c in clocks if c.state == "met" and c.overdue(moment)]
    for clock in shown:
        clock.matter = matter
    return [_clock(clock, moment, calendar) for clock in shown]


def _clock(clock: Clock, moment: datetime, calendar) -> dict:
    why = explain(clock, calendar)
    return {
        "lamp": lamp(clock, moment, calendar),
        "title": label_words(clock.title),
        "basis": clock.basis,
        "quote": clock.quote,
        "edition": why.rule.edition,
        "organ": clock.organ.name,
        "nature": clock.nature,
        "explain": lines_of(why),
    }


def _progress(matter: Matter) -> list[dict]:
    """The main road of the flow: what is behind, where the matter stands, what may come. A matter that has left the
    road stands after what it had reached; where it ended there, nothing is to come."""
    reached = {e.after: e for e in reversed(journal.timeline(matter)) if e.before != e.after}
    road = list(matter.PROGRESS)
    if road and matter.stage not in road:
        last = max((i for i, stage in enumerate(road) if stage in reached), default=-1)
        ahead = [] if matter.closed_at else road[last + 1 :]
        road = [*road[: last + 1], matter.Stage(matter.stage), *ahead]
    here = road.index(matter.stage) if road else -1
    return [
        {
            "label": stage.label,
            "state": "now" if i == here and matter.closed_at is None else "done" if i <= here else "todo",
            "at": reached[stage].at if stage in reached else None,
            "who": reached[stage].words.get("organ", "") if stage in reached else "",
        }
        for i, stage in enumerate(road)
    ]


def _documents(matter: Matter, user: User) -> list[dict]:
    """Each leads to its PDF; one that is not yet printed, or cannot be, says so there and offers another try."""
    papers = matter.documents.defer("html").select_related("seal").prefetch_related("scans__material", "corrections")
    own, signs = {post.organ_id for post in posts_of(user)}, signing_for(user)
    return [_document(paper) | correcting_of(paper, signs) | sealing_of(paper, own) for paper in papers]


def _document(paper: IssuedDocument) -> dict:
    url = reverse("document", args=[paper.pk])
    return {"title": paper.title, "note": paper.number, "label": _("下载"), "url": url}


def _links(matter: Matter, user: User) -> list[dict]:
    """The related matters that the reader may see; the others are not hinted at."""
    links = list(Link.objects.filter(source_id=matter.pk)) + list(Link.objects.filter(target_id=matter.pk))
    others = {link.pk: link.target_id if link.source_id == matter.pk else link.source_id for link in links}
    visible: MatterQuerySet = Matter.objects.visible_to(user).filter(pk__in=others.values())
    seen = {m.pk: m for m in visible}
    return [
        _link(link, seen[others[link.pk]], link.source_id == matter.pk) for link in links if others[link.pk] in seen
    ]


def _link(link: Link, other: Matter, outward: bool) -> dict:
    words = link_words()[link.kind][0 if outward else 1]
    kind = workflow(other.kind)._meta.verbose_name
    return {
        "kind": link.kind,
        "label": f"{words} · {kind} {other.number}",
        "title": other.title,
        "url": reverse("matter", args=[other.number]),
    }


@cache
def link_words() -> dict:
    """The words of every relation, as the flow that makes it declares them."""
    return {kind: words for model in workflows().values() for kind, words in model.LINKS.items()}


def _participants(matter: Matter) -> list[dict]:
    sides = {side.key: side for side in matter.SIDES}
    rows = matter.participations.select_related("organ").order_by("pk")
    return [
        {
            "organ": row.organ.name,
            "side": _side_words(sides[row.side], matter, row.organ_id),
            "phone": row.organ.phone,
            "people": "",
        }
        for row in rows
    ]


def _side_words(side: Side, matter: Matter, organ: int) -> str:
    """Who has given its place to another organ (a decision, a further rung) is called so."""
    standing = side.organ_ids(matter)
    former = not isinstance(side, Group) and standing and organ not in standing
    return _("原%(side)s") % {"side": side.title} if former else side.title


def _timeline(matter: Matter) -> list[dict]:
    """The newest first; what the journal says, nothing else, the product's own labels in the reader's language."""
    return [_event(entry) for entry in reversed(journal.timeline(matter))]


def _event(entry) -> dict:
    words = entry.words
    moved = [change for change in words.get("clocks", ()) if change["before"] and change["after"] != change["before"]]
    facts = [named(label_words(label), text) for label, text in words.get("facts", ())]
    started = [
        _("开始计时：%(title)s，%(organ)s，%(end)s")
        % {"title": label_words(c["title"]), "organ": c["organ"], "end": _end(c["after"])}
        for c in words.get("clocks", ())
        if c["change"] == "start"
    ]
    return {
        "label": step_words(entry),
        "at": entry.at,
        "who": signer_words(entry),
        "organ": words.get("organ", ""),
        "on_behalf": words.get("organ") if entry.on_behalf_of_id else "",
        "words": "\n".join(facts + started),
        "before": _end(moved[0]["before"]) if moved else "",
        "after": _end(moved[0]["after"]) if moved else "",
    }


def _end(moment: str | None) -> str:
    return end_words(datetime.fromisoformat(moment)) if moment else _("无确定日期")
