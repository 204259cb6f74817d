"""涉嫌犯罪案件移送: from an administrative case to the police (国务院令第310号, 2020年修订), the same in every county.

special group verifying → reported → approved | refused → sent → received → filed → handed over → concluded.
Beside it: not theirs → passed on; not filed → reconsidered → upheld → supervision of filing asked; returned. While it
is open the case is not closed by a fine; what comes back is handled administratively again. There is no objection and
no negotiation. What the police and the procuratorate do is recorded by the sender: they are off the platform.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, Tell, step
from coordination.kernel.steps.declare import Kind
from referrals.criminal import forms, gates

SENDER = Side("sender", "sender", _("移送机关"))
POLICE = Side("police", "police", _("公安机关"))
PROCURATORATE = Side("procuratorate", "procuratorate", _("人民检察院"))

REFER = Limit("criminal.refer", _("及时移送司法机关"), SENDER)
APPROVE = Limit("criminal.approve", _("正职负责人审批移送报告"), SENDER)
SEND = Limit("criminal.send", _("向同级公安机关移送"), SENDER)
PASS_ON = Limit("criminal.pass_on", _("公安机关转送有管辖权的机关"), POLICE)
DECIDE_FILING = Limit("criminal.decide_filing", _("公安机关决定是否立案"), POLICE)
ASK_RECONSIDERATION = Limit("criminal.ask_reconsideration", _("提请公安机关复议"), SENDER)
RECONSIDER = Limit("criminal.reconsider", _("公安机关作出复议决定"), POLICE)
ASK_SUPERVISION = Limit("criminal.ask_supervision", _("建议人民检察院立案监督"), SENDER)
HAND_OVER = Limit("criminal.hand_over", _("向公安机关移交涉案物品和材料"), SENDER)

DESK = (Role.OFFICER, Role.LIAISON, Role.REGISTRY)
HEAD = (Role.PRINCIPAL_HEAD,)


class Stage(models.TextChoices):
    VERIFYING = "verifying", pgettext_lazy("stage", "专案组核实中")
    REPORTED = "reported", pgettext_lazy("stage", "待正职负责人审批")
    APPROVED = "approved", pgettext_lazy("stage", "已批准移送")
    SENT = "sent", pgettext_lazy("stage", "已移送，待公安机关签收")
    RECEIVED = "received", pgettext_lazy("stage", "公安机关审查中")
    NOT_THEIRS = "not_theirs", pgettext_lazy("stage", "不属该机关管辖，待转送")
    PASSED_ON = "passed_on", pgettext_lazy("stage", "已转送，待签收")
    FILED = "filed", pgettext_lazy("stage", "公安机关已立案")
    NOT_FILED = "not_filed", pgettext_lazy("stage", "公安机关不予立案")
    RECONSIDERING = "reconsidering", pgettext_lazy("stage", "公安机关复议中")
    UPHELD = "upheld", pgettext_lazy("stage", "复议维持不予立案")
    SUPERVISING = "supervising", pgettext_lazy("stage", "检察院立案监督中")
    ORDERED = "ordered", pgettext_lazy("stage", "检察院已通知立案")
    HANDED_OVER = "handed_over", pgettext_lazy("stage", "物品和材料已移交")
    REFUSED = "refused", pgettext_lazy("stage", "不批准移送")
    RETURNED = "returned", pgettext_lazy("stage", "退回行政处理")
    CONCLUDED = "concluded", pgettext_lazy("stage", "刑事处理已办结")


S = Stage
AWAITING_RECEIPT = (S.SENT, S.PASSED_ON)
WITH_POLICE = (S.RECEIVED, S.RECONSIDERING)
#: Not accepted, not decided in time, or not filed (第九条、第十七条).
MAY_ASK_SUPERVISION = (S.SENT, S.RECEIVED, S.NOT_FILED, S.RECONSIDERING, S.UPHELD)


class CriminalFlow(Flow):
    """The steps of a criminal transfer."""

    KIND = "criminal"
    NUMBER_MARK = "刑"
    SIDES = (SENDER, POLICE, PROCURATORATE)
    PROGRESS = (S.VERIFYING, S.REPORTED, S.APPROVED, S.SENT, S.RECEIVED, S.FILED, S.HANDED_OVER, S.CONCLUDED)
    OPENS_FROM = ("cases",)
    OPENS_PRIMARY = False  # a case seldom goes this way: it is offered behind the case's own next step
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "成立专案组"),
        source="",
        target=S.VERIFYING,
        certificate=True,
        form=forms.GroupForm,
        gates=(
            gates.sender_in_own_name,
            gates.case_is_ours,
            gates.group_of_two,
            gates.sent_to_police,
        ),
        lets_in=(SENDER,),
        starts=(REFER.since("suspected_at"),),
        rules=("LAW-5", "LAW-12", "LAW-18", "NW-3.63", "NW-3.64"),
    )
    def form_group(self, actor, **facts):
        """A special group of two officers or more takes the matter up (第五条); no fine closes the case now."""
        self.take_from_case(actor, facts)
        self.act.next(self.origin_id, "open_criminal")
        self.act.link(self.origin_id, None, "referral")

    @step(
        pgettext_lazy("step", "提出移送书面报告"),
        source=S.VERIFYING,
        target=S.REPORTED,
        by=SENDER,
        certificate=True,
        form=forms.ProposeForm,
        gates=(gates.group_of_two, gates.report_is_of_this_matter, gates.appraised_or_explained),
        starts=(APPROVE.since("reported_at"),),
        serves=(REFER,),
        documents=("criminal_report",),
        tells=(Tell(SENDER, Role.PRINCIPAL_HEAD),),
        primary=True,
        rules=("LAW-12",),
    )
    def propose(self, actor, appraisals=(), **facts):
        """Having verified the facts the group reports in writing to the principal head (第五条)."""
        self.take(facts)
        self.reported_by, self.reported_at = actor.user, self.act.moment
        self.appraisals.set(appraisals or ())

    @step(
        pgettext_lazy("step", "批准移送"),
        source=S.REPORTED,
        target=S.APPROVED,
        by=SENDER,
        roles=HEAD,
        not_by="reported_by",
        form=forms.ApproveForm,
        stops=(APPROVE,),
        starts=(SEND.since("approved_at"),),
        tells=(Tell(SENDER, Role.OFFICER),),
        primary=True,
        rules=("LAW-12", "NW-3.63"),
    )
    def approve(self, actor, **facts):
        """Only the principal head, or who acts as such, approves (第五条): 正职负责人或者主持工作的负责人."""
        self.approver, self.approved_at = actor.user, self.act.moment

    @step(
        pgettext_lazy("step", "不批准移送"),
        source=S.REPORTED,
        target=S.REFUSED,
        by=SENDER,
        roles=HEAD,
        not_by="reported_by",
        form=forms.RefuseForm,
        stops=(APPROVE,),
        documents=("criminal_refusal",),
        tells=(Tell(SENDER, Role.OFFICER),),
        closes=True,
        aside=True,
        rules=("LAW-12",),
    )
    def refuse(self, actor, refusal_reasons, **facts):
        """The reasons are put on record (第五条), and the case goes on administratively."""
        self.approver, self.refusal_reasons = actor.user, refusal_reasons
        self.back_to_case()

    @step(
        pgettext_lazy("step", "移送公安机关"),
        source=S.APPROVED,
        target=S.SENT,
        by=SENDER,
        certificate=True,
        form=forms.SendForm,
        gates=(
            gates.group_of_two,
            gates.attachments_complete,
            gates.not_before("approved_at", _("批准时间")),
        ),
        stops=(SEND, REFER),
        documents=("criminal_property_list", "criminal_transfer_form"),
        lets_in=(POLICE,),
        tells=(POLICE,),
        primary=True,
        rules=("LAW-5", "LAW-12", "LAW-13", "LAW-18", "NW-3.63"),
    )
    def send(self, actor, sent_at=None, **facts):
        """Within 24 hours of the approval, with the five attachments of 第六条."""
        self.sent_at = sent_at or self.act.moment
        self.met(SEND, self.sent_at)
        self.met(REFER, self.sent_at)

    @step(
        pgettext_lazy("step", "公安机关签收回执"),
        source=AWAITING_RECEIPT,
        target=S.RECEIVED,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.ReceiptForm,
        gates=(
            gates.not_before("sent_at", _("移送时间")),
            gates.not_before("passed_on_at", _("转送时间")),
        ),
        starts=(DECIDE_FILING.since("received_at"),),
        documents=("criminal_receipt",),
        tells=(SENDER,),
        primary=True,
        rules=("LAW-14",),
    )
    def sign_receipt(self, actor, at, received_by, **facts):
        """The police sign the receipt part of the transfer form (第七条); their three days run."""
        self.received_at, self.received_by, self.holder = at, received_by, self.police

    @step(
        pgettext_lazy("step", "公安机关告知不属其管辖"),
        source=S.RECEIVED,
        target=S.NOT_THEIRS,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.NoticeForm,
        gates=(gates.not_before("received_at", _("公安机关接受时间")),),
        starts=(PASS_ON.since("received_at"),),
        tells=(SENDER,),
        aside=True,
        rules=("LAW-14",),
    )
    def find_not_theirs(self, actor, **facts):
        """Not for these police: they pass it on within 24 hours (第七条), counted from their acceptance."""
        self.act.book.stop(DECIDE_FILING, Clock.State.CANCELLED)

    @step(
        pgettext_lazy("step", "公安机关转送"),
        source=S.NOT_THEIRS,
        target=S.PASSED_ON,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.PassOnForm,
        gates=(
            gates.not_before("received_at", _("公安机关接受时间")),
            gates.passed_to_another,
        ),
        stops=(PASS_ON,),
        lets_in=(POLICE,),
        tells=(SENDER, POLICE),
        primary=True,
        rules=("LAW-14",),
    )
    def pass_on(self, actor, at, passed_to, **facts):
        """To the organ that is competent, and the sender is told in writing (第七条)."""
        self.met(PASS_ON, at)
        self.passed_on_at, self.police, self.holder = at, passed_to, passed_to

    @step(
        pgettext_lazy("step", "公安机关立案"),
        source=(*WITH_POLICE, S.SUPERVISING, S.ORDERED),
        target=S.FILED,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.FilingForm,
        gates=(gates.not_before("received_at", _("公安机关接受时间")),),
        stops=(DECIDE_FILING, RECONSIDER),
        starts=(HAND_OVER.since("filed_at"),),
        tells=(SENDER,),
        primary=True,
        rules=("LAW-15", "LAW-16", "LAW-17"),
    )
    def file_case(self, actor, at, filing_number, **facts):
        """The police file and tell the sender in writing (第八条); the handover is due in three days (第十二条)."""
        self.met(DECIDE_FILING, at)
        self.met(RECONSIDER, at)
        self.filed_at, self.filing_number, self.holder = at, filing_number, self.police

    @step(
        pgettext_lazy("step", "公安机关不予立案"),
        source=S.RECEIVED,
        target=S.NOT_FILED,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.DeclineForm,
        gates=(gates.not_before("received_at", _("公安机关接受时间")),),
        stops=(DECIDE_FILING,),
        starts=(ASK_RECONSIDERATION.since("not_filed_at"),),
        tells=(SENDER,),
        aside=True,
        rules=("LAW-15", "LAW-16"),
    )
    def decline_to_file(self, actor, at, not_filed_reasons, **facts):
        """With reasons, in writing, and the files come back (第八条); three days to ask for reconsideration."""
        self.met(DECIDE_FILING, at)
        self.not_filed_at, self.not_filed_reasons, self.holder = at, not_filed_reasons, self.sender

    @step(
        pgettext_lazy("step", "提请复议"),
        source=S.NOT_FILED,
        target=S.RECONSIDERING,
        by=SENDER,
        certificate=True,
        form=forms.ReconsiderForm,
        gates=(
            gates.not_before("not_filed_at", _("接到不予立案通知书的时间")),
            gates.reconsideration_in_time,
        ),
        stops=(ASK_RECONSIDERATION,),
        starts=(RECONSIDER.since("reconsideration_asked_at"),),
        documents=("criminal_reconsideration",),
        tells=(POLICE,),
        primary=True,
        rules=("LAW-16",),
    )
    def ask_reconsideration(self, actor, asked_at=None, **facts):
        """The police that did not file are asked to reconsider (第九条)."""
        self.reconsideration_asked_at, self.holder = asked_at or self.act.moment, self.police
        self.met(ASK_RECONSIDERATION, self.reconsideration_asked_at)

    @step(
        pgettext_lazy("step", "公安机关复议维持"),
        source=S.RECONSIDERING,
        target=S.UPHELD,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.NoticeForm,
        gates=(gates.not_before("reconsideration_asked_at", _("提请复议时间")),),
        stops=(RECONSIDER,),
        starts=(ASK_SUPERVISION.since("upheld_at"),),
        tells=(SENDER,),
        aside=True,
        rules=("LAW-16",),
    )
    def uphold(self, actor, at, **facts):
        """Not filed after all; who still objects goes to the procuratorate within three days (第九条)."""
        self.met(RECONSIDER, at)
        self.upheld_at, self.holder = at, self.sender

    @step(
        pgettext_lazy("step", "建议立案监督"),
        source=MAY_ASK_SUPERVISION,
        target=S.SUPERVISING,
        by=SENDER,
        certificate=True,
        form=forms.SuperviseForm,
        gates=(
            gates.not_before("upheld_at", _("接到复议决定通知书的时间")),
            gates.police_decided_or_late,
        ),
        stops=(ASK_RECONSIDERATION, ASK_SUPERVISION),
        documents=("criminal_supervision_request",),
        lets_in=(PROCURATORATE,),
        tells=(PROCURATORATE, POLICE),
        rules=("LAW-16",),
    )
    def ask_supervision(self, actor, asked_at=None, **facts):
        """The procuratorate is asked to supervise the filing (第九条): instead of reconsideration, after it, or
        where the police do not accept or let their time pass (第十七条)."""
        self.supervision_asked_at, self.holder = asked_at or self.act.moment, self.procuratorate
        self.met(ASK_RECONSIDERATION, self.supervision_asked_at)
        self.met(ASK_SUPERVISION, self.supervision_asked_at)

    @step(
        pgettext_lazy("step", "检察院通知公安机关立案"),
        source=S.SUPERVISING,
        target=S.ORDERED,
        by=PROCURATORATE,
        roles=DESK,
        behalf=True,
        form=forms.NoticeForm,
        tells=(SENDER, POLICE),
        primary=True,
        rules=("LAW-16",),
    )
    def order_filing(self, actor, **facts):
        """公安机关应当接受人民检察院依法进行的立案监督 (第九条)."""
        self.holder = self.police

    @step(
        pgettext_lazy("step", "检察院认为不立案理由成立"),
        source=S.SUPERVISING,
        target=S.RETURNED,
        by=PROCURATORATE,
        roles=DESK,
        behalf=True,
        form=forms.NoticeForm,
        tells=(SENDER, POLICE),
        closes=True,
        aside=True,
        rules=("LAW-5", "LAW-16"),
    )
    def confirm_not_filing(self, actor, at, **facts):
        """There is no criminal case: the administrative one revives."""
        self.come_home(at)

    @step(
        pgettext_lazy("step", "接受不予立案，恢复行政办理"),
        source=(S.NOT_FILED, S.UPHELD),
        target=S.RETURNED,
        by=SENDER,
        roles=HEAD,
        form=forms.ReasonForm,
        stops=(ASK_RECONSIDERATION, ASK_SUPERVISION),
        tells=(Tell(SENDER, Role.OFFICER),),
        closes=True,
        aside=True,
        rules=("LAW-5", "LAW-16"),
    )
    def accept_not_filing(self, actor, **facts):
        """Who let it go to the police decides that it comes back, to be handled administratively (第十条)."""
        self.come_home(self.act.moment)

    @step(
        pgettext_lazy("step", "制作移交清单"),
        source=S.FILED,
        by=SENDER,
        certificate=True,
        form=forms.PrepareHandoverForm,
        gates=(gates.group_of_two,),
        serves=(HAND_OVER,),
        documents=("criminal_handover_sheet",),
        only=Kind("handover_listed_at", None),
        primary=True,
        rules=("LAW-17",),
    )
    def list_handover(self, actor, **facts):
        """What goes to the police, line by line, for both to sign (第十二条)."""
        self.handover_listed_at = self.act.moment

    @step(
        pgettext_lazy("step", "办结移交手续"),
        source=S.FILED,
        target=S.HANDED_OVER,
        by=SENDER,
        certificate=True,
        form=forms.HandOverForm,
        gates=(gates.not_before("filed_at", _("接到立案通知书的时间")),),
        stops=(HAND_OVER,),
        tells=(POLICE,),
        only=Kind("handover_listed", True),
        primary=True,
        rules=("LAW-17",),
    )
    def hand_over(self, actor, at, handed_to, **facts):
        """Property and material are the police's now, against signature (第十二条)."""
        self.met(HAND_OVER, at)
        self.handed_over_at, self.handed_to = at, handed_to

    @step(
        pgettext_lazy("step", "司法机关退回"),
        source=(S.FILED, S.HANDED_OVER),
        target=S.RETURNED,
        by=POLICE,
        roles=DESK,
        behalf=True,
        form=forms.NoticeForm,
        gates=(gates.not_before("filed_at", _("接到立案通知书的时间")),),
        tells=(SENDER,),
        closes=True,
        aside=True,
        rules=("LAW-5",),
    )
    def return_case(self, actor, at, **facts):
        """No criminal liability, but perhaps a penalty (第十三条, 行政处罚法 art. 27): the case revives."""
        self.come_home(at)

    @step(
        pgettext_lazy("step", "登记刑事处理结果"),
        source=S.HANDED_OVER,
        target=S.CONCLUDED,
        by=SENDER,
        certificate=True,
        form=forms.ConcludeForm,
        gates=(gates.fine_set_off,),
        closes=True,
        rules=("LAW-5", "LAW-18"),
    )
    def conclude(self, actor, result, criminal_fine=None, fine_set_off=None, **facts):
        """The judgment or other end; a fine given before is set off against the criminal fine (第十一条)."""
        self.result, self.criminal_fine, self.fine_set_off = result, criminal_fine, fine_set_off
        self.back_to_case()
