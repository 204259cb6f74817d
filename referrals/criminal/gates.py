"""What must hold before a step of a criminal transfer (国务院令第310号); refusals that a person can act on."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coordination.kernel.clocks import OPEN
from coordination.kernel.now import to_the_minute
from coordination.kernel.organs import Organ, Role, in_force
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal
from referrals.gates import sender_in_own_name as sender_in_own_name

#: Article 5: 2名或者2名以上行政执法人员. No county may change it.
GROUP = 2


@gate("LAW-5", "LAW-12")
def case_is_ours(matter, actor, facts, moment) -> None:
    """The case is in this organ's hands and no other transfer of it is open."""
    case = facts["case"]
    if case.holder_id != actor.organ.pk:
        raise Refusal(_("只能移送本单位承办的案件。"), field="case")
    if case.criminal_open:
        raise Refusal(_("本案已有尚未办结的涉嫌犯罪移送，请在该移送中办理。"), field="case")


@gate("LAW-12", "LAW-6")
def group_of_two(matter, actor, facts, moment) -> None:
    """Article 5: a special group of two officers or more; assistants and lapsed certificates do not count."""
    day = moment.date()
    posts = actor.organ.posts.filter(in_force(day), role=Role.OFFICER)
    here = set(posts.values_list("user_id", flat=True))
    chosen = facts.get("members") or matter.group
    certified = [user for user in chosen if user.pk in here and user.certified_on(day)]
    if len(certified) < GROUP:
        raise Refusal(
            _("专案组应当由 2 名以上本单位持有效执法证的执法人员组成（现有 %(have)s 名有效），请调整。")
            % {"have": len(certified)},
            field="members",
        )


def same_level(kind: str, county: str) -> QuerySet[Organ]:
    """The county's organs of this kind, without those that stand under a government above the county's."""
    above = Organ.objects.filter(county=county, kind=Organ.Kind.GOVERNMENT, superior__isnull=False).values("superior")
    return Organ.objects.filter(county=county, kind=kind).exclude(superior__in=above)


@gate("LAW-12")
def sent_to_police(matter, actor, facts, moment) -> None:
    """Article 5: to the police of the same level, supervised by the procuratorate of the same level."""
    for name, kind, words in (
        ("police", Organ.Kind.POLICE, _("请选择同级公安机关。")),
        ("procuratorate", Organ.Kind.PROCURATORATE, _("请选择同级人民检察院。")),
    ):
        if not same_level(kind, actor.organ.county_id).filter(pk=facts[name].pk).exists():
            raise Refusal(words, field=name)


def not_before(attribute: str, what: str):
    """A gate: what is told now did not happen before `attribute`, to the minute, as people write it down."""

    @gate()
    def in_order(matter, actor, facts, moment) -> None:
        earlier = getattr(matter, attribute)
        for name in ("at", "sent_at", "asked_at"):
            if earlier and facts.get(name) and facts[name] < to_the_minute(earlier):
                raise Refusal(_("时间不能早于%(what)s，请核对。") % {"what": what}, field=name)

    in_order.__name__ = f"not_before_{attribute}"
    return in_order


@gate("LAW-13")
def appraised_or_explained(matter, actor, facts, moment) -> None:
    """Article 6: inspection report or appraisal, where there is one; if there is none, why."""
    if not facts.get("appraisals") and not facts.get("appraisal_note"):
        raise Refusal(_("请选择检验报告或者鉴定结论；依法不需要检验、鉴定的，请说明原因。"), field="appraisal_note")


@gate("LAW-13")
def report_is_of_this_matter(matter, actor, facts, moment) -> None:
    chosen = [facts["investigation_report"], *(facts.get("appraisals") or ())]
    if any(material.matter_id != matter.pk for material in chosen):
        raise Refusal(_("请选择本次移送的材料。"), field="investigation_report")


@gate("LAW-13")
def attachments_complete(matter, actor, facts, moment) -> None:
    """Article 6: the investigation report lies with the transfer form, and so does whatever else shows the crime."""
    if matter.investigation_report is None or matter.investigation_report.withdrawn:
        raise Refusal(_("请上传涉嫌犯罪案件情况的调查报告。"))
    if not matter.other_materials:
        raise Refusal(_("请添加有关涉嫌犯罪的证据材料（照片、笔录等）。"))


@gate("LAW-16")
def reconsideration_in_time(matter, actor, facts, moment) -> None:
    """Article 9: within three days of the notice; afterwards the procuratorate is the way that remains."""
    clock = matter.open_clock("criminal.ask_reconsideration")
    if clock and clock.overdue_at and (facts.get("asked_at") or moment) >= clock.overdue_at:
        raise Refusal(_("提请复议的 3 日期限已过，可以建议人民检察院依法进行立案监督。"), field="asked_at")


@gate("LAW-15", "LAW-16")
def police_decided_or_late(matter, actor, facts, moment) -> None:
    """While the time of the police runs, supervision of filing is not yet called for."""
    late = [c for c in matter.clocks.filter(state__in=OPEN, organ=matter.police_id) if not c.overdue(moment)]
    if late:
        raise Refusal(_("公安机关的办理期限尚未届满，请待其作出决定或者逾期后再建议立案监督。"))


@gate("LAW-14")
def passed_to_another(matter, actor, facts, moment) -> None:
    if facts["passed_to"].pk in (matter.police_id, matter.sender_id):
        raise Refusal(_("请选择有管辖权的其他机关。"), field="passed_to")


@gate("LAW-18")
def fine_set_off(matter, actor, facts, moment) -> None:
    """Article 11: a fine given before is set off against the criminal fine."""
    if matter.earlier_fine and facts.get("criminal_fine") and facts.get("fine_set_off") is None:
        raise Refusal(
            _("移送前已给予罚款 %(fine)s 元，判处罚金的应当依法折抵，请填写折抵数额。") % {"fine": matter.earlier_fine},
            field="fine_set_off",
        )
    if (facts.get("fine_set_off") or 0) > min(matter.earlier_fine or 0, facts.get("criminal_fine") or 0):
        raise Refusal(_("折抵数额不能超过已经给予的罚款，也不能超过判处的罚金。"), field="fine_set_off")
