"""What a program is told of a matter: what its page shows, under names."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from coordination.kernel import journal
from coordination.kernel.api.naming import outside
from coordination.kernel.clocks import Clock, explain
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.materials import Material
from coordination.kernel.matters import Link, Matter
from coordination.kernel.organs import User
from coordination.kernel.retold import label_words, signer_words, step_words
from coordination.kernel.steps import OpenStep, open_steps
from coordination.kernel.steps.forms import readable
from coordination.kernel.web.explaining import lines_of


def named(key: str, label: object) -> dict:
    return {"key": str(key), "label": str(label)}


def address(matter: Matter) -> str:
    return reverse(f"api-{matter.kind}-detail", args=[matter.number])


def summary(matter: Matter, stages: dict[str, str]) -> dict:
    """A row of a list; `stages`: the labels of its workflow's stages."""
    return {
        "number": matter.number,
        "kind": matter.kind,
        "title": matter.title,
        "stage": named(matter.stage, stages.get(matter.stage, "")),
        "urgency": named(matter.urgency, matter.get_urgency_display()),
        "ongoing": matter.ongoing,
        "subject_name": matter.subject_name,
        "place": matter.place and matter.place.key,
        "item": matter.item and matter.item.number,
        "holder": matter.holder.key,
        "opened_at": outside(matter.opened_at),
        "closed_at": outside(matter.closed_at),
        "next_due_at": outside(matter.next_due_at),
        "version": matter.version,
        "url": address(matter),
    }


def detail(matter: Matter, user: User, moment: datetime, calendar) -> dict:
    """Everything that the page of a matter shows to `user`."""
    opens = matter.may_open(user)
    return {
        **summary(matter, dict(matter.Stage.choices)),
        "place_text": matter.place_text,
        "originator": matter.originator.key,
        "facts": facts(matter),
        "participants": participants(matter),
        "clocks": [clock(each, moment, calendar) for each in clocks_of(matter)],
        "documents": papers(matter.documents.select_related("organ", "seal").defer("html")) if opens else [],
        "materials": materials_of(matter) if opens else [],
        "links": links(matter, user),
        "timeline": [happening(entry) for entry in journal.timeline(matter)],
        "open_steps": [open_step(matter, one) for one in open_steps(matter, user, moment)],
    }


def facts(matter: Matter) -> list[dict]:
    """The fields that the workflow shows, an empty one left out: the value for programs, the text for people."""
    return [fact for name in matter.SHOWN if (fact := _fact(matter, name))["value"] not in (None, "", [], False)]


def _fact(matter: Matter, name: str) -> dict:
    field, value = matter._meta.get_field(name), getattr(matter, name)
    shown = getattr(matter, f"get_{name}_display", lambda: readable(value.all() if field.many_to_many else value))()
    return {"name": name, "label": str(field.verbose_name), "value": outside(value), "text": str(shown)}


def participants(matter: Matter) -> list[dict]:
    titles = {side.key: str(side.title) for side in matter.SIDES}
    return [
        {
            "organ": row.organ.key,
            "name": row.organ.name,
            "side": titles.get(row.side, row.side),
            "since": outside(row.since),
        }
        for row in matter.participations.select_related("organ").order_by("pk")
    ]


def clocks_of(matter: Matter) -> list[Clock]:
    clocks = list(matter.clocks.select_related("organ").prefetch_related("events").order_by("started_at", "pk"))
    for each in clocks:
        each.matter = matter
    return clocks


def clock(one: Clock, moment: datetime, calendar) -> dict:
    """A duty with its whole reasoning."""
    plain = ("limit", "title", "provisional", "basis", "quote", "nature")
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in plain},
        "organ": one.organ.key,
        "state": named(one.state, one.get_state_display()),
        "started_at": outside(one.started_at),
        "ended_at": outside(one.ended_at),
        "due_at": outside(one.due_at),
        "overdue": one.overdue(moment),
        "explanation": [str(line) for line in lines_of(explain(one, calendar))],
    }


def papers(issued: Iterable[IssuedDocument]) -> list[dict]:
    return [
        {
            "id": each.pk,
            "key": each.key,
            "title": each.title,
            "number": each.number,
            "organ": each.organ.key,
            "issued_at": outside(each.issued_at),
            "sha256": each.sha256,
            "url": reverse("api-document", args=[each.pk]),
            "corrects": each.corrects_id,
            "sealed": sealed(each),
        }
        for each in issued
    ]


def sealed(issued: IssuedDocument) -> dict | None:
    """The signature of the organ, where the file was signed."""
    seal = getattr(issued, "seal", None)
    if seal is None or not seal.made:
        return None
    return {
        "signer": seal.signer,
        "at": outside(seal.sealed_at),
        "sha256": seal.sha256,
        "url": reverse("api-document-sealed", args=[issued.pk]),
    }


def materials_of(matter: Matter) -> list[dict]:
    return [material(each) for each in Material.objects.filter(matter_id=matter.pk).select_related("organ")]


def material(one: Material) -> dict:
    plain = ("title", "reference", "copies", "pages", "original", "remark", "name", "sha256", "size", "mime")
    return {
        "id": one.pk,
        "kind": named(one.kind, one.get_kind_display()),
        **{name: getattr(one, name) for name in plain},
        "organ": one.organ.key,
        "added_at": outside(one.added_at),
        "withdrawn": one.withdrawn,
        "url": reverse("api-material", args=[one.pk]),
    }


def links(matter: Matter, user: User) -> list[dict]:
    """The related matters that the reader may see; the others are not hinted at."""
    rows = list(Link.objects.filter(source_id=matter.pk)) + list(Link.objects.filter(target_id=matter.pk))
    others = {row.pk: row.target_id if row.source_id == matter.pk else row.source_id for row in rows}
    seen = Matter.objects.visible_to(user).in_bulk(set(others.values()))
    return [_link(row, seen[others[row.pk]], row.source_id == matter.pk) for row in rows if others[row.pk] in seen]


def _link(row: Link, other: Matter, outward: bool) -> dict:
    return {
        "kind": row.kind,
        "outward": outward,
        "number": other.number,
        "workflow": other.kind,
        "title": other.title,
        "url": address(other),
    }


def happening(entry: journal.Entry) -> dict:
    words = entry.words
    return {
        "seq": entry.seq,
        "step": entry.step,
        "label": str(step_words(entry)),
        "before": entry.before,
        "after": entry.after,
        "at": outside(entry.at),
        "who": str(signer_words(entry)),
        "organ": words.get("organ", ""),
        "on_behalf": entry.on_behalf_of_id is not None,
        "facts": [[str(label_words(label)), str(text)] for label, text in words.get("facts", ())],
    }


def open_step(matter: Matter, one: OpenStep) -> dict:
    return {
        "name": one.step.name,
        "label": str(one.step.label),
        "help": str(one.step.help),
        "primary": one.step.primary,
        "behalf": one.behalf,
        "url": reverse(f"api-{matter.kind}-{one.step.name}", args=[matter.number]),
    }


def receipt(matter: Matter, issued: Iterable[IssuedDocument]) -> dict:
    """What a step has left behind."""
    return {
        "number": matter.number,
        "kind": matter.kind,
        "stage": named(matter.stage, matter.get_stage_label()),
        "version": matter.version,
        "documents": papers(issued),
        "url": address(matter),
    }
