"""联合执法: several organs act together on one plan, each within its own powers.

proposed → circulated → (awaiting the government's decision) → settled → carried out → concluded. Beside it: cancelled.
Each organ confirms or declines for itself, and each records its own decision: no step offers a joint one.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, Tell, step, when
from coordination.kernel.steps.declare import Kind
from jointops import forms, gates

INITIATOR = Side("initiator", "initiator", _("发起机关"))
PARTICIPANTS = Group("participant", "participant_ids", _("参加机关"))
AWAITED = Group("awaited", "awaited_ids", _("待答复的参加机关"))
OWING = Group("owing", "owing_ids", _("待登记处理情况的机关"))
GOVERNMENT = Side("government", "government", _("作出决定的人民政府"))
POLICE = Side("police", "police", _("协助的公安机关"))

CONFIRM = Limit("jointops.confirm", _("答复是否参加联合执法"), PARTICIPANTS)
DECIDE = Limit("jointops.decide", _("决定是否开展联合执法"), GOVERNMENT)
CARRY_OUT = Limit("jointops.carry_out", _("按方案开展联合执法"), INITIATOR)
OUTCOME = Limit("jointops.outcome", _("登记本机关处理情况"), OWING)
SUMMARY = Limit("jointops.summary", _("总结联合执法"), INITIATOR)

APPROVERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
DESK = (Role.OFFICER, Role.LIAISON, *APPROVERS)


class Stage(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("stage", "拟订方案")
    CIRCULATED = "circulated", pgettext_lazy("stage", "征求参加意见")
    AWAITING_DECISION = "awaiting_decision", pgettext_lazy("stage", "待政府决定")
    SETTLED = "settled", pgettext_lazy("stage", "方案已确定")
    CARRIED_OUT = "carried_out", pgettext_lazy("stage", "已实施")
    CONCLUDED = "concluded", pgettext_lazy("stage", "已总结")
    CANCELLED = "cancelled", pgettext_lazy("stage", "已取消")


S = Stage
BEFORE = (S.PROPOSED, S.CIRCULATED, S.SETTLED)


class OperationFlow(Flow):
    """The steps of a joint operation."""

    KIND = "jointops"
    NUMBER_MARK = "联"
    SIDES = (INITIATOR, PARTICIPANTS, AWAITED, OWING, GOVERNMENT, POLICE)
    PROGRESS = (S.PROPOSED, S.CIRCULATED, S.SETTLED, S.CARRIED_OUT, S.CONCLUDED)
    UNTOLD = (S.PROPOSED,)
    OPENS_FROM = ("cases", "meetings")
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    LINKS = {"operation": (_("由此联合执法"), _("联合执法起因"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "拟订联合执法方案"),
        source="",
        target=S.PROPOSED,
        roles=DESK,
        form=forms.ProposeForm,
        gates=(
            gates.in_own_name,
            gates.others_take_part,
            gates.days_in_order,
            gates.overlap_explained,
            gates.joined_or_apart,
        ),
        lets_in=(INITIATOR,),
        tells=(Tell(INITIATOR, Role.APPROVER), Tell(INITIATOR, Role.LEADER_IN_CHARGE)),
        rules=("YY-5.4", "YY-5.6", "LX-7.12", "LX-7.13", "NW-3.50"),
    )
    def propose(self, actor, **facts):
        """Content, time, participating organs, division of duties: what a plan must state."""
        self.take(facts)
        self.initiator, self.drafted_by = actor.organ, actor.user
        if self.origin_id:
            self.act.link(self.origin_id, None, "operation")

    @step(
        pgettext_lazy("step", "修改方案"),
        source=S.PROPOSED,
        by=INITIATOR,
        roles=DESK,
        form=forms.PlanForm,
        gates=(gates.others_take_part, gates.days_in_order, gates.overlap_explained, gates.joined_or_apart),
    )
    def revise(self, actor, **facts):
        """The plan is bettered."""
        self.take(facts)

    @step(
        pgettext_lazy("step", "签发方案，征求参加意见"),
        source=S.PROPOSED,
        target=S.CIRCULATED,
        by=INITIATOR,
        roles=APPROVERS,
        not_by="drafted_by",
        form=forms.WordsForm,
        gates=(gates.days_in_order,),
        documents=("joint_plan",),
        lets_in=(PARTICIPANTS,),
        starts=(CONFIRM.since("circulated_at"),),
        tells=(PARTICIPANTS,),
        primary=True,
        rules=("YY-5.6", "LX-7.12", "JH-5.7", "JH-5.8"),
    )
    def circulate(self, actor, **facts):
        """The plan goes to every organ that it names; each answers for itself."""
        self.circulated_at, self.awaited_ids = self.act.moment, list(self.participant_ids)

    @step(
        pgettext_lazy("step", "确认参加"),
        source=S.CIRCULATED,
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.ConfirmForm,
        stops=(CONFIRM,),
        tells=(INITIATOR,),
        primary=True,
        rules=("JH-5.7", "JH-5.8"),
    )
    def confirm(self, actor, **facts):
        """The organ takes part, with the people and means that it names."""
        self.answered(actor.organ, True, facts)

    @step(
        pgettext_lazy("step", "说明不参加的理由"),
        source=S.CIRCULATED,
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.DeclineForm,
        stops=(CONFIRM,),
        tells=(INITIATOR,),
        aside=True,
    )
    def decline(self, actor, **facts):
        """The organ does not take part, and says why."""
        self.answered(actor.organ, False, facts)

    @step(
        pgettext_lazy("step", "调整实施日期"),
        source=(S.CIRCULATED, S.AWAITING_DECISION, S.SETTLED),
        by=INITIATOR,
        roles=APPROVERS,
        form=forms.PostponeForm,
        gates=(gates.days_in_order,),
        documents=("joint_plan",),
        tells=(PARTICIPANTS,),
        aside=True,
        rules=("YY-5.6",),
    )
    def postpone(self, actor, planned_from, planned_to, **facts):
        """Other days, with the reason: a plan with the new ones, signed as the first was, takes the place of it; a
        settled plan is carried out by them."""
        self.planned_from, self.planned_to = planned_from, planned_to
        if self.act.book.of(CARRY_OUT):
            self.act.book.stop(CARRY_OUT, Clock.State.REPLACED)
            self.begin_to_act()

    @step(
        pgettext_lazy("step", "确定方案"),
        source=S.CIRCULATED,
        target=S.SETTLED,
        by=INITIATOR,
        roles=DESK,
        form=forms.SettleForm,
        gates=(gates.somebody_joins, gates.silence_explained, gates.days_to_come),
        tells=(PARTICIPANTS,),
        only=Kind("needs_government", False),
        primary=True,
    )
    def settle(self, actor, **facts):
        """Those who have confirmed carry the plan out."""
        self.keep_those_who_join()
        self.begin_to_act()

    @step(
        pgettext_lazy("step", "报请人民政府决定"),
        source=S.CIRCULATED,
        target=S.AWAITING_DECISION,
        by=INITIATOR,
        roles=APPROVERS,
        form=forms.AskGovernmentForm,
        gates=(gates.somebody_joins, gates.silence_explained, gates.days_to_come),
        documents=("joint_request",),
        lets_in=(GOVERNMENT,),
        starts=(DECIDE.since("asked_at"),),
        tells=(Tell(GOVERNMENT, Role.SUPERVISOR), PARTICIPANTS),
        only=Kind("needs_government", True),
        primary=True,
        rules=("YY-5.2", "YY-5.5"),
    )
    def ask_government(self, actor, **facts):
        """Where the matter needs the government's word: a request in file format."""
        self.government, self.asked_at = self.county_government(), self.act.moment
        self.keep_those_who_join()

    @step(
        pgettext_lazy("step", "决定开展联合执法"),
        source=S.AWAITING_DECISION,
        target=S.SETTLED,
        by=GOVERNMENT,
        roles=(Role.SUPERVISOR, *APPROVERS),
        behalf=True,
        form=forms.DecisionForm,
        gates=(gates.days_to_come,),
        stops=(DECIDE,),
        tells=(INITIATOR, PARTICIPANTS),
        primary=True,
        rules=("YY-5.2", "YY-5.5"),
    )
    def decide_to_act(self, actor, words, **facts):
        """The government organises the operation."""
        self.decision = words
        self.begin_to_act()

    @step(
        pgettext_lazy("step", "决定不开展"),
        source=S.AWAITING_DECISION,
        target=S.CANCELLED,
        by=GOVERNMENT,
        roles=(Role.SUPERVISOR, *APPROVERS),
        behalf=True,
        form=forms.DecisionForm,
        stops=(DECIDE,),
        tells=(INITIATOR, PARTICIPANTS),
        closes=True,
        aside=True,
        rules=("YY-5.5",),
    )
    def refuse_to_act(self, actor, words, **facts):
        """The government does not; each organ goes on within its own powers."""
        self.decision = words

    @step(
        pgettext_lazy("step", "登记实施情况"),
        source=S.SETTLED,
        target=S.CARRIED_OUT,
        by=INITIATOR,
        certificate=True,
        form=forms.CarryOutForm,
        gates=(gates.carried_out_once_settled, gates.on_the_days_of_the_plan),
        stops=(CARRY_OUT,),
        starts=(OUTCOME.since("carried_out_at"), SUMMARY.since("carried_out_at")),
        tells=(PARTICIPANTS,),
        primary=True,
        rules=("YY-5.3", "LX-7.13"),
    )
    def carry_out(self, actor, at, words, **facts):
        """What was done and found; from here each organ owes the record of its own decision."""
        self.carried_out_at, self.findings = at, words
        self.owing_ids = [self.initiator_id, *self.participant_ids]

    @step(
        pgettext_lazy("step", "登记本机关处理情况"),
        source=S.CARRIED_OUT,
        by=OWING,
        certificate=True,
        behalf=True,
        form=forms.OutcomeForm,
        gates=(gates.filed_by_number,),
        stops=(OUTCOME,),
        tells=(INITIATOR,),
        primary=True,
        rules=("YY-5.7", "YY-5.8"),
    )
    def record_outcome(self, actor, **facts):
        """Each organ files, proceeds and decides by itself, in its own name."""
        self.outcome_of(actor.organ, facts)

    @step(
        pgettext_lazy("step", "因阻碍执法请公安机关协助"),
        source=(S.SETTLED, S.CARRIED_OUT),
        by=(INITIATOR, PARTICIPANTS),
        certificate=True,
        form=forms.ObstructionForm,
        lets_in=(POLICE,),
        tells=(POLICE, INITIATOR),
        aside=True,
    )
    def report_obstruction(self, actor, police, **facts):
        """Somebody obstructs the officers: the police are told at once, with what happened."""
        self.police = police

    @step(
        pgettext_lazy("step", "总结并办结"),
        source=S.CARRIED_OUT,
        target=S.CONCLUDED,
        by=INITIATOR,
        roles=DESK,
        form=forms.SummaryForm,
        gates=(gates.every_outcome_recorded,),
        stops=(SUMMARY,),
        tells=(PARTICIPANTS,),
        closes=True,
        primary=True,
    )
    def summarise(self, actor, words, **facts):
        """What came of it, when every organ has recorded its own decision."""
        self.summary = words

    @step(
        pgettext_lazy("step", "取消"),
        source=BEFORE,
        target=S.CANCELLED,
        by=INITIATOR,
        roles=DESK,
        form=forms.ReasonForm,
        tells=(when(Kind("known", True), PARTICIPANTS),),
        closes=True,
        aside=True,
    )
    def cancel(self, actor, **facts):
        """The operation does not take place, with the reasons; whom the plan had not reached hears nothing of it."""
