"""Who is competent for an item in a township on a day, and why: the jurisdiction suggestion (NW-1.3, NW-3.3 to NW-3.7).

A person decides; this only says what the lists say, with the row that says it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.kernel import written
from coordination.kernel.catalogue.holdings import Holding, Mode
from coordination.kernel.catalogue.items import Item
from coordination.kernel.organs import Organ, in_force
from coordination.kernel.words import carries


@dataclass(frozen=True)
class Competence:
    """The organ in whose name the item is enforced, by what mode, and the sentence that says why.

    `executor` is the organ whose officers do the work: the township where the item is entrusted, else the organ.
    """

    organ: Organ
    mode: str
    reason: str
    holding: Holding | None = None
    executor: Organ | None = None

    @property
    def brief(self) -> str:
        """The reason without the item's number and title, for a row that shows them already."""
        return self.reason.partition(_("："))[2]


@carries("NW-1.3", "NW-3.3", "NW-3.6", "LAW-3")
def competent(item: Item, place: Organ | None, on: date) -> Competence:
    """The competent organ for `item` in the township `place` on `on`; a row for the township goes before one for the
    whole county. One query, and one more if the item's department is not loaded."""
    return competent_all([item], place, on)[item.pk]


def competent_all(items: Iterable[Item], place: Organ | None, on: date) -> dict[int, Competence]:
    """The same for each of `items`, by its key; one query for all of them."""
    items = list(items)
    rows = _rows(items, place)
    return {item.pk: _competence(item, rows[item.pk], on) for item in items}


def _competence(item: Item, rows: list[Holding], on: date) -> Competence:
    if not item.is_active(on):
        return _department(item, _("该事项在%(day)s不在目录内，由县级主管部门%(guide)s处理"), day=on)
    current = next((row for row in rows if row.in_force(on)), None)
    return _READ[current.mode](item, current, on) if current else _nobody(item, rows, on)


def _rows(items: list[Item], place: Organ | None) -> dict[int, list[Holding]]:
    """All holdings that concern the place, by item: the township's own before the county's, old ones first."""
    wanted = {"place": place and place.pk, "items": [item.pk for item in items]}
    rows = defaultdict(list)
    for row in written.objects("holdings", _holdings, **wanted):
        rows[row.item_id].append(row)
    return rows


def _holdings() -> QuerySet[Holding]:
    here = Q(place=written.Later("place")) | Q(place__isnull=True)
    found = Holding.objects.filter(here, written.one_of_later(F("item"), "items"))
    joined = found.select_related("holder", "entrustment__from_organ")
    return joined.order_by(F("place").asc(nulls_last=True), "since")


def _say(item: Item, sentence: str, **facts: object) -> str:
    body = sentence % {"guide": item.guide.name, **facts}
    kept = _("；处罚决定仍由县级作出") if item.stays_with_county else ""
    words = {"item": item.reference, "title": item.title, "sentence": body + kept}
    return _("%(item)s「%(title)s」：%(sentence)s。") % words


def _department(item: Item, sentence: str, holding: Holding | None = None, **facts: object) -> Competence:
    return Competence(item.guide, Mode.RETAINED, _say(item, sentence, **facts), holding, item.guide)


def _own(sentence: str):
    """For modes in which the holder acts in its own name."""

    def read(item: Item, row: Holding, on: date) -> Competence:
        facts = {"holder": row.holder.name, "since": row.since, "decision": row.decision_number}
        reason = _say(item, _(sentence), **facts, basis=item.punished_by)
        return Competence(row.holder, row.mode, reason, row, row.holder)

    return read


