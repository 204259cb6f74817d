"""A row of a desk or a list: why it is here, how long there is, and exactly one next step."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User
from coordination.kernel.retold import label_words
from coordination.kernel.sides import Group
from coordination.kernel.steps import OpenStep, next_on_the_road, own_steps
from coordination.kernel.web.addresses import address
from coordination.kernel.web.lamp import Lamp, lamp
from coordination.kernel.web.request import calendar_of, moment_of, organs_of
from coordination.kernel.web.workflows import child, name_organs, workflows

NO_LAMP = Lamp("none", "", "")
URGENCY_TONES = {"urgent": "warn", "specially_urgent": "urgent", "major": "urgent"}


def rows(request: HttpRequest, pairs: Iterable[tuple[Matter, Clock | None]]) -> list[dict]:
    """A row for each matter and the clock that brings it here; the matters come out of `with_children`."""
    pairs = list(pairs)
    matters = [part for matter, _clock in pairs for part in (matter, child(matter))]
    name_organs([*matters, *(clock for _matter, clock in pairs if clock)], organs_of(request))
    moment, calendar = moment_of(request), calendar_of(request)
    return [row(matter, clock, request.user, moment, calendar) for matter, clock in pairs]


def row(matter: Matter, clock: Clock | None, user: User, moment: datetime, calendar) -> dict:
    """What templates/drawn/components/matter_row.html shows of a matter and the clock that brings it here."""
    whole = child(matter)
    return {
        "lamp": lamp(clock, moment, calendar) if clock else NO_LAMP,
        "matter": matter,
        "matter_url": address("matter", matter.number),
        "title": matter.title,
        "stage_label": whole.get_stage_label(),
        "kind_label": whole._meta.verbose_name,
        "number": matter.number,
        "from_label": from_to(whole),
        "why": f"{clock.organ} · {label_words(clock.title)} · {clock.basis}" if clock else "",
        "tags": tags(matter),
        "next": next_step(whole, clock, user, moment),
    }


def from_to(matter: Matter) -> str:
    """`sender → receiver` where a matter has two sides of one organ each, else its holder."""
    sides = [side for side in matter.SIDES if not isinstance(side, Group)]
    organs = [side.organ(matter) for side in sides if side.organ(matter)]
    distinct = list(dict.fromkeys(organ.short_name for organ in organs))
    return " → ".join(distinct) if distinct else matter.holder.short_name


def tags(matter: Matter) -> list[dict]:
    found = []
    if matter.urgency in URGENCY_TONES:
        found.append({"label": matter.get_urgency_display(), "tone": URGENCY_TONES[matter.urgency]})
    if matter.ongoing:
        found.append({"label": _("违法行为正在进行"), "tone": "urgent"})
    return found


def next_step(matter: Matter, clock: Clock | None, user: User, moment: datetime) -> dict | None:
    """The one step that the row offers: a matter to be begun that takes this clock over, else the main road."""
    limit = clock.limit if clock else ""
    for kind, model in workflows().items():
        if limit in getattr(model, "TAKES_OVER", ()) and _opens(model, matter, user):
            return _opening(kind, model, matter)
    chosen = next_on_the_road(matter, own_steps(matter, user, moment), limit)
    return chosen and {"label": chosen.step.label, "url": step_url(matter, chosen), "primary": True}


def openings(matter: Matter, user: User) -> list[dict]:
    """The matters that may be begun from this one, for those in whose hands it is."""
    return [_opening(kind, model, matter) for kind, model in workflows().items() if _opens(model, matter, user)]


def _opens(model: type[Matter], matter: Matter, user: User) -> bool:
    return matter.KIND in model.OPENS_FROM and model.may_open_from(matter, user)


def _opening(kind: str, model: type[Matter], matter: Matter) -> dict:
    return {
        "name": f"open-{kind}",
        "label": model.opening_label(),
        "primary": getattr(model, "OPENS_PRIMARY", True),
        "url": f"{address(f'{kind}:new')}?from={matter.number}",
    }


def step_url(matter: Matter, one: OpenStep) -> str:
    url = address("step", matter.number, one.step.name)
    return f"{url}?behalf=1" if one.behalf else url
