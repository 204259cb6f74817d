"""The lines of the handover sheet, ticked by both sides, and the receiver's review of the evidence.

案件移送材料交接单: 由移送和接收双方确认无误后签字 (NW-3.20, NW-3.21).
案件移送制度 五（十二）: 经受移送方审查符合要求的，可以作为实施行政处罚的证据 (NW-1.21).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.materials.rows import EvidenceReview, Material, MaterialCheck, MaterialKind, Outcome
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.words import Refusal, carries, law_language

#: Kinds that the receiver must review before using them as evidence.
EVIDENCE = (MaterialKind.EVIDENCE, MaterialKind.PHOTO, MaterialKind.AUDIO_VIDEO, MaterialKind.SOURCE_MATERIAL)


@dataclass(frozen=True)
class Tick:
    """What one side says of one material: an Outcome for a check; `ok` or `failed` for a review."""

    material_id: int
    outcome: str
    words: str = ""


@dataclass
class SheetLine:
    """A material with the last tick and the last review of each organ, by organ id."""

    material: Material
    checks: dict[int, MaterialCheck] = field(default_factory=dict)
    reviews: dict[int, EvidenceReview] = field(default_factory=dict)

    def reviewable_by(self, organ_id: int) -> bool:
        """Evidence is reviewed by whoever has not provided it."""
        return self.material.kind in EVIDENCE and self.material.organ_id != organ_id

    def ticked_by(self, organ_id: int) -> bool:
        return organ_id in self.checks

    def differs(self) -> bool:
        """Whether any side has found a difference, which the sheet must then record."""
        return any(check.outcome != Outcome.OK for check in self.checks.values())


def sheet(matter: Matter, *, withdrawn: bool = False) -> list[SheetLine]:
    """The lines in the order of adding, without the withdrawn ones unless asked for. Three queries."""
    materials = Material.objects.filter(matter_id=matter.pk).select_related("organ", "uploaded_by")
    lines = {m.pk: SheetLine(m) for m in (materials if withdrawn else materials.in_force())}
    for check in _last(MaterialCheck, lines):
        lines[check.material_id].checks[check.organ_id] = check
    for review in _last(EvidenceReview, lines):
        lines[review.material_id].reviews[review.organ_id] = review
    return list(lines.values())


def _last(model, materials: Iterable[int]):
    rows = model.objects.filter(material__in=list(materials)).select_related("organ", "by")
    return rows.order_by("material_id", "organ_id", "-id").distinct("material_id", "organ_id")


def usable(matter: Matter, organ_id: int) -> list[Material]:
    """The evidence that `organ_id` has reviewed and found good: only this may support its decision (NW-1.21)."""
    lines = sheet(matter)
    return [line.material for line in lines if (found := line.reviews.get(organ_id)) and found.passed]


@transaction.atomic
def check_materials(matter: Matter, ticks: Iterable[Tick], *, actor: Actor, moment: datetime) -> journal.Entry:
    """One side's ticks, as many lines as it likes, under one entry. A difference needs words."""
    matter, ticks, known = _ready(matter, ticks)
    for tick in ticks:
        if tick.outcome not in Outcome.values:
            raise Refusal(_("请为每份材料选择核对结果。"), field=_field(tick), code="missing")
        _need_words(tick, known, tick.outcome != Outcome.OK)
    MaterialCheck.objects.bulk_create(
        [
            MaterialCheck(
                material_id=t.material_id, organ=actor.organ, by=actor.user, at=moment, outcome=t.outcome, words=t.words
            )
            for t in ticks
        ]
    )
    with law_language():
        return _entry(matter, "check_materials", _("核对材料"), ticks, known, dict(Outcome.choices), actor, moment)


@carries("NW-1.21")
@transaction.atomic
def record_reviews(matter: Matter, ticks: Iterable[Tick], *, actor: Actor, moment: datetime) -> journal.Entry:
    """The receiver's findings on the evidence of others, item by item, under one entry. A refusal needs words."""
    matter, ticks, known = _ready(matter, ticks)
    for tick in ticks:
        if known[tick.material_id].organ_id == actor.organ.pk:
            raise Refusal(_("本机关提供的材料由接收方审查。"), field=_field(tick), code="permission")
        if tick.outcome not in FINDINGS:
            raise Refusal(_("请为每份证据选择审查结果。"), field=_field(tick), code="missing")
        _need_words(tick, known, tick.outcome == "failed")
    EvidenceReview.objects.bulk_create(
        [
            EvidenceReview(
                material_id=t.material_id,
                organ=actor.organ,
                by=actor.user,
                at=moment,
                words=t.words,
                passed=t.outcome == "ok",
            )
            for t in ticks
        ]
    )
    with law_language():
        findings = {"ok": _("符合要求"), "failed": _("不符合要求")}
        return _entry(matter, "review_evidence", _("审查证据"), ticks, known, findings, actor, moment)


FINDINGS = ("ok", "failed")


def _ready(matter: Matter, ticks: Iterable[Tick]) -> tuple[Matter, list[Tick], dict[int, Material]]:
    """The locked matter, the ticks, and the materials that they name, which must be its own and in force."""
    matter, ticks = Matter.locked(matter.pk), list(ticks)
    if not ticks:
        raise Refusal(_("请至少选择一份材料。"), code="missing")
    if matter.closed_at:
        raise Refusal(_("事项已经办结，不能再核对或审查材料。"), code="stage")
    known = Material.objects.in_force().filter(matter_id=matter.pk).in_bulk({tick.material_id for tick in ticks})
    if any(tick.material_id not in known for tick in ticks):
        raise Refusal(_("材料清单已有变化，请刷新页面后重新核对。"), code="stale")
    return matter, ticks, known


def _need_words(tick: Tick, known: dict[int, Material], needed: bool) -> None:
    if needed and not tick.words.strip():
        title = known[tick.material_id].title
        raise Refusal(_("请说明“%(title)s”的差异或不符之处。") % {"title": title}, field=_field(tick), code="missing")


def _field(tick: Tick) -> str:
    return f"material-{tick.material_id}"


def _entry(matter, step, label, ticks, known, findings, actor, moment) -> journal.Entry:
    facts = [[known[t.material_id].title, "：".join(filter(None, (str(findings[t.outcome]), t.words)))] for t in ticks]
    return journal.append(
        matter,
        step=step,
        before=matter.stage,
        after=matter.stage,
        actor=actor,
        moment=moment,
        words={"label": label, "facts": facts},
    )
