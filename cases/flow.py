"""案件与线索: the suspected violation in one organ's hands.

lead → verifying → filed | not filed → legal review → decided → served → executed → closed → archived.
Beside the stages: an ongoing violation is dissuaded or ordered to stop, and the competent organ is told, with a notice
that must be answered. A case that is another organ's starts the sending clock, and goes on until it is handed over.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases import forms, gates
from cases.government import county_government
from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.mechanisms import declare_kinds
from coordination.kernel.notices import Level
from coordination.kernel.organs import Role
from coordination.kernel.sides import RULING, Readers, Side
from coordination.kernel.steps import CAUSED, Flow, Tell, step, when
from coordination.kernel.steps.declare import Kind
from coordination.kernel.steps.showing import showing

HOLDER = Side("holder", "holder", _("承办单位"))
NOTIFIED = Side("notified", "notified", _("被告知单位"))
COMPETENT = Side("competent", "competent_organ", _("被认定有管辖权的单位"))
#: Whom a report of an unanswered notice reaches: it reads the case and decides what it orders.
GOVERNMENT = Readers("government", "reported_to", _("接受报告的人民政府"))

VERIFY = Limit("cases.verify", _("核实线索"), HOLDER)
FILE = Limit("cases.file", _("决定是否立案"), HOLDER)
DECIDE = Limit("cases.decide", _("作出行政处罚决定"), HOLDER)
SERVE = Limit("cases.serve_decision", _("送达行政处罚决定书"), HOLDER)
PRESERVE = Limit("cases.preserve", _("对先行登记保存的证据作出处理决定"), HOLDER)
#: Of a decision until somebody writes its record; then the record carries it on.
SHARE = Limit("infosharing.share", _("共享执法信息"), HOLDER, facts=("kind",))
SENDING = Limit("referrals.send", _("移送有管辖权的一方"), HOLDER, facts=("direction", "kind"))
NOTIFY = Limit("cases.notify_ongoing", _("告知有管辖权的单位"), HOLDER)
DISPATCH = Limit("cases.dispatch", _("派执法人员到场处理"), NOTIFIED)

declare_kinds([("case", pgettext_lazy("kind", "案件")), ("lead", pgettext_lazy("kind", "线索"))])

CLERKS = (Role.OFFICER, Role.ASSISTANT, Role.REGISTRY, Role.LIAISON)
ANSWERING = (Role.OFFICER, Role.LIAISON, Role.REGISTRY)
SIGNING = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


class Stage(models.TextChoices):
    LEAD = "lead", pgettext_lazy("stage", "线索")
    VERIFYING = "verifying", pgettext_lazy("stage", "核实中")
    FILED = "filed", pgettext_lazy("stage", "已立案")
    NOT_FILED = "not_filed", pgettext_lazy("stage", "不予立案")
    LEGAL_REVIEW = "legal_review", pgettext_lazy("stage", "法制审核中")
    SUSPENDED = "suspended", pgettext_lazy("stage", "已中止")
    DECIDED = "decided", pgettext_lazy("stage", "已决定")
    SERVED = "served", pgettext_lazy("stage", "决定书已送达")
    COURT = "court", pgettext_lazy("stage", "申请法院强制执行")
    EXECUTED = "executed", pgettext_lazy("stage", "已执行")
    CLOSED = "closed", pgettext_lazy("stage", "已结案")
    ARCHIVED = "archived", pgettext_lazy("stage", "已归档")
    TRANSFERRED = "transferred", pgettext_lazy("stage", "已移送")
    PASSED_UP = "passed_up", pgettext_lazy("stage", "已报上级")


S = Stage
BEFORE_FILING = (S.LEAD, S.VERIFYING)
IN_HAND = (S.LEAD, S.VERIFYING, S.FILED, S.LEGAL_REVIEW, S.SUSPENDED)
UNDECIDED = (S.LEAD, S.VERIFYING, S.FILED)
#: Filed and not yet decided: what comes into the file may still support the decision.
TO_DECIDE = (S.FILED, S.LEGAL_REVIEW, S.SUSPENDED)
MAY_PASS = (*IN_HAND, S.NOT_FILED, S.TRANSFERRED)
OVER = (S.NOT_FILED, S.CLOSED, S.ARCHIVED, S.TRANSFERRED, S.PASSED_UP)
#: A crime may be suspected as long as the case is in this organ's hands, decided or not.
MAY_BE_CRIMINAL = tuple(stage for stage in S if stage not in OVER)


class CaseFlow(Flow):
    """The steps of a case."""

    KIND = "cases"
    NUMBER_MARK = "案"
    SIDES = (HOLDER, NOTIFIED, COMPETENT, GOVERNMENT, RULING)
    DISPUTABLE = True
    PROGRESS = (S.LEAD, S.VERIFYING, S.FILED, S.DECIDED, S.SERVED, S.EXECUTED, S.CLOSED)
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "登记线索"),
        source="",
        target=S.LEAD,
        roles=CLERKS,
        form=forms.RegisterForm,
        gates=(gates.in_own_name, gates.category_of_major),
        lets_in=(HOLDER,),
        starts=(VERIFY.since("discovered_at"),),
        rules=("NW-1.3", "NW-2.5"),
    )
    def register(self, actor, **facts):
        """A suspected violation is written down: who, where, what, since when, how urgent."""
        self.take(facts)
        self.suggest()

    @step(
        pgettext_lazy("step", "承接移送案件并立案"),
        source="",
        target=S.FILED,
        roles=CAUSED,
        form=forms.TakeOverForm,
        lets_in=(HOLDER,),
        starts=(DECIDE.since("filed_at"),),
        rules=("NW-1.20", "LAW-7", "LAW-9"),
    )
    def take_over(self, actor, **facts):
        """Caused by a referral: its receiver files the case as its own, with the evidence that it may use."""
        self.take(facts)
        self.act.carry_materials(facts.get("materials") or ())
        self.filed_at = self.act.moment

    @step(
        pgettext_lazy("step", "由投诉举报登记"),
        source="",
        target=S.VERIFYING,
        roles=CAUSED,
        form=forms.FromComplaintForm,
        lets_in=(HOLDER,),
        starts=(FILE.since("verified_at"),),
        rules=("NW-2.10", "NW-3.27", "JH-3.5", "QX-2.4"),
    )
    def take_complaint(self, actor, **facts):
        """Caused by a complaint that was verified and is this organ's own: to be filed promptly."""
        self.take_from_complaint(facts)

    @step(
        pgettext_lazy("step", "由投诉举报登记，属于其他单位"),
        source="",
        target=S.VERIFYING,
        roles=CAUSED,
        form=forms.ForeignLeadForm,
        lets_in=(HOLDER,),
        starts=(SENDING.since("competence_found_at"), when(Kind("ongoing", True), NOTIFY.since("discovered_at"))),
        rules=("NW-2.1", "NW-2.11", "NW-3.28", "JH-3.6", "QX-2.5"),
    )
    def take_foreign_lead(self, actor, found_at, competent_organ, choice_reason="", **facts):
        """Caused by a complaint that is another organ's: registered before it is passed on, the sending limit runs."""
        self.competence_found_at, self.competent_organ = found_at, competent_organ
        self.competence_reason = choice_reason
        self.take_from_complaint(facts)

    @step(
        pgettext_lazy("step", "开始核实"),
        source=S.LEAD,
        target=S.VERIFYING,
        by=HOLDER,
        certificate=True,
        form=forms.VerifyForm,
        serves=(VERIFY,),
        primary=True,
    )
    def verify(self, actor, **facts):
        """An officer checks whether there is a violation and whose it is."""

    @step(
        pgettext_lazy("step", "立案"),
        source=BEFORE_FILING,
        target=S.FILED,
        by=HOLDER,
        certificate=True,
        form=forms.FileForm,
        gates=(gates.holds_the_item,),
        stops=(VERIFY, FILE),
        starts=(DECIDE.since("filed_at"),),
        documents=("case_filing",),
        rules=("NW-3.2", "LAW-7", "LAW-9"),
    )
    def file_case(self, actor, **facts):
        """The organ takes the case up; ninety days for the decision run from here (行政处罚法 art. 60)."""
        self.suggest()
        self.filed_at = self.act.moment

    @step(
        pgettext_lazy("step", "不予立案"),
        source=BEFORE_FILING,
        target=S.NOT_FILED,
        by=HOLDER,
        certificate=True,
        documents=("case_not_filed",),
        form=forms.ReasonForm,
        gates=(gates.goes_on_in_dispute,),
        stops=(VERIFY, FILE),
        aside=True,
        rules=("LAW-11",),
    )
    def decline_to_file(self, actor, **facts):
        """No violation, or none to be punished: reasons stand in the record (行政处罚法 art. 76 watches this)."""

    @step(
        pgettext_lazy("step", "认定属于其他单位管辖"),
        source=UNDECIDED,
        by=HOLDER,
        certificate=True,
        form=forms.FindOtherCompetenceForm,
        gates=(
            gates.later_reason_given,
            gates.competence_explained,
            gates.not_settled,
            gates.goes_on_in_dispute,
        ),
        stops=(VERIFY, FILE, SENDING),
        starts=(SENDING.since("competence_found_at"), when(Kind("ongoing", True), NOTIFY.since("discovered_at"))),
        rules=("NW-1.1", "NW-1.2", "NW-2.1", "NW-2.2", "NW-2.3", "NW-2.4", "NW-2.5", "NW-1.3", "LAW-3"),
    )
    def find_other_competence(self, actor, found_at, competent_organ, choice_reason="", **facts):
        """The organ finds that the violation is another's: the sending limit runs, whether or not anybody drafts."""
        self.competence_found_at, self.competent_organ = found_at, competent_organ
        self.competence_reason = choice_reason

    @step(
        pgettext_lazy("step", "劝阻"),
        source=IN_HAND,
        by=HOLDER,
        roles=CLERKS,
        documents=("dissuasion_record",),
        form=forms.MeasureForm,
        rules=("NW-1.4",),
    )
    def dissuade(self, actor, at, words, **facts):
        """Whoever finds an ongoing violation dissuades the party at once: who, when, how (案件移送制度 二（二）)."""
        self.measure("dissuade", at, words)

    @step(
        pgettext_lazy("step", "责令停止"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.MeasureForm,
        gates=(gates.may_order,),
        documents=("stop_record",),
        rules=("NW-2.6",),
    )
    def order_to_stop(self, actor, at, words, **facts):
        """An organ that holds the item orders the party to stop (执法线索相互告知工作机制 二（一）)."""
        self.measure("order_to_stop", at, words)

    @step(
        pgettext_lazy("step", "责令改正"),
        source=(S.FILED, S.DECIDED, S.SERVED),
        by=HOLDER,
        certificate=True,
        form=forms.CorrectForm,
        gates=(gates.may_order,),
        documents=("order_to_correct",),
    )
    def order_to_correct(self, actor, **facts):
        """The party is ordered to correct the violation by a day; it needs power over the item."""

    @step(
        pgettext_lazy("step", "固定证据"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.MeasureForm,
        rules=("NW-2.6",),
    )
    def secure_evidence(self, actor, at, words, **facts):
        """The evidence of an ongoing violation is fixed."""
        self.measure("secure_evidence", at, words)

    @step(
        pgettext_lazy("step", "登记涉案物品"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.PropertyForm,
        gates=(gates.proceeds_named,),
        rules=("NW-1.11", "NW-1.12"),
    )
    def list_property(self, actor, **facts):
        """Property is listed truthfully: kept, disposed of in advance, with proceeds (案件移送制度 三（五）（六）)."""
        self.properties.create(**facts)

    @step(
        pgettext_lazy("step", "先行登记保存"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.PreserveForm,
        starts=(PRESERVE.since("preserved_at"),),
        only=Kind("preserved_at", None),
    )
    def preserve(self, actor, at, words, **facts):
        """Evidence that may be lost is registered; a decision is due in seven days (行政处罚法 art. 56)."""
        self.preserved_at = at
        self.measure("preserve", at, words)

    @step(
        pgettext_lazy("step", "处理登记保存的证据"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
        stops=(PRESERVE,),
        only=Kind("preservation_open", True),
    )
    def decide_preservation(self, actor, **facts):
        """What becomes of the preserved evidence."""
        self.preservation_decided_at = self.act.moment

    @step(
        pgettext_lazy("step", "告知有管辖权的单位"),
        source=IN_HAND,
        by=HOLDER,
        roles=CLERKS,
        form=forms.TellOngoingForm,
        gates=(gates.told_another_organ, gates.told_after_the_discovery),
        lets_in=(NOTIFIED,),
        stops=(NOTIFY,),
        starts=(DISPATCH.since("told_at"),),
        documents=("ongoing_notice",),
        tells=(NOTIFIED,),
        only=Kind("answer_open", False),
        rules=("NW-1.5", "NW-2.7"),
    )
    def tell_ongoing(self, actor, notified, at, **facts):
        """An ongoing violation is told to the competent organ, with a notice that must be answered."""
        self.notified, self.told_at = notified, at
        self.forget_the_last_answer()

    @step(
        pgettext_lazy("step", "登记派员"),
        source=IN_HAND,
        by=NOTIFIED,
        roles=ANSWERING,
        behalf=True,
        form=forms.AtForm,
        stops=(DISPATCH,),
        tells=(HOLDER,),
        only=Kind("dispatch_open", True),
    )
    def dispatch(self, actor, at, **facts):
        """The organ that was told sends officers."""
        self.dispatched_at = at

    @step(
        pgettext_lazy("step", "登记到场"),
        source=IN_HAND,
        by=NOTIFIED,
        roles=ANSWERING,
        behalf=True,
        form=forms.AtForm,
        tells=(HOLDER,),
        only=Kind("arrival_open", True),
    )
    def arrive(self, actor, at, **facts):
        """Its officers are on the spot."""
        self.arrived_at = at

    @step(
        pgettext_lazy("step", "登记已制止"),
        source=IN_HAND,
        by=(HOLDER, NOTIFIED),
        roles=ANSWERING,
        form=forms.AtForm,
        stops=(DISPATCH,),
        tells=(HOLDER, NOTIFIED),
        only=Kind("answer_open", True),
    )
    def record_stopped(self, actor, at, **facts):
        """The violation has stopped."""
        self.notice_ended_at = at

    @step(
        pgettext_lazy("step", "拒绝派员"),
        source=IN_HAND,
        by=NOTIFIED,
        roles=ANSWERING,
        behalf=True,
        form=forms.RefuseDispatchForm,
        stops=(DISPATCH,),
        tells=(HOLDER,),
        only=Kind("refusal_open", True),
        aside=True,
        rules=("NW-3.53",),
    )
    def refuse_dispatch(self, actor, reason="", **facts):
        """The organ that was told will not come, with reasons or without, and says so once; the finder then reports."""
        self.refused_at, self.refusal_reason = self.act.moment, reason

    @step(
        pgettext_lazy("step", "向县人民政府报告"),
        source=IN_HAND,
        by=HOLDER,
        roles=SIGNING,
        form=forms.ReportForm,
        gates=(gates.there_is_a_government,),
        lets_in=(GOVERNMENT,),
        documents=("report_to_government",),
        tells=(Tell(GOVERNMENT, Role.SUPERVISOR, Level.REPORT), HOLDER),
        only=Kind("report_open", True),
        rules=("NW-3.53",),
    )
    def report_to_government(self, actor, **facts):
        """Refused, or stopping failed: a report in file format to the county's government, which is let in and told;
        whoever signs it takes the step."""
        self.reported_at, self.reported_to = self.act.moment, (county_government(self.county_id).pk,)

    @step(
        pgettext_lazy("step", "变更紧急程度"),
        source=IN_HAND,
        by=HOLDER,
        certificate=True,
        form=forms.ReclassifyForm,
        gates=(gates.category_of_major,),
        rules=("NW-2.5",),
    )
    def reclassify(self, actor, urgency, category="", **facts):
        """Another urgency: running limits end as replaced, others start from the same moment."""
        self.urgency, self.category = urgency, category
        self.act.book.reclassify()

    @step(
        pgettext_lazy("step", "补正执法事项"),
        source=UNDECIDED,
        by=HOLDER,
        certificate=True,
        form=forms.ItemForm,
        rules=("NW-1.3",),
    )
    def choose_item(self, actor, item, **facts):
        """The item is settled or corrected; limits that depend on it are replaced."""
        self.item = item
        self.suggest()
        self.act.book.reclassify()

    @step(
        pgettext_lazy("step", "记录划转前事项协商"),
        source=IN_HAND,
        by=HOLDER,
        form=forms.ConsultForm,
        only=Kind("before_devolution", True),
        rules=("NW-1.16",),
    )
    def consult_legacy(self, actor, at, **facts):
        """A matter from before the devolution: the township is consulted before any transfer (四（十）)."""
        self.legacy_consulted_at = at

    @step(pgettext_lazy("step", "事先告知"), source=S.FILED, by=HOLDER, certificate=True, form=forms.MeasureForm)
    def announce(self, actor, at, words, **facts):
        """Facts, reasons and basis are told to the party before the decision."""
        self.measure("announce", at, words)

    @step(
        pgettext_lazy("step", "记录陈述申辩或听证"), source=S.FILED, by=HOLDER, certificate=True, form=forms.MeasureForm
    )
    def hear_party(self, actor, at, words, **facts):
        """What the party said in its defence, or at a hearing."""
        self.measure("hear_party", at, words)

    @step(
        pgettext_lazy("step", "提交法制审核"),
        source=S.FILED,
        target=S.LEGAL_REVIEW,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
        tells=(Tell(HOLDER, Role.LEGAL_REVIEWER),),
        rules=("LAW-8",),
    )
    def ask_legal_review(self, actor, **facts):
        """A major decision goes to the legal reviewer."""
        self.review_asked_by = actor.user

    @step(
        pgettext_lazy("step", "法制审核通过"),
        source=S.LEGAL_REVIEW,
        target=S.FILED,
        by=HOLDER,
        roles=(Role.LEGAL_REVIEWER,),
        not_by="review_asked_by",
        documents=("legal_review_opinion",),
        form=forms.ReasonForm,
        tells=(HOLDER,),
        primary=True,
        rules=("LAW-8",),
    )
    def pass_review(self, actor, **facts):
        """The reviewer finds the decision lawful (行政处罚法 art. 58)."""
        self.review_passed_at = self.act.moment

    @step(
        pgettext_lazy("step", "法制审核退回"),
        source=S.LEGAL_REVIEW,
        target=S.FILED,
        by=HOLDER,
        roles=(Role.LEGAL_REVIEWER,),
        not_by="review_asked_by",
        documents=("legal_review_opinion",),
        form=forms.ReasonForm,
        tells=(HOLDER,),
        aside=True,
        rules=("LAW-8",),
    )
    def return_review(self, actor, **facts):
        """The reviewer sends it back with an opinion."""

    @step(
        pgettext_lazy("step", "中止调查"),
        source=S.FILED,
        target=S.SUSPENDED,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
        gates=(gates.goes_on_in_dispute,),
        aside=True,
    )
    def suspend(self, actor, **facts):
        """The investigation rests; no limit stops, unless a clause says so."""

    @step(
        pgettext_lazy("step", "恢复调查"),
        source=S.SUSPENDED,
        target=S.FILED,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
        primary=True,
    )
    def resume(self, actor, **facts):
        """The investigation goes on."""

    @step(
        pgettext_lazy("step", "作出决定"),
        source=S.FILED,
        target=S.DECIDED,
        by=HOLDER,
        certificate=True,
        form=forms.DecideForm,
        gates=(gates.decision_not_kept_above, gates.reviewed_where_needed, gates.no_open_criminal_line),
        stops=(DECIDE,),
        starts=(SERVE.since("decided_at"), SHARE.since("decided_at")),
        primary=True,
        rules=("LAW-8", "LAW-9", "LAW-10", "NW-4.22", "NW-3.46"),
    )
    def decide(self, actor, decision_number, decision, **facts):
        """The decision, within ninety days of filing (行政处罚法 art. 60). Others are owed to know of it on the day on
        which it was formed, whether or not anybody writes its record (执法信息共享工作机制 三（三）)."""
        self.decided_at, self.decision_number, self.decision = self.act.moment, decision_number, decision

    @step(
        pgettext_lazy("step", "送达决定书"),
        source=S.DECIDED,
        target=S.SERVED,
        by=HOLDER,
        certificate=True,
        form=forms.AtForm,
        stops=(SERVE,),
        primary=True,
        rules=("LAW-10",),
    )
    def serve_decision(self, actor, at, **facts):
        """The decision reaches the party (行政处罚法 art. 61)."""
        self.decision_served_at = at

    @step(
        pgettext_lazy("step", "记录执行完毕"),
        source=(S.SERVED, S.COURT),
        target=S.EXECUTED,
        by=HOLDER,
        certificate=True,
        form=forms.AtForm,
        primary=True,
    )
    def record_execution(self, actor, at, **facts):
        """The decision is performed."""
        self.executed_at = at

    @step(
        pgettext_lazy("step", "申请法院强制执行"),
        source=S.SERVED,
        target=S.COURT,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
    )
    def apply_to_court(self, actor, **facts):
        """The party does not perform: the court is asked."""

    @step(
        pgettext_lazy("step", "结案"),
        source=(S.EXECUTED, S.NOT_FILED),
        target=S.CLOSED,
        by=HOLDER,
        certificate=True,
        form=forms.ReasonForm,
        gates=(gates.no_open_criminal_line,),
        closes=True,
        primary=True,
    )
    def close(self, actor, **facts):
        """The case is at its end."""

    @step(
        pgettext_lazy("step", "归档"),
        source=(S.CLOSED, S.TRANSFERRED),
        target=S.ARCHIVED,
        by=HOLDER,
        roles=CLERKS,
        form=forms.AtForm,
        rules=("NW-1.14",),
    )
    def archive(self, actor, at, **facts):
        """The file is kept by the organ that handled it (案件移送制度 四（八）)."""
        self.archived_at = at

    @step(
        pgettext_lazy("step", "报上级处理"),
        source=UNDECIDED,
        target=S.PASSED_UP,
        by=HOLDER,
        roles=(Role.OFFICER, Role.APPROVER),
        form=forms.ReasonForm,
        gates=(gates.goes_on_in_dispute,),
        stops=(VERIFY, FILE, DECIDE),
        closes=True,
        aside=True,
    )
    def pass_up(self, actor, **facts):
        """The decision belongs to a higher organ."""

    @step(pgettext_lazy("step", "登记共享处罚决定"), source=tuple(S), rules=("NW-4.22", "NW-3.46"))
    def share_decision(self, actor, **facts):
        """Caused by the record of the decision: the duty to share goes over to it."""
        self.act.book.stop(SHARE, Clock.State.MOVED)

    @step(pgettext_lazy("step", "起草移送"), source=UNDECIDED, gates=(gates.settled_before_it_is_sent,))
    def refer(self, actor, **facts):
        """Caused by a referral's draft: the sending clock goes over to it."""
        self.act.book.stop(SENDING, Clock.State.MOVED)

    @step(pgettext_lazy("step", "撤回移送，时限继续"), source=IN_HAND, starts=(SENDING.since("competence_found_at"),))
    def resume_sending(self, actor, **facts):
        """Caused by a referral withdrawn before service: the duty was never met, its clock was never new."""

    @step(pgettext_lazy("step", "全案移送完成"), source=MAY_PASS, target=S.TRANSFERRED, closes=True)
    def hand_over(self, actor, **facts):
        """Caused by the completed handover of the whole case: the duty has passed; once more to a designated organ."""

    @step(pgettext_lazy("step", "移送退回，重新办理"), source=OVER, target=S.VERIFYING, rules=("LAW-7",))
    def reopen(self, actor, competent_organ=None, reason="", designated=False, **facts):
        """Caused by a referral taken back: the case was over here and is open again; as one's own it is to be decided
        whether to file it."""
        self.closed_at, self.designated = None, designated
        if competent_organ:
            self.send_again(competent_organ, reason)
        else:
            self.act.book.start(FILE.since("verified_at"), since=self.act.moment)

    @step(pgettext_lazy("step", "移送退回，继续办理"), source=tuple(stage for stage in S if stage not in OVER))
    def come_back(self, actor, competent_organ=None, reason="", designated=False, **facts):
        """Caused by a referral taken back: the case goes on where it stands; if it is still another's, the limit
        starts anew, else, before its filing, that of deciding on it."""
        self.designated = designated
        if competent_organ:
            self.send_again(competent_organ, reason)
        elif self.stage in BEFORE_FILING and not self.act.book.of(FILE):
            self.act.book.start(FILE.since("verified_at"), since=self.act.moment)

    @step(pgettext_lazy("step", "启动涉嫌犯罪移送"), source=MAY_BE_CRIMINAL, rules=("LAW-5", "LAW-18", "NW-3.64"))
    def open_criminal(self, actor, **facts):
        """Caused by a criminal transfer: no decision and no closing by a fine until it is over (国令310 art. 11)."""
        self.criminal_open = True

    @step(pgettext_lazy("step", "涉嫌犯罪移送终结"), source=tuple(S), tells=(HOLDER,), rules=("LAW-5",))
    def end_criminal(self, actor, **facts):
        """Caused by the end of a criminal transfer, whichever it is: the case goes on where it stands."""
        self.criminal_open = False

    @step(
        pgettext_lazy("step", "协助意见入卷"),
        source=tuple(S),
        form=forms.OpinionForm,
        tells=(HOLDER,),
        rules=("NW-3.57",),
    )
    def take_opinion(self, actor, materials, **facts):
        """Caused by an answer to a request for assistance: opinion and evidence lie in this file, to be reviewed."""
        self.act.carry_materials(materials)

    @step(
        pgettext_lazy("step", "移送证据入卷"),
        source=TO_DECIDE,
        form=forms.EvidenceForm,
        tells=(HOLDER,),
        rules=("NW-1.21",),
    )
    def take_evidence(self, actor, materials, **facts):
        """Caused by the referral that this case was filed on: evidence of its sender that has passed the review."""
        self.act.carry_materials(materials)

    @step(
        pgettext_lazy("step", "进入争议处理"),
        source=UNDECIDED,
        gates=(gates.not_yet_referred,),
        lets_in=(COMPETENT,),
        tells=(HOLDER, COMPETENT),
        only=Kind("disputable", True),
        rules=("LAW-3", "NW-3.61", "QX-5.5"),
    )
    def enter_dispute(self, actor, **facts):
        """Caused by a dispute about whose the case is: no clock stops, and whoever bears it goes on."""
        self.in_dispute = True

    @step(pgettext_lazy("step", "争议申请撤回"), source=tuple(S), tells=(HOLDER, COMPETENT))
    def leave_dispute(self, actor, **facts):
        """Caused by a dispute that its applicant gives up: everything has run on."""
        self.in_dispute = False

    show_to_body = showing(S)

    @step(
        pgettext_lazy("step", "执行争议处理结果"),
        source=tuple(S),
        form=forms.AbideForm,
        tells=(HOLDER, COMPETENT),
        rules=("LAW-3", "NW-1.19", "NW-3.62"),
    )
    def abide_by(self, actor, outcome, words, designated=None, **facts):
        """Caused by what the dispute has come to: the holder's own, or another's, to whom it is now sent."""
        self.settle_whose(outcome, designated, words)
