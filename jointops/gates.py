"""What must hold before a step of a joint operation or a meeting: refusals in words that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.gates import in_own_name
from cases.timely import not_before
from coordination.kernel.now import CST
from coordination.kernel.steps import gate
from coordination.kernel.web.moments import day_words
from coordination.kernel.words import Refusal, listed
from jointops.overlaps import overlaps

__all__ = ["in_own_name"]


@gate("LX-7.12", "YY-5.6")
def others_take_part(matter, actor, facts, moment) -> None:
    """One organ alone needs no plan; an internal unit takes part as the organ it belongs to."""
    if actor.organ in facts["participants"]:
        raise Refusal(_("参加机关请选择本单位以外的机关，本单位作为发起机关已在其中。"), field="participants")


@gate("NW-3.48")
def others_invited(matter, actor, facts, moment) -> None:
    if actor.organ in facts["invited"]:
        raise Refusal(_("参会单位请选择本单位以外的单位。"), field="invited")
    if facts["planned_at"] < moment:
        raise Refusal(_("会议时间已经过去，请重新确定。"), field="planned_at")


@gate("YY-5.6")
def days_in_order(matter, actor, facts, moment) -> None:
    begins, ends = (facts.get(name) or getattr(matter, name) for name in ("planned_from", "planned_to"))
    if ends < begins:
        raise Refusal(_("结束日期不能早于开始日期。"), field="planned_to")
    if ends < moment.date():
        raise Refusal(_("计划日期已经过去，请重新确定时间。"), field="planned_to")


@gate("YY-5.6")
def days_to_come(matter, actor, facts, moment) -> None:
    """What is settled can still be done on its days."""
    if matter.planned_to < moment.date():
        raise Refusal(_("计划日期已经过去，请发起机关先调整实施日期。"))


@gate("LX-7.13", "YY-5.3")
def overlap_explained(matter, actor, facts, moment) -> None:
    """综合查一次: two inspections of one object, planned or ordinary, are joined, or it is said why not."""
    origin = facts.get("origin")
    own = (matter.pk, origin.pk if origin else matter.origin_id)
    found = overlaps(actor.organ, facts["subject_name"], facts["planned_from"], facts["planned_to"], own)
    if found and not (facts.get("overlap_reason") or facts.get("single_inspection")):
        raise Refusal(
            _("同一对象在这段时间或者此前不久已有%(others)s，请合并实施并勾选“综合查一次”，或者说明须分别检查的理由。")
            % {"others": listed(found)},
            field="overlap_reason",
        )


@gate("LX-7.13")
def joined_or_apart(matter, actor, facts, moment) -> None:
    """A plan joins the inspections of one object or says why not, never both."""
    if facts.get("single_inspection") and facts.get("overlap_reason"):
        raise Refusal(
            _("已勾选“综合查一次”，各项检查一次完成，不再填写须分别检查的理由，请二者选一。"), field="overlap_reason"
        )


carried_out_once_settled = not_before("settled_at", gettext_lazy("方案确定的时间"), "YY-5.6")
held_after_the_call = not_before("opened_at", gettext_lazy("发出会议通知的时间"), "NW-3.49")


@gate("YY-5.6")
def on_the_days_of_the_plan(matter, actor, facts, moment) -> None:
    """On no other days than those that the plan names."""
    if not matter.planned_from <= facts["at"].astimezone(CST).date() <= matter.planned_to:
        raise Refusal(
            _("方案写明的实施日期是%(first)s至%(last)s，请核对实施时间；日期有变的，请先调整实施日期。")
            % {"first": day_words(matter.planned_from), "last": day_words(matter.planned_to)},
            field="at",
        )


@gate()
def somebody_joins(matter, actor, facts, moment) -> None:
    if not matter.joining:
        raise Refusal(_("还没有机关确认参加，请等待答复，或者取消联合执法后由本单位自行办理。"))


@gate()
def silence_explained(matter, actor, facts, moment) -> None:
    """Silence is no consent: whoever has not answered does not take part, and it is said why nobody waits."""
    if matter.awaited_ids and not facts.get("words"):
        raise Refusal(_("尚有机关未答复，未答复不视为同意。请催办，或者说明不再等待的理由。"), field="words")


@gate("YY-5.8")
def filed_by_number(matter, actor, facts, moment) -> None:
    """Separate filing: the number is the organ's own."""
    if facts["outcome"] == "filed" and not facts.get("number"):
        raise Refusal(_("请填写本机关的立案编号。"), field="number")


@gate("YY-5.7", "YY-5.8")
def every_outcome_recorded(matter, actor, facts, moment) -> None:
    if matter.owing_ids:
        raise Refusal(
            _("%(organs)s尚未登记本机关处理情况，登记齐后再总结。")
            % {"organs": listed(map(str, matter.owing_organs()))}
        )


@gate("NW-3.49")
def attendance_named(matter, actor, facts, moment) -> None:
    """Minutes say who was there; an excused organ is not among them."""
    if not set(facts["attending"]) <= set(matter.invited_organs()):
        raise Refusal(_("参会单位只能从受邀单位中选择。"), field="attending")


@gate("NW-3.49")
def follow_up_to_come(matter, actor, facts, moment) -> None:
    if facts["by_day"] < moment.date():
        raise Refusal(_("完成日期不能早于今天。"), field="by_day")
    if facts["organ"] not in [matter.convener, *matter.invited_organs()]:
        raise Refusal(_("请从召集单位和受邀单位中选择。"), field="organ")


@gate("NW-3.50")
def special_meeting_has_its_case(matter, actor, facts, moment) -> None:
    """A special meeting is about one major lead: it is called from that case, or says which one it is."""
    if facts["meeting_kind"] == "special" and not (facts.get("origin") or facts.get("agenda", "").strip()):
        raise Refusal(_("专题会议请写明所议的重大案件线索。"), field="agenda")
