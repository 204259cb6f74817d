"""争议协调: two organs disagree, and climb the county's ladder until it is settled.

negotiating → applied → in hand → drafted → decided → concluded. Beside it: proposed (what a side or the body puts
forward, which the others accept or refuse) → agreed; unsettled (a rung has failed, the next may be asked); withdrawn.
What is settled moves the matter below. No clock of that matter stops, and enforcement goes on with whoever holds it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE

from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, Tell, option, step, when
from coordination.kernel.steps.declare import Kind
from disputes import forms, gates
from disputes.words import disputable, unmoved

APPLICANT = Side("applicant", "applicant", _("申请方"))
RESPONDENT = Side("respondent", "respondent", _("被申请方"))
BODY = Side("body", "body", _("处理机关"))
DESIGNATED = Side("designated", "designated", _("被指定的单位"))
SUPERIOR = Side("superior", "superior", _("共同的上一级行政机关"))
AWAITED = Group("awaited", "awaited", _("待其办理的一方"))
PARTIES = (APPLICANT, RESPONDENT)

BY_RUNG = ("kind", "rung")
NEGOTIATE = Limit("disputes.negotiate", _("双方协商解决"), AWAITED, facts=BY_RUNG)
ANSWER = Limit("disputes.answer", _("答复所提意见"), AWAITED, facts=BY_RUNG)
ESCALATE = Limit("disputes.escalate", _("提请上一级处理"), AWAITED, facts=BY_RUNG)
ACCEPT = Limit("disputes.accept", _("受理争议协调申请"), BODY, facts=BY_RUNG)
STATE = Limit("disputes.state", _("提交陈述意见"), AWAITED, facts=BY_RUNG)
SETTLE = Limit("disputes.settle", _("处理争议"), BODY, facts=BY_RUNG)
CONCLUDE = Limit("disputes.conclude", _("执行处理结果并确认办结"), APPLICANT, facts=BY_RUNG)

DESK = (Role.OFFICER, Role.LIAISON)
HANDLERS = (Role.SUPERVISOR, Role.LIAISON)
HEADS = (Role.PRINCIPAL_HEAD, Role.LEADER_IN_CHARGE, Role.APPROVER)


class Stage(models.TextChoices):
    NEGOTIATING = "negotiating", pgettext_lazy("stage", "协商中")
    PROPOSED = "proposed", pgettext_lazy("stage", "待对所提意见表态")
    UNSETTLED = "unsettled", pgettext_lazy("stage", "未能解决，待提请")
    APPLIED = "applied", pgettext_lazy("stage", "已提请，待受理")
    IN_HAND = "in_hand", pgettext_lazy("stage", "处理中")
    DRAFTED = "drafted", pgettext_lazy("stage", "决定待签发")
    AGREED = "agreed", pgettext_lazy("stage", "已达成一致")
    DECIDED = "decided", pgettext_lazy("stage", "已作出决定")
    CONCLUDED = "concluded", pgettext_lazy("stage", "争议已办结")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "申请已撤回")


S = Stage
OPEN = (S.NEGOTIATING, S.PROPOSED, S.UNSETTLED, S.APPLIED, S.IN_HAND, S.DRAFTED)
BEFORE_A_DECISION = (S.NEGOTIATING, S.PROPOSED, S.UNSETTLED, S.APPLIED, S.IN_HAND)
MINUTES = option("disputes.minutes")


class DisputeFlow(Flow):
    """The steps of a dispute."""

    KIND = "disputes"
    NUMBER_MARK = "争"
    SIDES = (APPLICANT, RESPONDENT, BODY, DESIGNATED, AWAITED, SUPERIOR)
    PROGRESS = (S.NEGOTIATING, S.APPLIED, S.IN_HAND, S.DECIDED, S.CONCLUDED)
    OPENS_FROM = (*(model.KIND for model in disputable()), *unmoved())
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    LINKS = {"dispute": (_("由此提出争议"), _("争议所涉事项"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "提出争议协调"),
        source="",
        target=RETURN_VALUE(S.NEGOTIATING, S.APPLIED),
        roles=DESK,
        form=forms.RaiseForm,
        gates=(gates.between_two_organs, gates.of_that_matter, gates.what_it_is_about, gates.outcome_fits),
        starts=(
            when(Kind("talking", True), NEGOTIATE.since("opened_at")),
            when(Kind("with_body", True), ACCEPT.since("applied_at")),
        ),
        documents=(when(Kind("with_body", True), "dispute_application"),),
        lets_in=(*PARTIES, BODY),
        tells=(RESPONDENT, BODY),
        rules=("NW-1.17", "NW-1.18", "NW-3.61", "LAW-3", "JH-7.1", "JH-7.2", "JH-7.4", "QX-5.1", "QX-5.3", "LX-7.18"),
    )
    def raise_dispute(self, actor, **facts):
        """Either side alone: from a matter that is in dispute, from any other that two organs take part in, or about
        duties in general. It begins with talks; where the matter below has them on record already, the application goes
        to the next rung."""
        self.begin_with(actor, facts)
        if self.about_id:
            self.act.link(self.about_id, None, "dispute")
        if self.lower is not None:
            self.act.next(self.about_id, "enter_dispute")
        if self.lower is not None and self.lower.talked:
            return self.climb()
        self.awaited = list(self.parties)
        return S.NEGOTIATING

    @step(
        pgettext_lazy("step", "记录双方协商"),
        source=S.NEGOTIATING,
        by=PARTIES,
        roles=DESK,
        form=forms.TalkForm,
        gates=(gates.talked_about_that_matter,),
        tells=PARTIES,
        serves=(NEGOTIATE,),
        primary=True,
        rules=("NW-1.17", "NW-3.61", "QX-5.1"),
    )
    def record_talks(self, actor, **facts):
        """The two sides talk; each talk is on record."""

    @step(
        pgettext_lazy("step", "提出协商一致意见"),
        source=S.NEGOTIATING,
        target=S.PROPOSED,
        by=PARTIES,
        roles=DESK,
        form=forms.ProposeForm,
        gates=(gates.outcome_fits, gates.talked_about_that_matter),
        stops=(NEGOTIATE,),
        starts=(ANSWER.since("proposed_at"),),
        tells=PARTIES,
        primary=True,
        rules=("NW-1.17", "JH-7.3", "QX-5.2"),
    )
    def propose(self, actor, **facts):
        """What both have come to, put into words by one and signed by him; the other signs or refuses. Whoever waits
        for an answer does not owe talks meanwhile."""
        self.put_forward(actor, facts, [pk for pk in self.parties if pk != actor.organ.pk])

    @step(
        pgettext_lazy("step", "协商未成"),
        source=(S.NEGOTIATING, S.PROPOSED),
        target=S.UNSETTLED,
        by=PARTIES,
        roles=DESK,
        form=forms.ReasonForm,
        gates=(gates.a_rung_above,),
        stops=(NEGOTIATE,),
        starts=(ESCALATE.since("unsettled_at"),),
        tells=PARTIES,
        only=Kind("with_body", False),
        aside=True,
        rules=("NW-1.18", "NW-3.62", "JH-7.4", "QX-5.3", "YY-4.9"),
    )
    def end_talks(self, actor, **facts):
        """No agreement, or no answer to what was proposed: either side may now ask the next rung."""
        self.leave_unsettled()

    @step(
        pgettext_lazy("step", "提请处理"),
        source=S.UNSETTLED,
        target=S.APPLIED,
        by=PARTIES,
        roles=DESK,
        form=forms.ApplyForm,
        gates=(gates.a_rung_above, gates.outcome_fits),
        stops=(ESCALATE,),
        starts=(ACCEPT.since("applied_at"),),
        documents=("dispute_application",),
        lets_in=(BODY,),
        tells=(*PARTIES, BODY),
        primary=True,
        rules=("NW-1.18", "NW-1.19", "NW-3.62", "JH-7.4", "JH-7.6", "QX-5.3", "LX-7.19", "YY-4.9"),
    )
    def apply(self, actor, **facts):
        """The application to the body of the next rung, by either side alone and with its own request."""
        self.climb()
        self.keep_application(actor, facts)

    @step(
        pgettext_lazy("step", "受理申请"),
        source=S.APPLIED,
        target=S.IN_HAND,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.AcceptForm,
        stops=(ACCEPT,),
        starts=(SETTLE.since("accepted_at"), STATE.since("accepted_at")),
        tells=PARTIES,
        primary=True,
        rules=("NW-1.18", "NW-1.19"),
    )
    def accept(self, actor, **facts):
        """The body takes the dispute in hand and asks both sides for their statements."""
        self.accepted_at, self.awaited = self.act.moment, list(self.parties)

    @step(
        pgettext_lazy("step", "直接受理，指定管辖"),
        source=BEFORE_A_DECISION,
        target=S.IN_HAND,
        by=SUPERIOR,
        roles=HANDLERS,
        behalf=True,
        form=forms.AcceptForm,
        stops=(ACCEPT,),
        starts=(SETTLE.since("accepted_at"), STATE.since("accepted_at")),
        lets_in=(BODY,),
        tells=(*PARTIES, BODY),
        only=Kind("within_reach", True),
        aside=True,
        rules=("LAW-3",),
    )
    def take_up(self, actor, **facts):
        """The common superior need not be asked: it takes the dispute up from whatever rung it stands on."""
        if self.body is not None:
            self.act.tell_offices(self.body.kind)
        self.rise_to(self.direct_rung)

    @step(
        pgettext_lazy("step", "退回申请"),
        source=S.APPLIED,
        target=S.UNSETTLED,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.ReasonForm,
        stops=(ACCEPT,),
        starts=(ESCALATE.since("unsettled_at"),),
        tells=PARTIES,
        aside=True,
    )
    def return_application(self, actor, **facts):
        """Something is missing, or another body has the power: the same rung may be asked again."""
        self.rung -= 1
        self.leave_unsettled()

    @step(
        pgettext_lazy("step", "提交陈述意见"),
        source=S.IN_HAND,
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.StateForm,
        gates=(gates.outcome_fits,),
        stops=(STATE,),
        tells=(BODY,),
        primary=True,
        rules=("NW-1.18", "LAW-3"),
    )
    def state(self, actor, **facts):
        """Each side writes what it holds and why. The other reads it when both are in, or the time is over."""
        self.awaited = [pk for pk in self.awaited if pk != actor.organ.pk]
        self.keep_statement(actor, facts)

    @step(
        pgettext_lazy("step", "记录听取意见"),
        source=S.IN_HAND,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.TalkForm,
        gates=(gates.talked_about_that_matter,),
        tells=PARTIES,
        serves=(SETTLE,),
        primary=True,
    )
    def hear(self, actor, **facts):
        """A meeting with both sides, or an inspection on the spot."""

    @step(
        pgettext_lazy("step", "提出调解（协调）方案"),
        source=S.IN_HAND,
        target=S.PROPOSED,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.ProposeForm,
        gates=(gates.outcome_fits, gates.talked_about_that_matter),
        starts=(ANSWER.since("proposed_at"),),
        tells=PARTIES,
        only=Kind("settling", True),
        primary=True,
        rules=("NW-1.18", "LX-7.19", "QX-5.3"),
    )
    def propose_settlement(self, actor, **facts):
        """The body mediates (coordinates): a settlement that both sides accept, or that either refuses."""
        self.put_forward(actor, facts, list(self.parties))

    @step(
        pgettext_lazy("step", "提出执法监督建议"),
        source=S.IN_HAND,
        target=S.PROPOSED,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.RecommendForm,
        gates=(gates.outcome_fits, gates.both_were_heard),
        starts=(ANSWER.since("proposed_at"),),
        documents=("dispute_recommendation",),
        tells=PARTIES,
        only=Kind("recommending", True),
        primary=True,
        rules=("JH-7.5",),
    )
    def recommend(self, actor, **facts):
        """The supervisor's recommendation; it binds when both accept it, else the next rung is asked."""
        self.put_forward(actor, facts, list(self.parties))

    @step(
        pgettext_lazy("step", "同意"),
        source=S.PROPOSED,
        target=RETURN_VALUE(S.PROPOSED, S.AGREED),
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.ConsentForm,
        stops=(ANSWER,),
        documents=(when(Kind("in_minutes", True), "dispute_minutes"),),
        lets_in=(DESIGNATED,),
        tells=(*PARTIES, BODY, DESIGNATED),
        primary=True,
        rules=("JH-7.3", "QX-5.2", "NW-1.17"),
    )
    def consent(self, actor, **facts):
        """Signed by the one whose word is awaited; when all have signed it binds, and the minutes are issued."""
        self.awaited = [pk for pk in self.awaited if pk != actor.organ.pk]
        self.act.book.stop(ANSWER, organ=actor.organ)
        if self.awaited:
            return S.PROPOSED
        self.settle(self.proposed_outcome, self.proposed_organ, self.proposed_words)
        return S.AGREED

    @step(
        pgettext_lazy("step", "不同意"),
        source=S.PROPOSED,
        target=RETURN_VALUE(S.NEGOTIATING, S.IN_HAND, S.UNSETTLED),
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.ReasonForm,
        stops=(ANSWER,),
        starts=(when(Kind("stuck", True), ESCALATE.since("unsettled_at")),),
        tells=(*PARTIES, BODY),
        aside=True,
        rules=("JH-7.6", "NW-1.19"),
    )
    def refuse(self, actor, **facts):
        """Not so: the talks or the mediation go on; a recommendation that is refused leaves the next rung."""
        self.act.book.stop(ANSWER, organ=actor.organ)
        return self.turn_down()

    @step(
        pgettext_lazy("step", "未获答复，继续处理"),
        source=S.PROPOSED,
        target=S.IN_HAND,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.ReasonForm,
        gates=(gates.answer_time_over,),
        tells=PARTIES,
        aside=True,
        rules=("NW-1.18", "NW-1.19"),
    )
    def proceed(self, actor, **facts):
        """Silence is no consent: when the time to answer is over, the body hears, mediates or decides on."""
        self.go_on_in_hand()

    @step(
        pgettext_lazy("step", "调解（协调）未成"),
        source=(S.IN_HAND, S.PROPOSED),
        target=S.UNSETTLED,
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.ReasonForm,
        gates=(gates.a_rung_above,),
        starts=(ESCALATE.since("unsettled_at"),),
        tells=PARTIES,
        only=Kind("may_fail", True),
        aside=True,
        rules=("NW-1.19", "JH-7.6", "QX-5.4"),
    )
    def end_settling(self, actor, **facts):
        """It could not be settled here, or what the body has put forward is not answered; either side may ask the next
        rung."""
        self.leave_unsettled()

    @step(
        pgettext_lazy("step", "拟定处理决定"),
        source=S.IN_HAND,
        target=RETURN_VALUE(S.DRAFTED, S.DECIDED),
        by=BODY,
        roles=HANDLERS,
        behalf=True,
        form=forms.DecisionForm,
        gates=(gates.outcome_fits, gates.both_were_heard, gates.recorded_by_its_paper),
        lets_in=(DESIGNATED,),
        tells=(Tell(BODY, Role.APPROVER), Tell(BODY, Role.PRINCIPAL_HEAD), DESIGNATED),
        only=Kind("deciding", True),
        primary=True,
        rules=("NW-1.19", "NW-3.62", "LAW-3", "QX-5.4", "LX-3.5", "YY-4.9"),
    )
    def draft_decision(self, actor, **facts):
        """The handler drafts, the head signs. What a body off the platform has decided on paper is recorded at once,
        with the number and the day of its paper; who recorded it stands beside it (disputes/reactions)."""
        self.drafted_by = actor.user
        self.propose_words(facts)
        if actor.on_behalf_of is None:
            return S.DRAFTED
        self.pronounce()
        self.keep_record(actor, facts)
        return S.DECIDED

    @step(
        pgettext_lazy("step", "签发决定"),
        source=S.DRAFTED,
        target=S.DECIDED,
        by=BODY,
        roles=HEADS,
        behalf=True,
        not_by="drafted_by",
        form=forms.SignForm,
        gates=(gates.recorded_by_its_paper,),
        stops=(SETTLE,),
        documents=(
            when(Kind("of_jurisdiction", True), "dispute_designation"),
            when(Kind("of_jurisdiction", False), "dispute_decision"),
        ),
        lets_in=(DESIGNATED,),
        tells=(*(when(Kind("recorded", False), side) for side in PARTIES), DESIGNATED),
        primary=True,
        rules=("NW-1.19", "NW-3.62", "LAW-3", "QX-5.4", "LX-3.5", "YY-4.9"),
    )
    def decide(self, actor, **facts):
        """The decision ends the dispute and moves the matter below: received, returned, or a designated organ's."""
        self.pronounce()
        self.keep_record(actor, facts)

    @step(
        pgettext_lazy("step", "退回重拟"),
        source=S.DRAFTED,
        target=S.IN_HAND,
        by=BODY,
        roles=HEADS,
        behalf=True,
        form=forms.ReasonForm,
        tells=(Tell(BODY, Role.SUPERVISOR),),
        aside=True,
    )
    def return_draft(self, actor, **facts):
        """Not yet good enough, with the reasons."""

    @step(
        pgettext_lazy("step", "撤回争议申请"),
        source=BEFORE_A_DECISION,
        target=S.WITHDRAWN,
        by=APPLICANT,
        roles=DESK,
        form=forms.ReasonForm,
        tells=(RESPONDENT, BODY),
        closes=True,
        aside=True,
    )
    def withdraw(self, actor, **facts):
        """The applicant gives the dispute up; the matter below goes on where it stood."""
        if self.lower is not None:
            self.act.next(self.about_id, "leave_dispute")

    @step(
        pgettext_lazy("step", "确认办结争议"),
        source=(S.AGREED, S.DECIDED),
        target=S.CONCLUDED,
        by=PARTIES,
        roles=DESK,
        form=forms.ConcludeForm,
        stops=(CONCLUDE,),
        tells=(*PARTIES, BODY),
        closes=True,
        primary=True,
        rules=("JH-7.3", "QX-5.2"),
    )
    def conclude(self, actor, **facts):
        """What was agreed or decided is carried out (自觉执行)."""


#: What ends with a rung: the talks and the body's own time; what nobody has said or answered there is owed no more.
OF_A_RUNG = (
    *((limit, Clock.State.MET) for limit in (NEGOTIATE, SETTLE)),
    *((limit, Clock.State.CANCELLED) for limit in (STATE, ANSWER)),
)
