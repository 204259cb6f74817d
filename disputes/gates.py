"""What must hold before a step of a dispute: refusals in words that a person can act on."""

from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.steps import gate
from coordination.kernel.web.moments import end_words
from coordination.kernel.words import Refusal
from disputes.opening import participants
from disputes.words import DESIGNATED, ONE_OF_THE_TWO


@gate("NW-3.61", "LX-7.18")
def between_two_organs(matter, actor, facts, moment) -> None:
    """Either side alone opens it (silence is no consent): its own organ against the other, both in their own names."""
    about, respondent = facts.get("about"), facts.get("respondent")
    if not actor.organ.may_act_in_own_name:
        raise Refusal(_("%(organ)s是内设（直属、派出）机构，请以所属机关的名义提出争议协调。") % {"organ": actor.organ})
    if about and about.DISPUTABLE and actor.organ.pk not in about.disputants():
        raise Refusal(_("只有该事项的双方可以提出争议协调。"))
    if about is None and respondent is None:
        raise Refusal(_("请选择与本单位发生争议的单位。"), field="respondent")
    if about is None and respondent == actor.organ:
        raise Refusal(_("不能与本单位发生争议，请选择对方单位。"), field="respondent")


@gate("LX-7.18", "LAW-20")
def of_that_matter(matter, actor, facts, moment) -> None:
    """Nobody disputes what is hidden from him; a matter of more than two sides, whoever takes part in it with another
    that does."""
    about, respondent = facts.get("about"), facts.get("respondent")
    if about is None:
        return
    hidden = Matter.objects.hidden_from(actor.user).filter(pk=about.pk).exists()
    others = set() if about.DISPUTABLE else set(participants(about))
    if hidden or not (about.DISPUTABLE or actor.organ in others):
        raise Refusal(_("只有该事项的参与单位可以就该事项提出争议协调。"))
    if not about.DISPUTABLE and respondent not in others - {actor.organ}:
        raise Refusal(_("请从该事项的参与单位中选择对方单位。"), field="respondent")


@gate()
def what_it_is_about(matter, actor, facts, moment) -> None:
    """Unless a matter below says it, it has a title; without any, one of the two sides acts meanwhile."""
    about, interim = facts.get("about"), facts.get("interim")
    if not (about and about.DISPUTABLE) and not facts.get("title"):
        raise Refusal(_("请填写争议事由。"), field="title")
    if about is None and not interim:
        raise Refusal(_("请选择争议期间先行处理的单位。"), field="interim")
    if about is None and interim not in (actor.organ, facts.get("respondent")):
        raise Refusal(str(ONE_OF_THE_TWO), field="interim")


@gate("LAW-3", "YY-4.9", "QX-5.4")
def outcome_fits(matter, actor, facts, moment) -> None:
    """An outcome that the disputed matter knows; a designated organ is a third one, in its own name."""
    outcome, organ = facts.get("outcome"), facts.get("designated")
    lower = facts.get("about") or matter.lower
    if outcome not in dict(matter.outcomes_about(lower)):
        raise Refusal(_("请从所列处理结果中选择。"), field="outcome")
    sides = _two_sides(matter, actor, facts, lower)
    if outcome == DESIGNATED and (organ is None or organ.pk in sides):
        raise Refusal(_("请选择双方以外的单位。"), field="designated")
    if outcome != DESIGNATED and organ is not None:
        raise Refusal(_("只有指定其他单位时才选择单位，请核对处理结果。"), field="designated")


def _two_sides(matter, actor, facts, lower) -> list[int | None]:
    """Of the matter that it moves; else those of the dispute, which is perhaps yet to be born."""
    if lower is not None and lower.DISPUTABLE:
        return lower.disputants()
    chosen = facts.get("respondent")
    return [matter.applicant_id or actor.organ.pk, chosen.pk if chosen else matter.respondent_id]


@gate("NW-1.18", "NW-1.19")
def a_rung_above(matter, actor, facts, moment) -> None:
    """On the last rung the body decides; there is nobody further up."""
    if matter.last:
        raise Refusal(_("已经是最后一级，应当作出处理决定，不能再提请。"))


@gate("JH-7.5", "NW-1.19")
def both_were_heard(matter, actor, facts, moment) -> None:
    """A decision waits for both statements, or for the end of the time to make them; whoever records the decision of
    an organ off the platform records what has been done there."""
    if actor.on_behalf_of is None and not matter.statements_open(moment):
        raise Refusal(_("双方陈述意见尚未交齐，期限也没有届满，请先听取双方意见。"))


@gate("NW-1.17", "NW-3.61")
def talked_about_that_matter(matter, actor, facts, moment) -> None:
    """Nobody has talked about what was not there yet: no day before the one on which the matter below was found."""
    begun = matter.begun_at
    day = begun and begun.astimezone(CST).date()
    if day and facts["at"].astimezone(CST).date() < day:
        words = _("时间不能早于所涉事项的发现（登记）日期 %(day)s，请核对。")
        raise Refusal(words % {"day": f"{day:%Y-%m-%d}"}, field="at")


@gate("NW-1.18", "NW-1.19")
def answer_time_over(matter, actor, facts, moment) -> None:
    """What the body has put forward may be answered until the time for it is over."""
    until = matter.answered_until(moment)
    if until:
        raise Refusal(
            _("所提意见的答复期限到 %(until)s 届满，请等待双方答复，期满未答复的再继续处理。")
            % {"until": end_words(until)}
        )


@gate("NW-1.19", "LAW-3")
def recorded_by_its_paper(matter, actor, facts, moment) -> None:
    """Whoever records the decision of another organ says which paper it is: its number, and a day between the
    application and today."""
    if actor.on_behalf_of is None:
        return
    day = facts.get("decided_on")
    if not facts.get("decision_number"):
        raise Refusal(_("请填写所记录的决定书的文号。"), field="decision_number", code="missing")
    if not day:
        raise Refusal(_("请填写所记录的决定书的日期。"), field="decided_on", code="missing")
    if day > moment.astimezone(CST).date():
        raise Refusal(_("决定日期不能晚于今天，请核对决定书。"), field="decided_on")
    if matter.applied_at and day < matter.applied_at.astimezone(CST).date():
        raise Refusal(_("决定日期不能早于提请处理的日期，请核对决定书。"), field="decided_on")
