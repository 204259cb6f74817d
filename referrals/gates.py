"""What must hold before a step of a referral: refusals in words that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.gates import category_of_major, refuse_before_discovery, refuse_unexplained
from cases.timely import not_before
from coordination.kernel.catalogue import competent, holds
from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.organs import Role, in_force
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal
from referrals.words import Again

MIN_OFFICERS = declare_option("referrals.min_officers")

__all__ = ["category_of_major"]


@gate("NW-1.6", "NW-1.7", "NW-3.22")
def sender_in_own_name(matter, actor, facts, moment) -> None:
    """案件移送制度 三（三）: only in the name of a department or a township government."""
    if not actor.organ.may_act_in_own_name:
        raise Refusal(
            _("不得以内设机构（直属机构、派出机构）的名义移送，请以%(organ)s的名义办理。")
            % {"organ": actor.organ.parent or _("所属机关")}
        )


@gate("NW-1.6", "NW-1.7")
def receiver_in_own_name(matter, actor, facts, moment) -> None:
    receiver = facts.get("receiver")
    if receiver and not receiver.may_act_in_own_name:
        raise Refusal(
            _("%(organ)s是内设（直属、派出）机构，请选择它所属的机关作为受移送方。") % {"organ": receiver},
            field="receiver",
        )
    if receiver and receiver == actor.organ:
        raise Refusal(_("不能移送给本单位，应当自行办理。"), field="receiver")


@gate("NW-1.15", "NW-3.13")
def case_is_ours(matter, actor, facts, moment) -> None:
    """A referral comes out of a case of one's own that was found to be another's; what a department had filed before
    the devolution it decides itself (案件移送制度 四（九）)."""
    case = facts["case"]
    if case.holder_id != actor.organ.pk:
        raise Refusal(_("只能移送本单位承办的案件。"), field="case")
    if case.competence_found_at is None:
        raise Refusal(_("请先在案件中认定属于其他单位管辖，移送时限由此起算。"), field="case")
    if case.before_devolution and case.filed_at:
        raise Refusal(_("划转前已立案未结案的案件，由原县级职能部门作出处理决定，不能移送。"), field="case")


@gate("LAW-3")
def as_it_was_settled(matter, actor, facts, moment) -> None:
    """A case whose dispute is settled goes to the organ that it was settled for, and to no other."""
    case = facts.get("case") or matter.case
    if case.jurisdiction_settled_at and facts["receiver"] != case.competent_organ:
        raise Refusal(
            _("该案经争议处理由%(organ)s管辖，请移送该单位。") % {"organ": case.competent_organ}, field="receiver"
        )


@gate("LAW-3", "NW-3.4")
def competence_explained(matter, actor, facts, moment) -> None:
    """The catalogue suggests, a person decides; another choice needs a reason."""
    case = facts.get("case") or matter.case
    refuse_unexplained(case, facts["receiver"], facts.get("choice_reason"), moment)


@gate("NW-1.8", "LAW-6")
def two_officers(matter, actor, facts, moment) -> None:
    """案件移送制度 三（四）: two or more officers; assistants and lapsed certificates do not count."""
    wanted = kept_rules(matter.county_id).option(MIN_OFFICERS, moment)
    day = moment.date()
    certified = [user for user in _officers(matter, facts, day) if user.certified_on(day)]
    if len(certified) < wanted:
        raise Refusal(
            _("请选择 %(wanted)s 名以上本单位持有效执法证的执法人员（现有 %(have)s 名有效）。")
            % {"wanted": wanted, "have": len(certified)},
            field="officers",
        )


def _officers(matter, facts, day) -> list:
    """Those of the chosen who are officers of whoever hands over."""
    if not facts.get("officers"):
        return [user for user in matter.named_officers if user.in_post]
    posts = matter.keeper.posts.filter(in_force(day), role=Role.OFFICER)
    here = set(posts.values_list("user_id", flat=True))
    return [user for user in facts["officers"] if user.pk in here]


@gate("NW-1.9", "NW-3.18")
def facts_in_writing(matter, actor, facts, moment) -> None:
    if len(matter.basic_facts.strip()) < 10:
        raise Refusal(_("移送应当有基本违法事实的书面材料，请把时间、地点、行为写清楚。"), field="basic_facts")


@gate("NW-1.10", "NW-3.18")
def file_is_complete(matter, actor, facts, moment) -> None:
    """案件移送制度 三（五）: letter (made here), source material, preliminary evidence."""
    kinds = {material.kind for material in matter.file}
    if "source_material" not in kinds:
        raise Refusal(_("请添加案源材料（现场检查记录、投诉举报材料等）。"), field="materials")
    if not kinds & {"evidence", "photo", "audio_video"}:
        raise Refusal(_("请添加初步证明违法事实的证据材料（照片、笔录等）。"), field="materials")


@gate("NW-1.11", "NW-1.12")
def property_declared(matter, actor, facts, moment) -> None:
    """案件移送制度 三（五）（六）: listed truthfully, or declared to be none; proceeds go along."""
    listed = matter.listed_property
    if not matter.property_declared:
        raise Refusal(_("请声明有无涉案物品。"), field="property_declared")
    if matter.has_property and not listed:
        raise Refusal(_("已声明有涉案物品，请先在案件中如实登记清单。"), field="property_declared")
    if not matter.has_property and listed:
        raise Refusal(_("案件中登记了涉案物品，不能声明为无。"), field="property_declared")
    if any(p.disposed_in_advance and not p.evidence_kept for p in listed):
        raise Refusal(_("先行处置的物品请填写留取的证据，与所得款项一并移送。"), field="property_declared")


@gate("NW-1.16", "NW-3.14")
def legacy_consulted(matter, actor, facts, moment) -> None:
    """案件移送制度 四（十）: a matter from before the devolution needs a consultation first."""
    if matter.case.before_devolution and not matter.case.legacy_consulted_at:
        raise Refusal(_("划转前的历史遗留问题，移送前应当先与乡镇协商，请先在案件中记录协商情况。"))


@gate("NW-1.3")
def basis_of_jurisdiction(matter, actor, facts, moment) -> None:
    if not matter.jurisdiction_basis.strip():
        raise Refusal(_("请填写管辖依据（事项清单的序号和名称）。"), field="jurisdiction_basis")


#: What a referral must have before it is approved and again before it leaves.
COMPLETE = (
    sender_in_own_name,
    two_officers,
    facts_in_writing,
    file_is_complete,
    property_declared,
    legacy_consulted,
    basis_of_jurisdiction,
)


@gate()
def urgent_enough(matter, actor, facts, moment) -> None:
    if matter.urgency == "normal":
        raise Refusal(_("口头移交只用于紧急情况；一般案件请直接书面移送。"))


@gate("NW-1.1", "NW-1.17")
def whose_it_is_then(matter, actor, facts, moment) -> None:
    """Taken back, it is the sender's own or it is said whose: the sending limit runs anew, toward somebody."""
    chosen = facts.get("competent_organ")
    if facts["again"] == Again.OWN and chosen:
        raise Refusal(_("由本单位继续办理的，不选择重新移送的单位，请核对。"), field="competent_organ")
    if facts["again"] == Again.AGAIN and chosen in (None, actor.organ):
        words = _("请选择重新移送给本单位以外的哪个单位；由本单位办理的，请改选继续办理。")
        raise Refusal(words, field="competent_organ")


