"""What must hold before a step of a breach."""

from django.utils.translation import gettext as _

from coordination.kernel.organs import Organ
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal


@gate("NW-4.28")
def not_oneself(matter, actor, facts, moment) -> None:
    if facts["accused"] == actor.organ:
        raise Refusal(_("涉及的单位不能是本单位；本单位的问题请自行纠正或向上级报告。"), field="accused")


def authority_of(accused: Organ) -> Organ | None:
    """The authority in charge of administrative enforcement: the county's justice bureau; of what is said against that
    bureau, or against whoever stands above it, the next organ above the accused."""
    bureaus = Organ.objects.filter(county=accused.county_id, kind=Organ.Kind.JUSTICE_BUREAU)
    found = bureaus.order_by("off_platform", "pk").first()
    if found and accused in (found, *found.superiors()):
        return next(iter(accused.superiors()), None)
    return found


@gate()
def authority_exists(matter, actor, facts, moment) -> None:
    if authority_of(facts["accused"]) is None:
        raise Refusal(_("没有可以查处该单位的机关：本县未设置司法局，或者该单位没有上级机关，请联系系统管理员。"))


@gate()
def happened_already(matter, actor, facts, moment) -> None:
    if facts["happened_at"] > moment:
        raise Refusal(_("时间不能晚于现在，请核对。"), field="happened_at")
