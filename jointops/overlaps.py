"""Two inspections of one object: what else is planned there in the same days, or was inspected shortly before (LX-7.13,
YY-5.3)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from cases.sources import Source
from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter, Participation, Secrecy
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, Post
from coordination.kernel.words import carries

#: Ordinary inspections, as far as they have found something: what finds nothing leaves no case.
INSPECTIONS = (Source.INSPECTION, Source.PATROL)
#: So long before the plan another inspection of the object counts as one of the same days.
RECENT = timedelta(days=30)
TOLD = 5


@carries("LAW-20")
def overlaps(reader: Organ, subject: str, begins: date, ends: date, but: Collection[int | None] = ()) -> list[str]:
    """In words, the open joint operations on `subject` in the county of `reader` between the two days, and the ordinary
    inspections of it then and shortly before; but nothing that accuses `reader` or its people. A number is told to whom
    the matter is open; to others, whose it is. One query. `but`: the plan itself, and what it comes out of."""
    if not subject:
        return []
    matters = _tellable(reader).filter(county=reader.county_id, subject_name=subject)
    matters = matters.exclude(pk__in=[pk for pk in but if pk])
    plans = matters.filter(closed_at=None, operation__planned_from__lte=ends, operation__planned_to__gte=begins)
    since, until = _midnight(begins - RECENT), _midnight(ends + timedelta(days=1))
    cases = matters.filter(case__source__in=INSPECTIONS, case__discovered_at__gte=since, case__discovered_at__lt=until)
    found = _rows(plans, F("operation__planned_from"))
    found = found.union(_rows(cases, TruncDate("case__discovered_at", tzinfo=CST)), all=True)
    return [_told(row) for row in found.order_by("day", "number")[:TOLD]]


def _tellable(reader: Organ) -> QuerySet[Matter]:
    """What does not accuse the organ, the one it belongs to or its people, and is not kept from it; with `open`: its
    people may read it."""
    accusing = Q(hidden_organ__in=reader.whole)
    accusing |= Q(hidden_person__in=Post.objects.filter(organ=reader).values("user"))
    taking_part = Exists(Participation.objects.filter(matter=OuterRef("pk"), organ=reader))
    guided = Exists(Item.objects.filter(pk=OuterRef("item"), guide=reader))
    matters = Matter.objects.exclude(accusing).annotate(open=Q(taking_part) | Q(guided))
    return matters.filter(Q(open=True) | Q(secrecy=Secrecy.NONE))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CST)


def _rows(matters: QuerySet[Matter], day) -> QuerySet:
    columns = ("kind", "number", "originator__short_name")
    return matters.order_by().annotate(day=day).values(*columns, "open", "day")


def _told(row: dict) -> str:
    facts = {"organ": row["originator__short_name"], "day": f"{row['day']:%m-%d}", "number": row["number"]}
    if row["kind"] == "jointops":
        told = (
            _("%(organ)s %(day)s 的联合执法（%(number)s）") if row["open"] else _("%(organ)s在这段时间的联合执法计划")
        )
    else:
        told = _("%(organ)s %(day)s 的检查（%(number)s）") if row["open"] else _("%(organ)s近期对该对象开展的检查")
    return told % facts
