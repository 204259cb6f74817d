"""What must hold before a step of a breach."""

from django.utils.translation import gettext as _

from coordination.kernel.organs import Organ
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal


@gate("NW-4.28")
def not_oneself(matter, actor, facts, moment) -> None:
    if facts["accused"] == actor.organ:
        raise Refusal(_("涉及的单位不能是本单位；本单位的问题请自行纠正或向上级报告。"), field="accused")


def authority_of(county: str) -> Organ | None:
    """The authority in charge of administrative enforcement: the county's justice bureau."""
    found = Organ.objects.filter(county=county, kind=Organ.Kind.JUSTICE_BUREAU).order_by("off_platform", "pk")
    return found.first()


@gate()
def authority_exists(matter, actor, facts, moment) -> None:
    if authority_of(actor.organ.county_id) is None:
        raise Refusal(_("本县未设置行政执法主管部门（司法局），请联系系统管理员。"))


@gate()
def happened_already(matter, actor, facts, moment) -> None:
    if facts["happened_at"] > moment:
        raise Refusal(_("时间不能晚于现在，请核对。"), field="happened_at")
