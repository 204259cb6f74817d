"""投诉 / 举报 / 信访: somebody tells an organ of a violation; whoever was asked answers for it till it is handed over.

registered → verifying → in hand (each item by a route of its own) → told → concluded → archived.
An item is answered, becomes a case of one's own, is transferred (a case found to be another's, and its referral), or
the complainant is sent to the competent township and the township is told. Two duties end each item: the complainant
is told, and the organ that passed it on.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE

from cases.models import Case
from complaints import forms, gates, timely
from complaints.routing import case_facts
from complaints.words import Finding, Route, State
from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, step, when
from coordination.kernel.steps.declare import Kind

ASKED = Side("asked", "asked", _("首问（首办）单位"))
RECEIVERS = Group("receivers", "receivers", _("接办单位"))
TELLERS = Group("tellers", "tellers", _("告知单位"))
RECORDER = Side("recorder", "recorder", _("代为记录单位"), records=True)

ACCEPT = Limit("complaints.accept", _("受理投诉举报"), ASKED, facts=("channel", "sector"))
MARKET = Limit("complaints.market_accept", _("决定是否受理市场监管投诉"), ASKED)
RECEIPT = Limit("complaints.petition_receipt", _("书面告知信访人"), ASKED)
OBJECTION = Limit("complaints.petition_object", _("对转送、交办的信访事项提出异议"), ASKED)
ROUTE = Limit("complaints.route", _("核实并确定办理方式"), ASKED, facts=("channel", "sector"))
TRANSFER_WORD = Limit("complaints.tell_transfer", _("告知投诉举报人移送情况"), ASKED)
TAKE_UP = Limit("complaints.take_up", _("受理转来的投诉举报"), RECEIVERS)
FILING_WORD = Limit("complaints.tell_filing", _("告知举报人是否立案"), ASKED)
TELL = Limit("complaints.tell", _("告知投诉举报人处理结果"), TELLERS, facts=("channel", "sector"))
REPORT_BACK = Limit("complaints.report_back", _("反馈调查处理结果"), RECEIVERS)

#: Whoever bears it, and who records what that organ does where it is off the platform.
BEARERS = (ASKED, RECORDER)
#: To take down a complaint and to speak with whoever made it is no act of enforcement.
CLERKS = (Role.OFFICER, Role.ASSISTANT, Role.REGISTRY, Role.LIAISON, Role.SUPERVISOR)


class Stage(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("stage", "已登记")
    VERIFYING = "verifying", pgettext_lazy("stage", "核实中")
    IN_HAND = "in_hand", pgettext_lazy("stage", "办理中")
    TOLD = "told", pgettext_lazy("stage", "已反馈")
    CONCLUDED = "concluded", pgettext_lazy("stage", "已办结")
    ARCHIVED = "archived", pgettext_lazy("stage", "已归档")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("stage", "不予受理")
    RETURNED = "returned", pgettext_lazy("stage", "已退回转送机关")


S = Stage
OPEN = (S.VERIFYING, S.IN_HAND)
GOING = (S.REGISTERED, S.VERIFYING, S.IN_HAND, S.TOLD)


class ComplaintFlow(Flow):
    """The steps of a complaint."""

    KIND = "complaints"
    NUMBER_MARK = "诉"
    SIDES = (ASKED, RECEIVERS, TELLERS, RECORDER)
    PROGRESS = (S.REGISTERED, S.VERIFYING, S.IN_HAND, S.TOLD, S.CONCLUDED, S.ARCHIVED)
    LINKS = {
        "complaint_case": (_("由此登记的案件"), _("来自投诉举报")),
        "complaint_referral": (_("由此移送"), _("来自投诉举报")),
    }
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "登记投诉举报"),
        source="",
        target=S.REGISTERED,
        roles=CLERKS,
        form=forms.IntakeForm,
        gates=(
            gates.in_own_name,
            gates.category_of_major,
            gates.anonymous_or_named,
            gates.accused_in_an_organ,
            gates.passed_on_by_whom,
        ),
        lets_in=(ASKED, RECORDER),
        starts=(
            ACCEPT.since("received_at"),
            when(Kind("market_complaint", True), MARKET.since("received_at")),
            when(Kind("receipt_owed", True), RECEIPT.since("received_at")),
            when(Kind("assigned_petition", True), OBJECTION.since("received_at")),
        ),
        tells=BEARERS,
        rules=("NW-2.11", "NW-3.24", "NW-3.29", "JH-3.2", "JH-3.7", "QX-2.1", "YY-3.3", "LAW-20", "LAW-22"),
    )
    def register(self, actor, **facts):
        """Written down by the organ asked first, on one page; against that organ itself it goes to the one above it."""
        self.take_down(actor, facts)

    @step(
        pgettext_lazy("step", "受理"),
        source=S.REGISTERED,
        target=S.VERIFYING,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.AcceptForm,
        stops=(ACCEPT, MARKET, OBJECTION),
        starts=(ROUTE.since("accepted_at"),),
        primary=True,
        rules=("NW-2.9", "NW-3.25", "JH-3.3", "QX-2.2", "YY-3.1", "LAW-21"),
    )
    def accept(self, actor, **facts):
        """Taken up promptly; who takes it up handles it from now on."""
        self.accepted_at = self.act.moment
        self.handler = actor.user

    @step(
        pgettext_lazy("step", "书面告知接收情况"),
        source=GOING,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.ReceiptForm,
        gates=(timely.after_receipt,),
        stops=(RECEIPT,),
        only=Kind("receipt_owed", True),
        rules=("LAW-19",),
    )
    def tell_receipt(self, actor, at, **facts):
        """The petitioner is told in writing that it was received and by which way it goes (信访工作条例 art. 23)."""
        self.receipt_told_at = at

    @step(
        pgettext_lazy("step", "不予受理"),
        source=S.REGISTERED,
        target=S.NOT_ACCEPTED,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.DeclineForm,
        gates=(gates.told_unless_unreachable, timely.after_receipt),
        stops=(ACCEPT, MARKET, RECEIPT, OBJECTION),
        closes=True,
        aside=True,
        rules=("LAW-21",),
    )
    def decline(self, actor, **facts):
        """Not to be taken up by any organ, for instance repeated or before the court; the complainant is told why."""

    @step(
        pgettext_lazy("step", "提出异议，退回转送机关"),
        source=S.REGISTERED,
        target=S.RETURNED,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.ReasonForm,
        stops=(ACCEPT, OBJECTION),
        only=Kind("assigned_petition", True),
        closes=True,
        aside=True,
        rules=("LAW-19",),
    )
    def return_assigned(self, actor, **facts):
        """A petition passed on from above that is not this organ's: objection with detailed reasons, in five days."""

    @step(
        pgettext_lazy("step", "直接答复"),
        source=S.VERIFYING,
        target=RETURN_VALUE(*OPEN),
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        serves=(ROUTE,),
        form=forms.AnswerForm,
        gates=(gates.item_is(State.OPEN), gates.handled_without_a_case),
        rules=("NW-3.26", "JH-3.4", "QX-2.3"),
    )
    def answer(self, actor, about, result, finding=Finding.NO_VIOLATION, **facts):
        """Verified, and no violation found, or what is true seen to by an organ that files no case of it: the organ
        asked first answers itself."""
        about.finding = finding or Finding.NO_VIOLATION
        about.take_route(Route.ANSWER, State.RESULTED)
        self.resulted(about, result)
        return self.settle()

    @step(
        pgettext_lazy("step", "本单位立案办理"),
        source=S.VERIFYING,
        target=RETURN_VALUE(*OPEN),
        by=ASKED,
        certificate=True,
        serves=(ROUTE,),
        form=forms.OwnCaseForm,
        gates=(gates.item_is(State.OPEN), gates.item_named, gates.named_apart),
        rules=("NW-2.10", "NW-3.27", "JH-3.5", "QX-2.4", "YY-3.2"),
    )
    def open_case(self, actor, about, **facts):
        """Within one's own powers: it becomes a case, in the hands of the same organ."""
        about.take_route(Route.OWN_CASE, State.IN_HAND)
        self.act.open(Case, "take_complaint", "complaint_case", **case_facts(self, about, facts))
        return self.settle()

    @step(
        pgettext_lazy("step", "登记并准备移送"),
        source=S.VERIFYING,
        target=RETURN_VALUE(*OPEN),
        by=ASKED,
        certificate=True,
        serves=(ROUTE,),
        form=forms.TransferForm,
        gates=(
            gates.item_is(State.OPEN),
            gates.named_apart,
            timely.found_after_receipt,
            gates.to_another_organ,
            gates.never_to_the_accused,
            gates.competence_explained,
            gates.usual_route(Route.TRANSFER),
        ),
        rules=("NW-2.11", "NW-2.12", "NW-3.28", "JH-3.6", "QX-2.5", "QX-2.6", "QX-2.11", "YY-3.4"),
    )
    def transfer(self, actor, about, competent, found_at, choice_reason="", **facts):
        """Another organ's: the lead is registered as such, its letter is drafted from it, and the first responsibility
        stays here until the handover is complete."""
        about.competent, about.choice_reason = competent, choice_reason
        about.take_route(Route.TRANSFER, State.TO_REFER)
        known = case_facts(self, about, facts)
        told = {"competent_organ": competent, "found_at": found_at, "choice_reason": choice_reason}
        self.act.open(Case, "take_foreign_lead", "complaint_case", **(known | told))
        return self.settle()

    @step(
        pgettext_lazy("step", "告知向乡镇反映并告知乡镇"),
        source=S.VERIFYING,
        target=RETURN_VALUE(*OPEN),
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        serves=(ROUTE,),
        form=forms.PassOnForm,
        gates=(
            gates.item_is(State.OPEN),
            timely.after_receipt,
            gates.from_above_to_a_township,
            gates.never_to_the_accused,
            gates.papers_go_along,
            gates.usual_route(Route.PASS_ON),
        ),
        lets_in=(RECEIVERS,),
        documents=(when(Kind("has_contact", True), "complaint_transfer_notice"),),
        tells=(RECEIVERS,),
        only=Kind("asked_above", True),
        rules=(
            "NW-3.29",
            "NW-3.30",
            "NW-3.31",
            "NW-3.32",
            "NW-3.33",
            "JH-3.8",
            "JH-3.9",
            "JH-3.10",
            "JH-3.11",
            "QX-2.7",
            "QX-2.8",
            "QX-2.9",
            "QX-2.10",
        ),
    )
    def pass_on(self, actor, about, competent, at, papers, choice_reason="", **facts):
        """A department's way: the complainant is told which township to go to, and the township at the same time."""
        about.competent, about.choice_reason, about.papers = competent, choice_reason, papers
        about.passed_on_at = at
        about.take_route(Route.PASS_ON, State.PASSED_ON)
        self.hand_responsibility(about, told_only=True)
        self.let_receive(competent)
        self.await_township(competent)
        return self.settle()

    @step(
        pgettext_lazy("step", "接办单位受理"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN),
        by=RECEIVERS,
        roles=CLERKS,
        behalf=True,
        form=forms.TakeUpForm,
        gates=(gates.item_is(State.PASSED_ON), gates.own_item),
        stops=(TAKE_UP,),
        tells=BEARERS,
        only=Kind("waits_for_township", True),
        primary=True,
        rules=("NW-3.31", "JH-3.9", "QX-2.8"),
    )
    def take_up(self, actor, about, **facts):
        """The township that was told takes it up; who does so handles it, until another is named. Where it is recorded
        on its behalf, it names its handler itself."""
        about.handler = None if actor.on_behalf_of else actor.user
        about.move(State.TAKEN)
        self.hand_responsibility(about)
        self.await_township(actor.organ)
        return self.settle()

    @step(
        pgettext_lazy("step", "登记处理结果"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN),
        by=RECEIVERS,
        roles=CLERKS,
        behalf=True,
        form=forms.ResultForm,
        gates=(gates.item_is(State.TAKEN), gates.own_item, gates.passed_on_without_a_letter),
        tells=BEARERS,
        only=Kind("waits_for_result", True),
        primary=True,
        rules=("NW-3.34", "NW-3.35"),
    )
    def record_result(self, actor, about, result, **facts):
        """What the township found and did."""
        self.resulted(about, result)
        return self.settle()

    @step(
        pgettext_lazy("step", "增加反映事项"),
        source=OPEN,
        target=S.VERIFYING,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.AddItemForm,
        rules=("NW-2.11",),
    )
    def add_item(self, actor, words, item=None, **facts):
        """One complaint, several matters: each goes its own way."""
        self.add(words, item)

    @step(
        pgettext_lazy("step", "更换承办人"),
        source=GOING,
        by=ASKED,
        roles=CLERKS,
        form=forms.HandlerForm,
        gates=(gates.handler_is_of_the_organ,),
        rules=("LAW-22",),
    )
    def assign(self, actor, handler, **facts):
        """Who handles it is named: nobody else may look up who complained."""
        self.handler = handler

    @step(
        pgettext_lazy("step", "确定、更换接办承办人"),
        source=(*OPEN, S.TOLD),
        by=RECEIVERS,
        roles=CLERKS,
        behalf=True,
        form=forms.ReceiversHandlerForm,
        gates=(gates.taken_over, gates.own_item, gates.handler_is_of_the_organ),
        only=Kind("taken_by_others", True),
        rules=("NW-2.15", "LAW-22"),
    )
    def name_handler(self, actor, about, handler, **facts):
        """Who signs for an item is not who handles it: the receiver names the one who may look up who complained."""
        about.handler = handler
        about.save()

    @step(
        pgettext_lazy("step", "告知移送情况"),
        source=(*OPEN, S.TOLD),
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.ToldForm,
        gates=(timely.after_transfer,),
        stops=(TRANSFER_WORD,),
        documents=("complaint_transfer_notice",),
        only=Kind("transfer_word_owed", True),
        rules=("NW-2.13", "YY-3.5"),
    )
    def tell_transfer(self, actor, at, **facts):
        """The complainant is told that, when and to whom it has been transferred."""
        self.transfer_told_at = at

    @step(
        pgettext_lazy("step", "告知是否立案"),
        source=(*OPEN, S.TOLD),
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.ToldForm,
        gates=(timely.after_filing_decision,),
        stops=(FILING_WORD,),
        only=Kind("filing_word_owed", True),
        rules=("LAW-21",),
    )
    def tell_filing(self, actor, at, **facts):
        """Who reported under his own name is told of the filing decision (暂行办法 art. 31, till 2026-04-14)."""
        self.filing_told_at = at

    @step(
        pgettext_lazy("step", "告知处理结果"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN, S.TOLD),
        by=TELLERS,
        roles=CLERKS,
        behalf=True,
        form=forms.TellForm,
        gates=(gates.item_is(State.RESULTED), gates.own_word, timely.after_result),
        stops=(TELL,),
        documents=("complaint_result_notice",),
        tells=BEARERS,
        only=Kind("word_owed", True),
        primary=True,
        rules=("NW-2.15", "NW-3.34", "JH-3.12", "QX-2.12", "YY-3.7"),
    )
    def tell_complainant(self, actor, about, way, at, **facts):
        """The organ that handled it tells the complainant; where he asked for secrecy, the organ that he asked."""
        about.told_way, about.told_at = way, at
        return self.word_given(about, actor.organ)

    @step(
        pgettext_lazy("step", "联系方式不详，不能告知"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN, S.TOLD),
        by=TELLERS,
        roles=CLERKS,
        behalf=True,
        form=forms.UnreachableForm,
        gates=(gates.item_is(State.RESULTED), gates.own_word),
        stops=(TELL,),
        tells=BEARERS,
        only=Kind("word_impossible", True),
        primary=True,
        rules=("NW-2.16", "YY-3.8"),
    )
    def note_unreachable(self, actor, about, **facts):
        """The only ground for telling nobody: how to reach the complainant is not known."""
        return self.word_given(about, actor.organ, State.UNREACHABLE)

    @step(
        pgettext_lazy("step", "反馈告知单位"),
        source=(*OPEN, S.TOLD),
        by=RECEIVERS,
        roles=CLERKS,
        behalf=True,
        form=forms.ReportBackForm,
        gates=(gates.result_is_there, gates.own_item),
        stops=(REPORT_BACK,),
        documents=("complaint_feedback",),
        tells=BEARERS,
        only=Kind("report_owed", True),
        rules=("NW-2.14", "NW-3.35", "JH-3.13", "QX-2.13", "YY-3.6"),
    )
    def report_back(self, actor, about, **facts):
        """The result goes back to the department that told the township."""
        about.reported_at = self.act.moment
        about.save()
        self.await_report(actor.organ)
        self.settle()

    @step(
        pgettext_lazy("step", "移送进展"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN),
        form=forms.FollowForm,
        lets_in=(RECEIVERS,),
        tells=BEARERS,
        rules=("NW-2.8", "QX-2.6", "QX-2.11", "NW-3.71"),
    )
    def follow(self, actor, about, state="", **facts):
        """Caused by the item's referral: sent, handed over, in dispute, taken back, with a result."""
        about.read_under(self)
        self.follow_referral(about, State(state), facts)
        return self.settle()

    @step(
        pgettext_lazy("step", "案件已有结果"),
        source=OPEN,
        target=RETURN_VALUE(*OPEN),
        form=forms.FollowForm,
        tells=BEARERS,
        rules=("NW-2.15", "NW-3.34"),
    )
    def follow_case(self, actor, about, result="", **facts):
        """Caused by the end of the organ's own case."""
        about.read_under(self)
        self.resulted(about, result)
        return self.settle()

    @step(
        pgettext_lazy("step", "已作出是否立案决定"),
        source=OPEN,
        starts=(FILING_WORD.since("filing_decided_at"),),
        tells=BEARERS,
        rules=("LAW-21",),
    )
    def note_filing(self, actor, **facts):
        """Caused by the filing decision on a market report made under one's own name."""
        self.filing_decided_at, self.filing_told_at = self.act.moment, None

    @step(
        pgettext_lazy("step", "办结"),
        source=S.TOLD,
        target=S.CONCLUDED,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        gates=(gates.nothing_owed,),
        closes=True,
        primary=True,
        rules=("NW-2.8",),
    )
    def conclude(self, actor, **facts):
        """Every item has its result, and whoever had to be told has been told: the complainant and who passed it on."""

    @step(
        pgettext_lazy("step", "归档"),
        source=S.CONCLUDED,
        target=S.ARCHIVED,
        by=ASKED,
        roles=CLERKS,
        behalf=True,
        form=forms.ArchiveForm,
        gates=(timely.after_conclusion,),
    )
    def archive(self, actor, at, **facts):
        """The file is put away by the organ that was asked."""
        self.archived_at = at