def _entrusted(item: Item, row: Holding, on: date) -> Competence:
    """The entrusting department is the subject and bears the consequence (行政处罚法 art. 20, LAW-2)."""
    letter, subject = row.entrustment, row.entrustment.from_organ
    facts = {"from": subject.name, "to": row.holder.name, "letter": letter.number, "until": letter.until}
    if defect := letter.defect_on(on):
        sentence = _("委托书%(letter)s：%(defect)s，不得由%(to)s实施，由%(from)s自行处理")
        return Competence(subject, row.mode, _say(item, sentence, **facts, defect=defect), row, subject)
    sentence = _("%(from)s已委托%(to)s实施（%(letter)s，委托期限至%(until)s），以%(from)s的名义作出决定")
    return Competence(subject, row.mode, _say(item, sentence, **facts), row, row.holder)


def _assisting(item: Item, row: Holding, on: date) -> Competence:
    """Neither devolved nor fit for entrustment: the department is the subject, the team assists it (NW-3.6)."""
    sentence = _("未赋权也未委托，%(guide)s为责任主体；自%(since)s起由%(holder)s综合行政执法队协助")
    return Competence(
        item.guide, row.mode, _say(item, sentence, since=row.since, holder=row.holder.name), row, item.guide
    )


_READ = {
    Mode.DEVOLVED: _own(gettext_noop("已列入%(holder)s行政处罚事项清单，自%(since)s起由其行使（%(decision)s）")),
    Mode.STATUTORY: _own(gettext_noop("%(basis)s直接规定由%(holder)s行使")),
    Mode.RETAINED: _own(gettext_noop("由%(holder)s保留行使（自%(since)s）")),
    Mode.ENTRUSTED: _entrusted,
    Mode.ASSISTING: _assisting,
}


def _nobody(item: Item, rows: list[Holding], on: date) -> Competence:
    """No row holds on the day: the department, with what was or will be. The date of devolution decides (NW-1.3)."""
    past = [row for row in rows if row.until and row.until < on and row.mode in (Mode.DEVOLVED, Mode.ENTRUSTED)]
    coming = [row for row in rows if row.since > on and row.mode == Mode.DEVOLVED]
    if past:
        sentence = _("原由%(holder)s以%(mode)s方式承担，已于%(until)s终止，现由%(guide)s行使")
        last = past[-1]
        facts = {"holder": last.holder.name, "mode": last.get_mode_display(), "until": last.until}
        return _department(item, sentence, last, **facts)
    if coming:
        sentence = _("自%(since)s起才赋权%(holder)s，在此之前由%(guide)s行使")
        return _department(item, sentence, coming[0], since=coming[0].since, holder=coming[0].holder.name)
    return _department(item, _("未下放，由县级主管部门%(guide)s行使"))


#: Modes in which the holder itself may file a case (an assisting team may not, NW-3.2, NW-3.6).
FILING = (Mode.DEVOLVED, Mode.ENTRUSTED, Mode.RETAINED, Mode.STATUTORY)


def holds(organ: Organ, item: Item, on: date, place: Organ | None = None) -> bool:
    """May `organ` file a case on `item`: in `place`, or (without a place) anywhere. At most two queries.

    In a place it is the competent organ or the township that acts for it under a letter; a department in principle no
    longer exercises what it has devolved there (NW-3.2, NW-3.4).
    """
    if not item.is_active(on):
        return False
    if place is not None:
        found = competent(item, place, on)
        return organ.pk in (found.organ.pk, found.executor.pk)
    return organ.pk == item.guide_id or any(_carries(row, on) for row in _held_by(organ, on).filter(item=item))


def _held_by(organ: Organ, on: date):
    return Holding.objects.filter(in_force(on), holder=organ, mode__in=FILING).select_related("entrustment")


def _carries(row: Holding, on: date) -> bool:
    return row.entrustment is None or not row.entrustment.defect_on(on)


def held_items(organ: Organ, on: date) -> list[Item]:
    """The organ's own item list on `on`: what it may file on (NW-3.1, NW-3.2). Two queries."""
    numbers = {row.item_id for row in _held_by(organ, on) if _carries(row, on)}
    return list(Item.objects.active_on(on).filter(Q(pk__in=numbers) | Q(guide=organ)).select_related("guide"))
