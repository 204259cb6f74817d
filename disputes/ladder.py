"""The county's ladder for one dispute: which organ does what, rung by rung, with basis and quote.

It is written down when the dispute is opened: a mechanism that changes later moves no rung under people's feet.
"""

from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _

from coordination.kernel.clocks.project import offices_of
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.mechanisms.tables import Clause, DisputeRung
from coordination.kernel.organs import Organ, common_superior
from coordination.kernel.words import Refusal, carries
from disputes.words import DECIDING, DisputeKind


@dataclass(frozen=True)
class Rung:
    """One rung, resolved: `organ` is the body's id (None: the two sides themselves); `direct`: basis and quote on which
    it may take the dispute up from any rung below."""

    act: str
    organ: int | None
    basis: str
    quote: str
    nature: str
    direct: dict[str, str] | None = None


@carries("LAW-20", "NW-1.18", "NW-1.19")
def ladder_of(kind: str, one: Organ, other: Organ, accused: Organ | None = None) -> list[dict]:
    """The rungs for a dispute of `kind` between two organs. A rung whose body is itself one of them is left out: nobody
    judges his own dispute. `accused`: against whom the complaint is that the disputed matter came out of; it must not
    learn of it (信访工作条例 art. 30). Refusal where the county has no ladder for this kind, or no organ for a rung."""
    rules = kept_rules(one.county_id)
    declared = rules.dispute_rungs(kind)
    if not declared:
        raise Refusal(
            _("本县机制没有规定“%(kind)s”争议的处理办法，请由双方协商，或者报请共同的上级机关。")
            % {"kind": DisputeKind(kind).label},
            field="kind_of",
        )
    rungs = [_past(accused, _resolved(rung, one, other)) for rung in declared]
    climbed = [rung for rung in rungs if rung and rung.organ not in (one.pk, other.pk)]
    if len(climbed) == 1:
        raise Refusal(_("没有可以处理这一争议的机关，请报请共同的上级机关。"), field="respondent")
    return [asdict(_with_direct(rung, rules.direct_designation(kind), one, other)) for rung in climbed]


def _past(accused: Organ | None, rung: Rung) -> Rung | None:
    """The rung without its body where that is accused: whoever stands above it decides, if anybody; a mediation that is
    not the accused's to hold is passed over."""
    if accused is None or rung.organ != accused.pk:
        return rung
    above = accused.superior_id if rung.act in DECIDING else None
    return replace(rung, organ=above) if above else None


def _with_direct(rung: Rung, clause: Clause | None, one: Organ, other: Organ) -> Rung:
    """行政处罚法 art. 25: the common superior, where it has the power to end the dispute, need not be asked."""
    common = common_superior(one, other)
    if clause is None or rung.act not in DECIDING or common is None or rung.organ != common.pk:
        return rung
    return replace(rung, direct={"basis": clause.basis, "quote": clause.quote})


def _resolved(rung: DisputeRung, one: Organ, other: Organ) -> Rung:
    clause = rung.clause
    return Rung(rung.act, _body(rung.body, one, other), clause.basis, clause.quote, clause.nature)


def _body(body: str, one: Organ, other: Organ) -> int | None:
    if body == "parties":
        return None
    office = offices_of(one.county_id).get(body)
    if body in ("government", "common_superior"):
        office = _superior(office if body == "government" else None, one, other)
    if office is None:
        raise Refusal(
            _("单位名录中找不到%(one)s和%(other)s的%(body)s，请联系管理员补充后再提出。")
            % {"one": one, "other": other, "body": _called(body)},
            field="respondent",
        )
    return office


def _superior(government: int | None, one: Organ, other: Organ) -> int | None:
    """The county's government where it stands above both; else whoever does (a bureau that the city manages has its
    common superior with a township in the city)."""
    above = {organ.pk for organ in one.superiors()} & {organ.pk for organ in other.superiors()}
    if government in above:
        return government
    common = common_superior(one, other)
    return common and common.pk


def _called(body: str) -> str:
    """How a rung's body is called where there is no such organ."""
    known = dict(Organ.Kind.choices)
    return str(known.get(body) or _("共同的上一级行政机关"))
