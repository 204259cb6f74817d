"""案件移送 / 线索移送: a matter goes from the organ that found it to the organ that is competent.

draft → awaiting approval → approved → served → handed over → accepted → filed | not filed → result returned →
concluded. Beside it: told orally, supplement, objected → negotiating → taken back | in dispute, withdrawn.
Duty stays with the sender until the handover is complete; enforcement does not stop meanwhile.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE

from cases.flow import IN_HAND
from cases.forms import OpinionForm
from cases.models import Case
from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.organs import Organ, Role
from coordination.kernel.sides import RULING, Side
from coordination.kernel.steps import Flow, Tell, option, step, when
from coordination.kernel.steps.declare import Kind
from coordination.kernel.steps.showing import showing
from referrals import forms, gates
from referrals.words import Outcome

SENDER = Side("sender", "sender", _("移送方"))
RECEIVER = Side("receiver", "receiver", _("受移送方"))
#: Who hands over: the sender, and after a designation whoever has the matter by then.
KEEPER = Side("keeper", "keeper", _("移交方"))

SENDING = Limit("referrals.send", _("移送有管辖权的一方"), SENDER, facts=("direction", "kind"))
PAPER = Limit("referrals.complete_paper", _("补齐书面移送手续"), SENDER)
HANDOVER = Limit("referrals.hand_over", _("交接移送材料"), KEEPER)
ANSWER = Limit("referrals.answer", _("受理并出具送达回证"), RECEIVER, facts=("direction", "kind"))
SUPPLEMENT = Limit("referrals.supplement", _("补充材料"), SENDER)
NEGOTIATE = Limit("referrals.negotiate", _("与对方协商管辖"), RECEIVER)
FILE = Limit("referrals.file", _("决定是否立案"), RECEIVER)
RESULT = Limit("referrals.return_result", _("反馈处理结果"), RECEIVER, facts=("direction", "kind"))

#: What a designation ends for the organ that was written to before.
DISPUTE_ENDS = (ANSWER, FILE, HANDOVER, SUPPLEMENT)

APPROVERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
DESK = (Role.OFFICER, Role.LIAISON, Role.REGISTRY)


class Stage(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("stage", "草拟")
    AWAITING_APPROVAL = "awaiting_approval", pgettext_lazy("stage", "待批准")
    APPROVED = "approved", pgettext_lazy("stage", "已批准")
    SERVED = "served", pgettext_lazy("stage", "已送达")
    HANDED_OVER = "handed_over", pgettext_lazy("stage", "已交接")
    ACCEPTED = "accepted", pgettext_lazy("stage", "已受理")
    OBJECTED = "objected", pgettext_lazy("stage", "提出异议")
    NEGOTIATING = "negotiating", pgettext_lazy("stage", "协商中")
    IN_DISPUTE = "in_dispute", pgettext_lazy("stage", "争议处理中")
    FILED = "filed", pgettext_lazy("stage", "已立案")
    NOT_FILED = "not_filed", pgettext_lazy("stage", "不予立案")
    RESULT_RETURNED = "result_returned", pgettext_lazy("stage", "已反馈结果")
    CONCLUDED = "concluded", pgettext_lazy("stage", "已办结")
    TAKEN_BACK = "taken_back", pgettext_lazy("stage", "已退回")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "已撤回")


S = Stage
UNSENT = (S.DRAFT, S.AWAITING_APPROVAL, S.APPROVED)
WITH_RECEIVER = (S.SERVED, S.HANDED_OVER, S.ACCEPTED)
TALKING = (S.OBJECTED, S.NEGOTIATING)
#: Silence is no consent: a side may take the matter into a dispute also where the other never answered the letter.
DISPUTED_FROM = (S.SERVED, S.HANDED_OVER, *TALKING)
SHEET = option("referrals.handover_sheet")
LETTERS = (when(Kind("kind_of", "case"), "transfer_letter"), when(Kind("kind_of", "lead"), "lead_letter"))
RECEIPT_ACCEPTS = option("referrals.receipt_accepts")


class ReferralFlow(Flow):
    """The steps of a referral."""

    KIND = "referrals"
    NUMBER_MARK = "移"
    SIDES = (SENDER, KEEPER, RECEIVER, RULING)
    PROGRESS = (S.DRAFT, S.APPROVED, S.SERVED, S.HANDED_OVER, S.ACCEPTED, S.FILED, S.RESULT_RETURNED, S.CONCLUDED)
    OPENS_FROM = ("cases",)
    LINKS = {
        "referral": (_("由此移送"), _("移送自")),
        "filed_case": (_("受移送方立案"), _("由移送立案")),
    }
    TAKES_OVER = (SENDING.key,)
    DISPUTABLE = True
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "起草移送函"),
        source="",
        target=S.DRAFT,
        certificate=True,
        form=forms.DraftForm,
        gates=(
            gates.sender_in_own_name,
            gates.receiver_in_own_name,
            gates.case_is_ours,
            gates.as_it_was_settled,
            gates.competence_explained,
            gates.category_of_major,
        ),
        lets_in=(SENDER,),
        rules=("NW-1.3", "NW-1.6", "NW-1.7", "NW-3.15", "NW-3.16"),
    )
    def draft(self, actor, **facts):
        """A referral comes out of a case found to be another organ's; the sending clock goes over to it."""
        self.take_from_case(actor, facts)
        self.act.book.start(SENDING.since("competence_found_at"))
        self.act.next(self.origin_id, "refer")
        self.act.link(self.origin_id, None, "referral")

    @step(
        pgettext_lazy("step", "修改"),
        source=S.DRAFT,
        by=SENDER,
        form=forms.ReviseForm,
        gates=(gates.receiver_in_own_name, gates.as_it_was_settled, gates.competence_explained),
    )
    def revise(self, actor, **facts):
        """The draft is bettered."""
        self.take(facts)

    @step(
        pgettext_lazy("step", "口头移交"),
        source=UNSENT,
        by=SENDER,
        certificate=True,
        form=forms.TellOrallyForm,
        gates=(gates.urgent_enough, gates.told_after_the_discovery),
        starts=(PAPER.since("told_at"),),
        only=option("referrals.oral"),
        rules=("NW-1.5", "NW-2.7"),
    )
    def tell_orally(self, actor, told_at, outcome, **facts):
        """By telephone first, approved by telephone; the paper follows. A refusal leaves the duty where it is."""
        self.told_at, self.oral_outcome = told_at, outcome
        if outcome == "refused":
            self.act.tell_offices(Organ.Kind.JUSTICE_BUREAU)

    @step(
        pgettext_lazy("step", "提交审批"),
        source=S.DRAFT,
        target=S.AWAITING_APPROVAL,
        by=SENDER,
        certificate=True,
        gates=gates.COMPLETE,
        previews=LETTERS,
        tells=(Tell(SENDER, Role.APPROVER), Tell(SENDER, Role.LEADER_IN_CHARGE)),
        only=option("referrals.approval"),
        primary=True,
    )
    def submit(self, actor, **facts):
        """The finished draft goes to the approver."""

    @step(
        pgettext_lazy("step", "定稿"),
        source=S.DRAFT,
        target=S.APPROVED,
        by=SENDER,
        certificate=True,
        gates=gates.COMPLETE,
        only=option("referrals.approval", False),
        primary=True,
    )
    def finish_draft(self, actor, **facts):
        """Where the county asks for no approval the draft is final."""

    @step(
        pgettext_lazy("step", "批准"),
        source=S.AWAITING_APPROVAL,
        target=S.APPROVED,
        by=SENDER,
        roles=APPROVERS,
        not_by="drafted_by",
        form=forms.ApproveForm,
        previews=LETTERS,
        tells=(Tell(SENDER, Role.OFFICER),),
        primary=True,
    )
    def approve(self, actor, **facts):
        """The head signs: a letter leaves only in the organ's own name. Nobody approves what he drafted."""
        self.approver, self.approved_at = actor.user, self.act.moment

    @step(
        pgettext_lazy("step", "退回修改"),
        source=S.AWAITING_APPROVAL,
        target=S.DRAFT,
        by=SENDER,
        roles=APPROVERS,
        form=forms.ReasonForm,
        tells=(Tell(SENDER, Role.OFFICER),),
        aside=True,
    )
    def return_draft(self, actor, **facts):
        """Not yet good enough, with the reasons."""

    @step(
        pgettext_lazy("step", "移送"),
        source=S.APPROVED,
        target=S.SERVED,
        by=SENDER,
        certificate=True,
        form=forms.SendForm,
        gates=(*gates.COMPLETE, gates.reachable, gates.served_after_approval),
        stops=(SENDING, PAPER),
        starts=(when(RECEIPT_ACCEPTS, HANDOVER.since("served_at")), ANSWER.since("served_at")),
        documents=(
            *LETTERS,
            when(Kind("has_property", True), "property_list"),
            when(SHEET, "handover_sheet"),
        ),
        tells=(RECEIVER,),
        lets_in=(RECEIVER,),
        primary=True,
        rules=("NW-1.1", "NW-1.2", "NW-2.1", "NW-2.2", "NW-2.3", "NW-2.4", "NW-3.15", "NW-3.16"),
    )
    def send(self, actor, service_method, served_at=None, **facts):
        """The letter leaves in the organ's own name; duty stays with the sender until the handover is complete."""
        self.service_method, self.sent_at = service_method, self.act.moment
        self.served_at = served_at or self.act.moment

    @step(
        pgettext_lazy("step", "签收"),
        source=S.SERVED,
        by=RECEIVER,
        roles=DESK,
        behalf=True,
        form=forms.SignForForm,
        documents=("service_receipt",),
        tells=(SENDER,),
        only=Kind("signed_at", None),
        primary=True,
        bulk=True,
        rules=("NW-1.13",),
    )
    def sign_for(self, actor, **facts):
        """The receiver signs for the letter (送达回证); it is no acceptance yet unless the county says so."""
        self.signed_at = self.act.moment

    @step(
        pgettext_lazy("step", "以其他方式送达"),
        source=S.SERVED,
        by=SENDER,
        certificate=True,
        form=forms.ServeOtherwiseForm,
        gates=(gates.witnessed,),
        documents=("service_receipt",),
        tells=(RECEIVER,),
        only=Kind("signed_at", None),
        aside=True,
    )
    def serve_otherwise(self, actor, service_method, at, **facts):
        """By post or by leaving, with witness and photo, where nobody signs."""
        self.service_method, self.signed_at = service_method, at

    @step(
        pgettext_lazy("step", "移送方确认交接单"),
        source=S.SERVED,
        by=KEEPER,
        certificate=True,
        behalf=True,
        form=forms.ConfirmSentForm,
        gates=(gates.two_officers, gates.sealed),
        tells=(SENDER, RECEIVER),
        only=Kind("sheet_to_confirm", True),
        serves=(HANDOVER,),
        rules=("NW-3.19", "NW-3.20", "NW-3.21"),
    )
    def confirm_sent(self, actor, officers, **facts):
        """Two officers of whoever has the matter confirm the sheet line by line and seal it."""
        self.sender_confirmed_at = self.act.moment
        if self.keeper != self.sender:
            self.officers.set(officers)

    @step(
        pgettext_lazy("step", "核对交接并受理"),
        source=S.SERVED,
        target=RETURN_VALUE(S.HANDED_OVER, S.ACCEPTED),
        by=RECEIVER,
        roles=DESK,
        behalf=True,
        form=forms.ConfirmReceivedForm,
        gates=(when(SHEET, gates.sender_confirmed_first), gates.differences_named, gates.sealed),
        stops=(HANDOVER,),
        documents=(when(SHEET, "handover_sheet_done"), when(Kind("receipt_owed", True), "service_receipt")),
        tells=(SENDER,),
        primary=True,
        rules=("NW-1.13", "NW-3.19", "NW-3.20", "NW-3.21"),
    )
    def confirm_received(self, actor, differences="", checked=(), **facts):
        """The receiver checks each line; with both sides confirmed, signed and sealed the duty passes.

        In a county where receiving is accepting (NW-1.13) the matter is accepted at once.
        """
        self.differences, self.handed_over_at = differences, self.act.moment
        self.tick(checked)
        self.holder = self.receiver
        self.signed_at = self.signed_at or self.act.moment
        if self.whole:
            self.act.next(self.origin_id, "hand_over")
        if not RECEIPT_ACCEPTS.holds(self, self.act.moment):
            return S.HANDED_OVER
        self.begin_accepted()
        return S.ACCEPTED

    @step(
        pgettext_lazy("step", "受理"),
        source=(S.SERVED, S.HANDED_OVER),
        target=S.ACCEPTED,
        by=RECEIVER,
        roles=DESK,
        behalf=True,
        form=forms.AcceptForm,
        gates=(when(SHEET, gates.handed_over_first),),
        documents=("acceptance_reply",),
        tells=(SENDER,),
        only=option("referrals.receipt_accepts", False),
        primary=True,
        rules=("JH-2.9", "QX-3.18"),
    )
    def accept(self, actor, **facts):
        """The receiver tells the sender in writing that it takes the matter."""
        self.holder = self.receiver
        self.begin_accepted()

    @step(
        pgettext_lazy("step", "要求补充材料"),
        source=WITH_RECEIVER,
        by=RECEIVER,
        certificate=True,
        behalf=True,
        form=forms.AskSupplementForm,
        starts=(SUPPLEMENT.since("supplement_asked_at"),),
        documents=("supplement_notice",),
        tells=(SENDER,),
        only=Kind("supplement_open", False),
    )
    def ask_supplement(self, actor, **facts):
        """What is missing, why, by when. It stops no clock."""
        self.supplement_asked_at, self.supplied_at = self.act.moment, None

    @step(
        pgettext_lazy("step", "补充材料已提供"),
        source=WITH_RECEIVER,
        by=SENDER,
        certificate=True,
        form=forms.SupplyForm,
        stops=(SUPPLEMENT,),
        tells=(RECEIVER,),
        only=Kind("supplement_open", True),
        primary=True,
    )
    def supply(self, actor, **facts):
        """The sender gives what was asked for."""
        self.supplied_at = self.act.moment

    @step(
        pgettext_lazy("step", "提出管辖异议"),
        source=WITH_RECEIVER,
        target=S.OBJECTED,
        by=RECEIVER,
        certificate=True,
        behalf=True,
        form=forms.ObjectForm,
        gates=(gates.own_opinion,),
        stops=(ANSWER, FILE),
        starts=(NEGOTIATE.since("objected_at"),),
        documents=("objection",),
        tells=(SENDER,),
        only=Kind("designated", False),
        aside=True,
        rules=("NW-1.17", "LAW-3"),
    )
    def object(self, actor, competent_organ=None, **facts):
        """The receiver holds that the matter is not its own; it must negotiate, not send it back in silence. Nobody can
        hand over to an organ that objects: that is not the sender's lateness."""
        self.act.book.stop(HANDOVER, Clock.State.CANCELLED)
        self.objected_at, self.objected_from = self.act.moment, self.act.before
        self.opinion_organ = competent_organ

    @step(
        pgettext_lazy("step", "记录协商"),
        source=TALKING,
        target=S.NEGOTIATING,
        by=(SENDER, RECEIVER),
        certificate=True,
        form=forms.NegotiateForm,
        tells=(SENDER, RECEIVER),
        serves=(NEGOTIATE,),
        primary=True,
        rules=("NW-1.17",),
    )
    def negotiate(self, actor, **facts):
        """The two sides talk; enforcement goes on with whoever holds the matter."""

    @step(
        pgettext_lazy("step", "同意退回"),
        source=TALKING,
        target=S.TAKEN_BACK,
        by=SENDER,
        certificate=True,
        form=forms.AgreeReturnForm,
        gates=(gates.whose_it_is_then,),
        stops=(NEGOTIATE,),
        documents=("return_note",),
        tells=(RECEIVER,),
        closes=True,
        aside=True,
        rules=("NW-1.17", "NW-1.1"),
    )
    def agree_return(self, actor, again, words, competent_organ=None, **facts):
        """The sender takes the matter back and says what becomes of it: its own, or still another's, and whose; then
        the sending limit starts anew."""
        self.go_back(competent_organ, words)

    @step(
        pgettext_lazy("step", "撤回异议"),
        source=TALKING,
        target=RETURN_VALUE(*WITH_RECEIVER),
        by=RECEIVER,
        certificate=True,
        behalf=True,
        form=forms.ReasonForm,
        stops=(NEGOTIATE,),
        tells=(SENDER,),
        aside=True,
        rules=("NW-1.17",),
    )
    def give_up_objection(self, actor, **facts):
        """Negotiation has shown that the matter is the receiver's: it goes on where it stood."""
        return self.go_on()

    @step(
        pgettext_lazy("step", "进入争议处理"),
        source=DISPUTED_FROM,
        target=S.IN_DISPUTE,
        gates=(gates.not_designated,),
        tells=(SENDER, RECEIVER),
        only=Kind("designated", False),
        rules=("LAW-3",),
    )
    def enter_dispute(self, actor, **facts):
        """Caused by a dispute, which either side alone may open. The duty to talk goes over to it; no other clock
        stops, and whoever holds the matter goes on."""
        self.disputed_from = self.act.before
        self.act.book.stop(NEGOTIATE, Clock.State.MOVED)

    @step(
        pgettext_lazy("step", "争议申请撤回"),
        source=S.IN_DISPUTE,
        target=RETURN_VALUE(*DISPUTED_FROM),
        tells=(SENDER, RECEIVER),
    )
    def leave_dispute(self, actor, **facts):
        """Caused by a dispute that its applicant gives up: the matter stands again where it stood."""
        if self.disputed_from in TALKING:
            self.act.book.start(NEGOTIATE.since("objected_at"))
        return Stage(self.disputed_from)

    show_to_body = showing(S)

    @step(
        pgettext_lazy("step", "执行争议处理结果"),
        source=S.IN_DISPUTE,
        target=RETURN_VALUE(*WITH_RECEIVER, S.TAKEN_BACK),
        form=forms.AbideForm,
        gates=(gates.designated_named,),
        lets_in=(RECEIVER,),
        tells=(SENDER, RECEIVER),
        rules=("LAW-3", "NW-1.17", "NW-1.19"),
    )
    def abide_by(self, actor, outcome, designated=None, **facts):
        """Caused by what a dispute has come to: the receiver's, the sender's, or a designated organ's, which objects no
        more."""
        self.designated = True
        if outcome == Outcome.SENDER:
            self.go_back()
            self.act.closes = True
            return S.TAKEN_BACK
        if outcome == Outcome.RECEIVER:
            return self.go_on()
        self.pass_to(designated)
        return S.SERVED

    @step(
        pgettext_lazy("step", "撤回移送"),
        source=UNSENT,
        target=S.WITHDRAWN,
        by=SENDER,
        certificate=True,
        form=forms.ReasonForm,
        closes=True,
        aside=True,
    )
    def withdraw(self, actor, **facts):
        """Before service the sender may withdraw; the duty to send stays on the case, its clock running on."""
        self.act.book.stop(SENDING, Clock.State.MOVED)
        if self.case.stage in IN_HAND:
            self.act.next(self.origin_id, "resume_sending")

    @step(
        pgettext_lazy("step", "立案"),
        source=S.ACCEPTED,
        target=S.FILED,
        by=RECEIVER,
        certificate=True,
        behalf=True,
        form=forms.FileForm,
        gates=(gates.receiver_holds_the_item,),
        stops=(FILE,),
        tells=(SENDER,),
        primary=True,
        rules=("NW-1.20", "LAW-7", "LAW-9"),
    )
    def file_case(self, actor, **facts):
        """The receiver files the case as its own (五（十一）); ninety days for its decision run from here.

        An organ off the platform keeps its case there: what the sender records opens none here.
        """
        if actor.on_behalf_of is None:
            self.act.open(Case, "take_over", "filed_case", **self.facts_for_receiver())

    @step(
        pgettext_lazy("step", "不予立案"),
        source=S.ACCEPTED,
        target=S.NOT_FILED,
        by=RECEIVER,
        certificate=True,
        behalf=True,
        form=forms.DeclineForm,
        stops=(FILE,),
        documents=("not_filed_reasons",),
        tells=(SENDER,),
        aside=True,
        rules=("LAW-11",),
    )
    def decline_to_file(self, actor, **facts):
        """Reasons in writing to the sender."""

    @step(
        pgettext_lazy("step", "处理结果应当反馈"),
        source=(S.FILED,),
        starts=(RESULT.since("case_closed_at"),),
        tells=(RECEIVER,),
    )
    def result_due(self, actor, case_closed_at, **facts):
        """Caused by the end of the receiver's case: the result is owed to the sender."""
        self.case_closed_at = case_closed_at

    @step(
        pgettext_lazy("step", "反馈处理结果"),
        source=S.FILED,
        target=S.RESULT_RETURNED,
        by=RECEIVER,
        roles=(Role.OFFICER, Role.LIAISON),
        behalf=True,
        form=forms.ResultForm,
        stops=(RESULT,),
        documents=("result_letter",),
        tells=(SENDER,),
        primary=True,
    )
    def return_result(self, actor, **facts):
        """The result comes back to the sender."""

    @step(
        pgettext_lazy("step", "确认办结"),
        source=(S.RESULT_RETURNED, S.NOT_FILED),
        target=S.CONCLUDED,
        by=SENDER,
        roles=DESK,
        closes=True,
        primary=True,
    )
    def conclude(self, actor, **facts):
        """The sender has the result in hand; the matter is at its end."""

    @step(
        pgettext_lazy("step", "协助意见入卷"),
        source=tuple(S),
        form=OpinionForm,
        tells=(RECEIVER,),
        rules=("NW-1.22", "NW-3.57"),
    )
    def take_opinion(self, actor, materials, **facts):
        """Caused by an answer to the receiver's request for assistance, where it has no case of its own yet."""
        self.act.carry_materials(materials)