@gate("NW-1.5", "NW-2.7")
def told_after_the_discovery(matter, actor, facts, moment) -> None:
    """The 24 hours for the paper run from the call; a call from before the discovery was about something else."""
    refuse_before_discovery(matter.case, facts["told_at"], "told_at")


#: The receiver's time runs from the service: no letter is served before anybody has approved it.
served_after_approval = not_before(
    "ready_at", gettext_lazy("移送函批准（起草）的时间"), "NW-1.1", "NW-2.1", field="served_at"
)


@gate()
def reachable(matter, actor, facts, moment) -> None:
    """An organ that is not on the platform is served on paper."""
    if matter.receiver.off_platform and facts["service_method"] == "platform":
        raise Refusal(
            _("%(organ)s不在本平台，请选择直接、邮寄等方式送达。") % {"organ": matter.receiver}, field="service_method"
        )
    if facts["service_method"] == "leaving":
        raise Refusal(_("留置送达请在送达后用“以其他方式送达”登记见证人和照片。"), field="service_method")


@gate()
def witnessed(matter, actor, facts, moment) -> None:
    if facts["service_method"] == "leaving" and not facts.get("witness"):
        raise Refusal(_("留置送达必须有见证人。"), field="witness")


@gate("NW-3.21")
def sealed(matter, actor, facts, moment) -> None:
    """Signed and sealed by each side: the sealed scan is uploaded (or the signature adapter has signed)."""
    if not facts.get("sealed_scan"):
        raise Refusal(_("请上传本单位签字并加盖印章的交接单扫描件。"), field="sealed_scan")


@gate("NW-3.21")
def sender_confirmed_first(matter, actor, facts, moment) -> None:
    if matter.sender_confirmed_at is None:
        raise Refusal(_("移交方尚未确认并签章交接单，请联系%(organ)s办理确认。") % {"organ": matter.keeper})


@gate("NW-3.20")
def differences_named(matter, actor, facts, moment) -> None:
    """Each line is ticked, or the difference is named."""
    lines = {material.pk for material in matter.sheet_lines}
    ticked = {material.pk for material in facts.get("checked") or ()}
    if lines - ticked and not facts.get("differences"):
        raise Refusal(
            _("有 %(count)s 项材料未核对一致，请逐项核对，或写明差异。") % {"count": len(lines - ticked)},
            field="checked",
        )


@gate("NW-3.21")
def handed_over_first(matter, actor, facts, moment) -> None:
    if matter.handed_over_at is None:
        raise Refusal(_("请先完成材料交接，再受理。"))


@gate("LAW-3")
def not_designated(matter, actor, facts, moment) -> None:
    if matter.designated:
        raise Refusal(_("管辖已经争议决定或指定，不能再提出异议，应当依法办理。"))


@gate("NW-1.17")
def own_opinion(matter, actor, facts, moment) -> None:
    if facts.get("competent_organ") == matter.receiver:
        raise Refusal(_("所选单位就是本单位，应当受理。"), field="competent_organ")


@gate("LAW-3")
def designated_named(matter, actor, facts, moment) -> None:
    organ = facts.get("designated")
    if facts["outcome"] != "designated":
        return
    if organ is None or organ in (matter.sender, matter.receiver):
        raise Refusal(_("请选择被指定的其他单位。"), field="designated")


@gate("NW-3.2", "LAW-1")
def receiver_holds_the_item(matter, actor, facts, moment) -> None:
    """The receiver files only what its own list holds, unless it was designated."""
    if matter.designated or matter.item is None or holds(matter.receiver, matter.item, moment.date(), matter.place):
        return
    found = competent(matter.item, matter.place, moment.date())
    raise Refusal(
        _("“%(item)s”不在本单位执法事项清单内（%(reason)s），不能立案，可提出管辖异议。")
        % {"item": matter.item.title, "reason": found.reason}
    )
