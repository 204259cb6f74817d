"""What must hold before a step of a case: refusals in words that a person can act on."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.government import county_government
from coordination.kernel.catalogue import competent, holds
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal


@gate("NW-1.6", "NW-3.22")
def in_own_name(matter, actor, facts, moment) -> None:
    """A unit inside an organ bears no matter, unless a law lets it act in its own name."""
    if not actor.organ.may_act_in_own_name:
        raise Refusal(
            _("%(organ)s是内设（直属、派出）机构，不能以自己的名义办理，请以所属机关的岗位登录办理。")
            % {"organ": actor.organ.name}
        )


@gate("NW-2.3", "NW-2.4")
def category_of_major(matter, actor, facts, moment) -> None:
    if facts.get("urgency") == "major" and not facts.get("category"):
        raise Refusal(_("重大违法行为请选择类别（安全生产、食品药品、生态环境等）。"), field="category")


@gate("NW-3.2", "LAW-1", "NW-1.3")
def holds_the_item(matter, actor, facts, moment) -> None:
    """An organ files only what its own list holds, or what was settled to be its own (行政处罚法 art. 25)."""
    if matter.designated:
        return
    if matter.item is None:
        raise Refusal(_("请先确定涉嫌违法行为对应的执法事项，再立案。"), field="item")
    if not holds(actor.organ, matter.item, moment.date(), matter.place):
        holder = competent(matter.item, matter.place, moment.date())
        raise Refusal(
            _("“%(item)s”不在本单位执法事项清单内，由%(organ)s管辖（%(reason)s），本单位不能立案，请移送。")
            % {"item": matter.item.title, "organ": holder.organ, "reason": holder.reason}
        )


@gate("NW-2.6", "NW-1.4")
def may_order(matter, actor, facts, moment) -> None:
    """To order is a power over the item, which a designation gives; to dissuade needs none."""
    if matter.designated:
        return
    if matter.item is None or not holds(actor.organ, matter.item, moment.date(), matter.place):
        raise Refusal(_("本单位对该事项没有执法权，不能责令停止，请使用“劝阻”，并立即告知有管辖权的单位。"))


@gate("LAW-8")
def reviewed_where_needed(matter, actor, facts, moment) -> None:
    """A major decision is not made before legal review has passed (行政处罚法 art. 58)."""
    major = facts.get("major") or (matter.item and matter.item.needs_legal_review)
    if major and not matter.review_passed_at:
        raise Refusal(_("重大行政处罚决定须先通过法制审核，请先提交法制审核。"))


@gate()
def later_reason_given(matter, actor, facts, moment) -> None:
    """The sending limit runs from the discovery, unless a reason is given for a later finding."""
    if facts["found_at"] < matter.discovered_at:
        raise Refusal(_("认定时间不能早于发现时间。"), field="found_at")
    if facts["found_at"] > matter.discovered_at and not facts.get("later_reason"):
        raise Refusal(
            _("移送时限自发现之日起算；认定属于其他单位管辖的时间晚于发现时间的，请说明原因。"), field="later_reason"
        )


@gate("NW-1.5", "NW-2.7")
def told_after_the_discovery(matter, actor, facts, moment) -> None:
    refuse_before_discovery(matter, facts["at"], "at")


def refuse_before_discovery(case, told: datetime, field: str) -> None:
    """Nobody tells what is not yet discovered: the time would count as kept before it began."""
    if told < case.discovered_at:
        raise Refusal(
            _("告知对方的时间不能早于发现时间（%(discovered)s），请核对后填写实际通话（告知）的时间。")
            % {"discovered": f"{case.discovered_at.astimezone(CST):%Y-%m-%d %H:%M}"},
            field=field,
        )


@gate("LAW-3", "NW-3.4")
def competence_explained(matter, actor, facts, moment) -> None:
    """The catalogue suggests, a person decides; another choice needs a reason."""
    chosen: Organ = facts["competent_organ"]
    if chosen == actor.organ:
        raise Refusal(_("该单位就是本单位，应当自行办理，不需要移送。"), field="competent_organ")
    refuse_unexplained(matter, chosen, facts.get("choice_reason"), moment)


def refuse_unexplained(case, chosen: Organ, reason: str | None, moment) -> None:
    """Refuse an organ that the catalogue does not suggest for the case's item and place, unless there is a reason."""
    if case.item is None or reason:
        return
    suggested = competent(case.item, case.place, moment.date()).executor
    if chosen != suggested:
        raise Refusal(
            _("清单显示该事项由%(organ)s管辖，选择其他单位请说明理由。") % {"organ": suggested}, field="choice_reason"
        )


@gate("QX-5.5")
def goes_on_in_dispute(matter, actor, facts, moment) -> None:
    """先行处理部门不得因执法争议私自停止执法活动: whoever handles it first goes on until the dispute is settled."""
    if matter.in_dispute:
        raise Refusal(_("管辖争议正在处理，争议期间不得停止执法活动，请继续办理；处理结果作出后再按结果办理。"))


@gate("LAW-3")
def not_settled(matter, actor, facts, moment) -> None:
    if matter.jurisdiction_settled_at:
        raise Refusal(_("该案的管辖已经争议处理，不能再认定属于其他单位，请按处理结果办理。"))


@gate("LAW-3")
def not_yet_referred(matter, actor, facts, moment) -> None:
    """A letter that is drafted or sent carries the duty to send, and the dispute is then about the letter."""
    if not matter.sending_runs():
        raise Refusal(_("该案已经起草移送函或者已经移送，请在案件移送中提出争议。"))


@gate("LAW-3")
def settled_before_it_is_sent(matter, actor, facts, moment) -> None:
    """While it is in dispute whose the case is, no letter sends it to either side."""
    if matter.in_dispute:
        raise Refusal(_("管辖争议正在处理，处理结果作出后再移送；争议期间由本单位继续办理。"))


@gate()
def told_another_organ(matter, actor, facts, moment) -> None:
    if facts["notified"] == actor.organ:
        raise Refusal(_("请选择有管辖权的其他单位。"), field="notified")


@gate("NW-3.53")
def there_is_a_government(matter, actor, facts, moment) -> None:
    if county_government(matter.county_id) is None:
        raise Refusal(_("单位名录中没有本县人民政府，报告无处送达，请联系系统管理员补录后再报告。"))


@gate("LX-1.3")
def decision_not_kept_above(matter, actor, facts, moment) -> None:
    """What the catalogue keeps with the county is not decided in a township."""
    if matter.item and matter.item.stays_with_county and actor.organ.is_township:
        raise Refusal(_("“%(item)s”的处罚决定由县级作出，请用“报上级处理”。") % {"item": matter.item.title})


@gate("NW-1.12")
def proceeds_named(matter, actor, facts, moment) -> None:
    """案件移送制度 三（六）: what was disposed of in advance has its proceeds, be they nothing."""
    if facts.get("disposed_in_advance") and facts.get("proceeds") is None:
        raise Refusal(_("先行处置的物品必须填写处置所得款项（没有的填 0）。"), field="proceeds")


@gate("LAW-5")
def no_open_criminal_line(matter, actor, facts, moment) -> None:
    """No closing by a fine while a criminal line is open."""
    if matter.criminal_open:
        raise Refusal(_("涉嫌犯罪的移送尚未办结，不得以罚代刑，不能结案。"))
