"""What must hold before a step of an order: refusals in words that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.matters import Participation
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal
from supervision.authority import papers_of
from supervision.breached import ELSEWHERE, OF_SHARING, breach_of, orders_it, papers_about
from supervision.words import Paper

#: Whose paper each is, said to one who may not issue it.
WHOSE = {
    Paper.FOLLOW_UP: gettext_lazy(
        "督办通知书由人民政府或者其指定的单位发出，请先在后台登记指定文件，或者报请县人民政府办理。"
    ),
    Paper.OPINION: gettext_lazy("行政执法监督意见书由司法局发出，请联系县司法局办理。"),
    Paper.RECTIFICATION: gettext_lazy(
        "责令限期整改通知书由业务主管部门对违反信息共享规定的情形发出，请联系主管该事项的部门办理。"
    ),
    Paper.RAISED_REVIEW: gettext_lazy("提级审查抄告函由综合执法指导办公室发出，本县机制未设提级审查的不能使用。"),
}


@gate("LAW-23", "LAW-24", "NW-4.27")
def paper_of_own_authority(matter, actor, facts, moment) -> None:
    """Three papers, three authorities, never mixed."""
    paper = facts.get("paper") or matter.paper
    about = breach_of(facts.get("about") or matter.about)
    if paper not in [*papers_about(about, actor.organ), *papers_of(actor.organ, moment)]:
        raise Refusal(str(WHOSE[paper]), field="paper")


@gate("NW-3.5")
def addressed_to_another(matter, actor, facts, moment) -> None:
    supervised = facts["supervised"]
    if supervised == actor.organ:
        raise Refusal(_("不能督办本单位，请选择其他单位。"), field="supervised")
    if supervised.kind == Organ.Kind.GOVERNMENT:
        raise Refusal(_("不能向人民政府发出本文书，请选择承办该事项的部门或者乡镇。"), field="supervised")


@gate("NW-3.5")
def takes_part(matter, actor, facts, moment) -> None:
    """Of a matter, only those who take part in it are told; what a paper says of it reaches nobody else."""
    about, supervised = facts.get("about") or matter.about, facts["supervised"]
    breach = breach_of(about)
    if orders_it(breach, actor.organ) and supervised == breach.accused:
        return
    if about and not Participation.objects.filter(matter=about.pk, organ=supervised).exists():
        raise Refusal(
            _("%(organ)s没有参与“%(title)s”，请选择承办或者参与该事项的单位。")
            % {"organ": supervised, "title": about.title},
            field="supervised",
        )


@gate("NW-4.27", "NW-3.70")
def in_charge_of_the_item(matter, actor, facts, moment) -> None:
    """An order to put right comes from the department that guides the item, where the item says which."""
    about = facts.get("about") or matter.about
    guide = about.item.guide if about and about.item else None
    if (facts.get("paper") or matter.paper) == Paper.RECTIFICATION and guide and guide != actor.organ:
        raise Refusal(_("该事项的业务主管部门是%(organ)s，请由该部门责令限期整改。") % {"organ": guide}, field="paper")


@gate("NW-4.27", "NW-4.28")
def breach_of_sharing(matter, actor, facts, moment) -> None:
    """三（五） is the only clause that lets anybody order so, and its four situations are all that it covers."""
    if (facts.get("paper") or matter.paper) != Paper.RECTIFICATION:
        return
    about = facts.get("about") or matter.about
    if about and about.kind not in OF_SHARING:
        told = {"title": about.title, "elsewhere": ELSEWHERE}
        raise Refusal(_("“%(title)s”不属于信息共享。%(elsewhere)s") % told, field="paper")
    if not facts.get("situation", matter.situation):
        raise Refusal(_("请选择违反信息共享规定的情形。%s") % ELSEWHERE, field="situation")


@gate("LAW-24")
def rule_named(matter, actor, facts, moment) -> None:
    """A paper names the rule that was missed: a running limit, or the clause in words or by its situation."""
    named = facts.get("clock") or facts.get("rule_missed", "").strip() or facts.get("situation")
    if not named:
        raise Refusal(_("请选择未按期履行的时限，或者写明未遵守的条款。"), field="rule_missed")
    about, clock = facts.get("about") or matter.about, facts.get("clock")
    if clock and clock.matter_id != (about and about.pk):
        raise Refusal(_("所选时限不属于所涉事项，请重新选择。"), field="clock")


@gate("NW-4.27")
def day_to_come(matter, actor, facts, moment) -> None:
    """The paper sets the day itself, and leaves time for it."""
    by = facts.get("answer_by") or matter.answer_by
    if by <= moment.date():
        raise Refusal(_("反馈期限应当晚于今天，请改为今天以后的日期。"), field="answer_by")


@gate("NW-4.27")
def done_meanwhile(matter, actor, facts, moment) -> None:
    """What was ordered is done after it was ordered, and before it is told."""
    done = facts.get("done_on")
    if done and done > moment.date():
        raise Refusal(_("办结（整改完成）日期不能晚于今天，请核对。"), field="done_on")
    sent = matter.issued_at.astimezone(CST).date()
    if done and done < sent:
        raise Refusal(
            _("办结（整改完成）日期不能早于文书发出之日 %(day)s，请核对。") % {"day": f"{sent:%Y-%m-%d}"},
            field="done_on",
        )


@gate("NW-4.27")
def later_than_before(matter, actor, facts, moment) -> None:
    if facts["answer_by"] <= matter.answer_by:
        raise Refusal(
            _("新的期限应当晚于原期限 %(day)s，请重新选择日期。") % {"day": f"{matter.answer_by:%Y-%m-%d}"},
            field="answer_by",
        )


@gate("NW-2.20")
def leader_of_theirs(matter, actor, facts, moment) -> None:
    """Whoever is held responsible led the organ that was supervised."""
    if not facts["leader"].posts.filter(organ=matter.supervised_id).exists():
        raise Refusal(_("请选择%(organ)s的负责人。") % {"organ": matter.supervised}, field="leader")
