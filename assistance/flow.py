"""执法协助: one organ asks another, in writing, for what it cannot do alone; the other answers under the clock.

draft → awaiting approval → approved → sent → received ↔ supplement asked → answered | refused → concluded. Beside it:
officers sent to the spot, an extension told before expiry, archives lent and returned, withdrawn, in dispute.
Kind and direction decide the limit; a supplement stops the answer clock only where the county's mechanism says so.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE

from assistance import forms, gates
from assistance.words import DisputeOutcome, How, KindOf
from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.mechanisms import declare_kinds
from coordination.kernel.organs import Role
from coordination.kernel.sides import RULING, Side
from coordination.kernel.steps import Flow, Tell, option, step, when
from coordination.kernel.steps.declare import Kind
from coordination.kernel.steps.showing import showing

ASKER = Side("asker", "asker", _("请求单位"))
HELPER = Side("helper", "helper", _("协助单位"))

BY_KIND = ("direction", "kind")
SENDING = Limit("assistance.send", _("书面函告协助单位"), ASKER, facts=BY_KIND)
ANSWER = Limit("assistance.answer", _("提出书面意见"), HELPER, facts=BY_KIND)
DISPATCH = Limit("assistance.dispatch", _("指派执法人员现场处置"), HELPER, facts=BY_KIND)
SUPPLEMENT = Limit("assistance.supplement", _("补充协助所需材料"), ASKER, facts=BY_KIND)

declare_kinds(KindOf.choices)

APPROVERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
DESK = (Role.OFFICER, Role.LIAISON, Role.REGISTRY)
ANSWERING = (Role.OFFICER, Role.LIAISON, Role.RESPONSIBLE_PERSON)


class Stage(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("stage", "草拟")
    AWAITING_APPROVAL = "awaiting_approval", pgettext_lazy("stage", "待批准")
    APPROVED = "approved", pgettext_lazy("stage", "已批准")
    SENT = "sent", pgettext_lazy("stage", "已发出")
    RECEIVED = "received", pgettext_lazy("stage", "已收到")
    SUPPLEMENT_ASKED = "supplement_asked", pgettext_lazy("stage", "待补充材料")
    ANSWERED = "answered", pgettext_lazy("stage", "已答复")
    REFUSED = "refused", pgettext_lazy("stage", "不予协助")
    CONCLUDED = "concluded", pgettext_lazy("stage", "已办结")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "已撤回")


S = Stage
UNSENT = (S.DRAFT, S.AWAITING_APPROVAL, S.APPROVED)
WITH_HELPER = (S.RECEIVED, S.SUPPLEMENT_ASKED)
ANSWERED = (S.ANSWERED, S.REFUSED)
APPROVAL = "assistance.approval"
ARCHIVES = Kind("asks_for_archives", True)


class AssistanceFlow(Flow):
    """The steps of an assistance request."""

    KIND = "assistance"
    NUMBER_MARK = "协"
    SIDES = (ASKER, HELPER, RULING)
    PROGRESS = (S.DRAFT, S.APPROVED, S.SENT, S.RECEIVED, S.ANSWERED, S.CONCLUDED)
    OPENS_FROM = ("cases", "referrals")
    OPENS_PRIMARY = False
    LINKS = {"assistance": (_("由此请求协助"), _("请求协助的事项"))}
    DISPUTABLE = True
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "起草协助函"),
        source="",
        target=S.DRAFT,
        certificate=True,
        form=forms.DraftForm,
        gates=(
            gates.asker_in_own_name,
            gates.helper_in_own_name,
            gates.origin_is_ours,
            gates.helper_is_not_accused,
            gates.technique_named,
            gates.category_of_major,
        ),
        starts=(SENDING.since("opened_at"),),
        lets_in=(ASKER,),
        rules=("NW-3.55", "NW-1.22", "LAW-4", "QX-4.1", "QX-4.2", "YY-6.1", "YY-6.2", "YY-6.3", "YY-6.4", "YY-6.5"),
    )
    def draft(self, actor, **facts):
        """Out of a case, or out of a referral that was received: what is known there is not typed again."""
        self.take_from_origin(actor, facts)
        self.act.link(self.origin_id, None, "assistance")

    @step(
        pgettext_lazy("step", "修改"),
        source=S.DRAFT,
        by=ASKER,
        form=forms.ReviseForm,
        gates=(
            gates.helper_in_own_name,
            gates.helper_is_not_accused,
            gates.technique_named,
            gates.category_of_major,
        ),
    )
    def revise(self, actor, **facts):
        """The draft is bettered."""
        self.take(facts)
        self.act.book.reclassify()

    @step(
        pgettext_lazy("step", "提交审批"),
        source=S.DRAFT,
        target=S.AWAITING_APPROVAL,
        by=ASKER,
        certificate=True,
        gates=gates.COMPLETE,
        previews=("assistance_letter",),
        tells=(Tell(ASKER, Role.APPROVER), Tell(ASKER, Role.LEADER_IN_CHARGE)),
        only=option(APPROVAL),
        primary=True,
    )
    def submit(self, actor, **facts):
        """The finished draft goes to the approver."""

    @step(
        pgettext_lazy("step", "定稿"),
        source=S.DRAFT,
        target=S.APPROVED,
        by=ASKER,
        certificate=True,
        gates=gates.COMPLETE,
        only=option(APPROVAL, False),
        primary=True,
    )
    def finish_draft(self, actor, **facts):
        """Where the county asks for no approval the draft is final."""

    @step(
        pgettext_lazy("step", "批准"),
        source=S.AWAITING_APPROVAL,
        target=S.APPROVED,
        by=ASKER,
        roles=APPROVERS,
        not_by="drafted_by",
        form=forms.ApproveForm,
        previews=("assistance_letter",),
        tells=(Tell(ASKER, Role.OFFICER),),
        primary=True,
    )
    def approve(self, actor, **facts):
        """The head signs: a letter leaves only in the organ's own name. Nobody approves what he drafted."""
        self.approver, self.approved_at = actor.user, self.act.moment

    @step(
        pgettext_lazy("step", "退回修改"),
        source=S.AWAITING_APPROVAL,
        target=S.DRAFT,
        by=ASKER,
        roles=APPROVERS,
        form=forms.ReasonForm,
        tells=(Tell(ASKER, Role.OFFICER),),
        aside=True,
    )
    def return_draft(self, actor, **facts):
        """Not yet good enough, with the reasons."""

    @step(
        pgettext_lazy("step", "发出协助函"),
        source=S.APPROVED,
        target=S.SENT,
        by=ASKER,
        certificate=True,
        form=forms.SendForm,
        gates=(*gates.COMPLETE, gates.reachable),
        stops=(SENDING,),
        documents=("assistance_letter",),
        tells=(HELPER,),
        lets_in=(HELPER,),
        primary=True,
        rules=("NW-3.55", "NW-3.56", "JH-6.1", "QX-4.8", "YY-6.6", "LAW-4"),
    )
    def send(self, actor, service_method, **facts):
        """The letter leaves in writing. On the platform it is there at once; on paper, when it is signed for."""
        self.service_method, self.sent_at = service_method, self.act.moment
        if self.on_platform:
            self.served_at = self.act.moment
            self.start_time()

    @step(
        pgettext_lazy("step", "签收协助函"),
        source=S.SENT,
        target=S.RECEIVED,
        by=HELPER,
        roles=DESK,
        behalf=True,
        form=forms.ReceiveForm,
        gates=(gates.received_after_sending,),
        serves=(ANSWER,),
        tells=(ASKER,),
        primary=True,
        rules=("QX-4.9",),
    )
    def receive(self, actor, at, **facts):
        """The helper signs for the letter and bears the matter from here; a letter on paper starts its time now."""
        self.received_at, self.holder = at, self.helper
        if not self.reached:
            self.served_at = at
            self.start_time()

    @step(
        pgettext_lazy("step", "登记派员"),
        source=WITH_HELPER,
        by=HELPER,
        roles=DESK,
        behalf=True,
        form=forms.DispatchForm,
        gates=(gates.dispatched_after_the_letter,),
        stops=(DISPATCH,),
        tells=(ASKER,),
        only=Kind("to_dispatch", True),
        primary=True,
        rules=("NW-3.58", "JH-6.4", "QX-4.10"),
    )
    def dispatch(self, actor, at, **facts):
        """Urgent, or the evidence may be lost: officers are sent to the spot (县乡执法协助工作机制 三（五）)."""
        self.dispatched_at = at

    @step(
        pgettext_lazy("step", "登记现场处置"),
        source=WITH_HELPER,
        by=HELPER,
        roles=DESK,
        behalf=True,
        form=forms.OnSiteForm,
        gates=(gates.arrived_after_dispatch,),
        tells=(ASKER,),
        only=Kind("on_the_way", True),
        rules=("NW-3.58",),
    )
    def handle_on_site(self, actor, at, words, **facts):
        """What the officers found and did there."""
        self.handled_at, self.handling = at, words

    @step(
        pgettext_lazy("step", "要求补充材料"),
        source=S.RECEIVED,
        target=S.SUPPLEMENT_ASKED,
        by=HELPER,
        roles=ANSWERING,
        behalf=True,
        form=forms.AskSupplementForm,
        gates=(gates.day_to_come,),
        documents=("assistance_supplement_notice",),
        tells=(ASKER,),
        aside=True,
        rules=("QX-4.12", "QX-4.13"),
    )
    def ask_supplement(self, actor, items, why, by_day, **facts):
        """What is missing, why, by when: the day of the letter is that of the clock. The answer clock stops only where
        the mechanism says so, and in time."""
        self.supplement_items, self.supplement_by = items, by_day
        self.supplement_asked_at, self.supplied_at = self.act.moment, None
        named = {"until": self.act.book.end_of(by_day), "ground": str(_("补充材料通知写明的日期"))}
        self.act.book.start(SUPPLEMENT.since("supplement_asked_at"), **named)
        self.supplement_paused = self.supplement_would_pause(self.act.moment)
        if self.supplement_paused:
            self.act.book.pause(ANSWER, self.answer_period(self.act.moment).pause_basis, why)

    @step(
        pgettext_lazy("step", "提交补充材料"),
        source=S.SUPPLEMENT_ASKED,
        target=S.RECEIVED,
        by=ASKER,
        certificate=True,
        form=forms.SupplyForm,
        stops=(SUPPLEMENT,),
        tells=(HELPER,),
        primary=True,
        rules=("QX-4.13",),
    )
    def supply(self, actor, words, **facts):
        """The asker gives what was asked for, out of its case without uploading it twice; the count goes on."""
        self.supplied_at = self.act.moment
        self.act.carry_materials(facts.get("materials") or ())
        if self.supplement_paused:
            self.act.book.resume(ANSWER, words)
            self.supplement_paused = False

    @step(
        pgettext_lazy("step", "告知延期"),
        source=WITH_HELPER,
        by=HELPER,
        roles=ANSWERING,
        behalf=True,
        form=forms.ExtendForm,
        gates=(gates.there_is_a_date, gates.not_yet_expired, gates.later_than_due, gates.within_cap),
        documents=("assistance_extension_notice",),
        tells=(ASKER,),
        aside=True,
        rules=("NW-3.59", "JH-6.5", "QX-4.11"),
    )
    def extend(self, actor, extension_ground, until, **facts):
        """A ground and a definite new date, told before expiry; without a date, or afterwards, no extension. Also
        while a supplement is awaited, where the answer's time runs on meanwhile."""
        self.extended_to, self.extension_ground = until, extension_ground
        self.act.book.extend(ANSWER, self.end_of(until), extension_ground)

    @step(
        pgettext_lazy("step", "登记调阅档案"),
        source=WITH_HELPER,
        by=HELPER,
        roles=DESK,
        behalf=True,
        form=forms.ArchiveForm,
        only=ARCHIVES,
        rules=("NW-3.12", "NW-3.60", "JH-6.6", "QX-4.14"),
    )
    def list_archive(self, actor, **facts):
        """One file or volume that is opened to the asker; the organ that keeps the archive goes on keeping it. A list
        that was drawn up before does not hold it: another is drawn up before the answer."""
        self.archives.create(**facts)
        self.lent_at = None

    @step(
        pgettext_lazy("step", "出具调阅清单"),
        source=WITH_HELPER,
        by=HELPER,
        roles=DESK,
        behalf=True,
        form=forms.LendForm,
        gates=(gates.archives_listed, gates.return_day_named),
        documents=("consultation_list",),
        tells=(ASKER,),
        only=ARCHIVES,
        serves=(ANSWER,),
        rules=("NW-3.12", "NW-3.60"),
    )
    def lend(self, actor, return_by=None, **facts):
        """The list of what was consulted, copied or lent; of lent originals the day on which they come back."""
        self.lent_at = self.act.moment
        if self.lends_originals:
            self.return_by, self.returned_at = return_by, None

    @step(
        pgettext_lazy("step", "登记归还档案"),
        source=(*WITH_HELPER, *ANSWERED),
        by=ASKER,
        roles=DESK,
        form=forms.ReturnForm,
        gates=(gates.returned_after_the_loan,),
        tells=(HELPER,),
        only=Kind("originals_out", True),
        primary=True,
        rules=("NW-3.12",),
    )
    def return_archives(self, actor, at, **facts):
        """The originals go back to the organ that keeps the archive."""
        self.returned_at = at
        self.archives.filter(how=How.LENT).update(returned=True)

    @step(
        pgettext_lazy("step", "答复协助请求"),
        source=WITH_HELPER,
        target=S.ANSWERED,
        by=HELPER,
        roles=ANSWERING,
        behalf=True,
        form=forms.AnswerForm,
        gates=(
            gates.every_question_answered,
            gates.experts_named,
            gates.opinion_on_paper,
            gates.evidence_of_its_own,
            gates.archives_in_list,
        ),
        stops=(ANSWER, SUPPLEMENT),
        documents=("assistance_reply",),
        tells=(ASKER,),
        primary=True,
        rules=("NW-3.56", "NW-3.57", "JH-6.2", "JH-6.3", "QX-4.9", "YY-6.7"),
    )
    def answer(self, actor, **facts):
        """Opinion, conclusions and evidence go into the asker's case file, where the asker reviews them (三（五）)."""
        self.take(facts)
        self.answered_at, self.holder = self.act.moment, self.asker
        self.act.book.stop(DISPATCH, Clock.State.CANCELLED)
        self.give_evidence(facts)

    @step(
        pgettext_lazy("step", "不予协助"),
        source=WITH_HELPER,
        target=S.REFUSED,
        by=HELPER,
        roles=ANSWERING,
        behalf=True,
        form=forms.RefuseForm,
        gates=(gates.outside_powers, gates.suggests_another),
        stops=(ANSWER, SUPPLEMENT, DISPATCH),
        documents=("assistance_refusal",),
        tells=(ASKER,),
        only=option("assistance.refusal"),
        aside=True,
        rules=("NW-3.60", "JH-6.6", "QX-4.14", "YY-6.7", "YY-6.8", "LAW-4"),
    )
    def refuse(self, actor, **facts):
        """Only what the law forbids or what lies outside its powers, with reasons; the asker may dispute it."""
        self.take(facts)
        self.refused_at, self.holder = self.act.moment, self.asker

    @step(
        pgettext_lazy("step", "确认办结"),
        source=ANSWERED,
        target=S.CONCLUDED,
        by=ASKER,
        roles=DESK,
        gates=(gates.archives_returned,),
        closes=True,
        only=Kind("in_dispute", False),
        primary=True,
    )
    def conclude(self, actor, **facts):
        """The asker has the answer in its file; the matter is at its end."""

    @step(
        pgettext_lazy("step", "撤回请求"),
        source=(*UNSENT, S.SENT, *WITH_HELPER),
        target=S.WITHDRAWN,
        by=ASKER,
        certificate=True,
        form=forms.ReasonForm,
        gates=(gates.archives_returned,),
        tells=(when(Kind("sent_off", True), HELPER),),
        closes=True,
        only=Kind("in_dispute", False),
        aside=True,
    )
    def withdraw(self, actor, **facts):
        """It is no longer needed."""

    @step(
        pgettext_lazy("step", "进入争议处理"),
        source=(S.SENT, *WITH_HELPER, *ANSWERED),
        tells=(ASKER, HELPER),
        only=Kind("in_dispute", False),
        rules=("LAW-4",),
    )
    def enter_dispute(self, actor, **facts):
        """Caused by a dispute: the matter is marked; no clock stops, and the helper may still answer."""
        self.in_dispute = True

    @step(
        pgettext_lazy("step", "争议申请撤回"),
        source=(S.SENT, *WITH_HELPER, *ANSWERED),
        tells=(ASKER, HELPER),
    )
    def leave_dispute(self, actor, **facts):
        """Caused by a dispute that its applicant gives up: the mark goes, everything else has run on."""
        self.in_dispute = False

    show_to_body = showing(S)

    @step(
        pgettext_lazy("step", "执行争议决定"),
        source=(S.SENT, *WITH_HELPER, *ANSWERED),
        target=RETURN_VALUE(S.RECEIVED, *ANSWERED),
        form=forms.AbideForm,
        tells=(ASKER, HELPER),
        rules=("LAW-4", "YY-6.7"),
    )
    def abide_by(self, actor, outcome, **facts):
        """Caused by the decision: the helper assists, its time running from the decision; or the refusal stands."""
        self.in_dispute, self.decided_at = False, self.act.moment
        for limit in (ANSWER, SUPPLEMENT, DISPATCH):
            self.act.book.stop(limit, Clock.State.REPLACED)
        if outcome == DisputeOutcome.ASSIST:
            self.begin_anew()
            return S.RECEIVED
        self.holder = self.asker
        return S.ANSWERED if self.answered_at else S.REFUSED
