"""督办 / 行政执法监督意见 / 责令限期整改: one matter, one paper, one authority, answered and verified.

draft → issued → answered → verified → closed. Beside it: returned for more, extended, revoked; whoever led is held
responsible on the record. The day of the answer is set by the paper itself.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, Tell, step, when
from coordination.kernel.steps.declare import Kind
from supervision import forms, gates
from supervision.words import Paper

ISSUER = Side("issuer", "issuer", _("发文机关"))
SUPERVISED = Side("supervised", "supervised", _("被督办单位"))

ANSWER = Limit("supervision.answer", _("反馈办理结果"), SUPERVISED, facts=("paper",))
VERIFY = Limit("supervision.verify", _("核实反馈结果"), ISSUER)

SIGNERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
STAFF = (Role.SUPERVISOR, Role.OFFICER, Role.LIAISON)
ANSWERERS = (Role.OFFICER, Role.LIAISON, Role.REGISTRY, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
#: The further flows of an app.
SECOND = {"referrals": ("criminal",), "infosharing": ("breaches", "claims"), "jointops": ("meetings",)}
#: Every workflow of this installation but this one; a suspected crime is followed up like any other matter.
ANY_MATTER = tuple(kind for app in settings.WORKFLOWS for kind in (app, *SECOND.get(app, ())) if app != "supervision")


class Stage(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("stage", "草拟")
    ISSUED = "issued", pgettext_lazy("stage", "已发出")
    ANSWERED = "answered", pgettext_lazy("stage", "已反馈，待核实")
    RETURNED = "returned", pgettext_lazy("stage", "退回补办")
    VERIFIED = "verified", pgettext_lazy("stage", "已核实")
    CLOSED = "closed", pgettext_lazy("stage", "已结案")
    REVOKED = "revoked", pgettext_lazy("stage", "已撤销")


S = Stage
WITH_THEM = (S.ISSUED, S.RETURNED)
SENT = (*WITH_THEM, S.ANSWERED, S.VERIFIED)


class OrderFlow(Flow):
    """The steps of an order."""

    KIND = "supervision"
    NUMBER_MARK = "督"
    SIDES = (ISSUER, SUPERVISED)
    PROGRESS = (S.DRAFT, S.ISSUED, S.ANSWERED, S.VERIFIED, S.CLOSED)
    UNTOLD = (S.DRAFT,)
    OPENS_FROM = ANY_MATTER
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    LINKS = {"order": (_("由此督办"), _("督办事项"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "起草督办（监督、整改）文书"),
        source="",
        target=S.DRAFT,
        roles=STAFF,
        form=forms.DraftForm,
        gates=(
            gates.paper_of_own_authority,
            gates.addressed_to_another,
            gates.takes_part,
            gates.breach_of_sharing,
            gates.in_charge_of_the_item,
            gates.rule_named,
            gates.day_to_come,
        ),
        lets_in=(ISSUER,),
        tells=(
            Tell(ISSUER, Role.APPROVER),
            Tell(ISSUER, Role.LEADER_IN_CHARGE),
            Tell(ISSUER, Role.PRINCIPAL_HEAD),
        ),
        help=_(
            "督办通知书由政府或其指定单位发出，监督意见书由司法局发出，违反信息共享规定的由业务主管部门责令限期整改，"
            "三者不混用。"
        ),
        rules=("LAW-23", "LAW-24", "NW-3.71", "NW-4.27", "LX-3.6"),
    )
    def draft(self, actor, **facts):
        """Which papers an organ may draft follows from what it is, and for the government's delegate from a row."""
        self.take(facts)
        self.issuer, self.drafted_by = actor.organ, actor.user
        self.take_authority()
        if self.about_id:
            self.act.link(self.about_id, None, "order")

    @step(
        pgettext_lazy("step", "修改文书"),
        source=S.DRAFT,
        by=ISSUER,
        roles=STAFF,
        form=forms.ReviseForm,
        gates=(
            gates.addressed_to_another,
            gates.takes_part,
            gates.breach_of_sharing,
            gates.rule_named,
            gates.day_to_come,
        ),
    )
    def revise(self, actor, **facts):
        """The draft is bettered."""
        self.take(facts)

    @step(
        pgettext_lazy("step", "签发"),
        source=S.DRAFT,
        target=S.ISSUED,
        by=ISSUER,
        roles=SIGNERS,
        not_by="drafted_by",
        form=forms.IssueForm,
        gates=(gates.paper_of_own_authority, gates.breach_of_sharing, gates.day_to_come),
        documents=(
            when(Kind("paper", Paper.FOLLOW_UP), "follow_up_order"),
            when(Kind("paper", Paper.OPINION), "supervision_opinion"),
            when(Kind("paper", Paper.RECTIFICATION), "rectification_order"),
            when(Kind("paper", Paper.RAISED_REVIEW), "raised_review_notice"),
        ),
        lets_in=(SUPERVISED,),
        tells=(SUPERVISED, Tell(ISSUER, Role.SUPERVISOR)),
        primary=True,
        rules=("LAW-23", "LAW-24", "NW-4.27", "NW-3.70", "LX-3.7"),
    )
    def issue(self, actor, **facts):
        """The head signs; nobody signs what he drafted. The day of the answer is the one that the paper names."""
        self.signed_by, self.issued_at = actor.user, self.act.moment
        self.freeze_trace()
        self.ask_answer()

    @step(
        pgettext_lazy("step", "反馈办理结果"),
        source=WITH_THEM,
        target=S.ANSWERED,
        by=SUPERVISED,
        roles=ANSWERERS,
        behalf=True,
        form=forms.AnswerForm,
        gates=(gates.done_meanwhile,),
        stops=(ANSWER,),
        starts=(VERIFY.since("answered_at"),),
        tells=(Tell(ISSUER, Role.SUPERVISOR), Tell(ISSUER, Role.OFFICER), Tell(ISSUER, Role.LIAISON)),
        primary=True,
        rules=("NW-4.27",),
    )
    def reply(self, actor, answer, **facts):
        """What was done, in writing, to whoever ordered it."""
        self.answer, self.answered_at = answer, self.act.moment

    @step(
        pgettext_lazy("step", "核实"),
        source=S.ANSWERED,
        target=S.VERIFIED,
        by=ISSUER,
        roles=STAFF,
        form=forms.VerifyForm,
        stops=(VERIFY,),
        tells=(SUPERVISED,),
        primary=True,
    )
    def confirm(self, actor, grade, **facts):
        """Whoever ordered it looks whether it was done."""
        self.grade, self.verified_at = grade, self.act.moment

    @step(
        pgettext_lazy("step", "退回补办"),
        source=S.ANSWERED,
        target=S.RETURNED,
        by=ISSUER,
        roles=STAFF,
        form=forms.AgainForm,
        gates=(gates.day_to_come,),
        stops=(VERIFY,),
        tells=(SUPERVISED,),
        aside=True,
    )
    def ask_more(self, actor, answer_by, **facts):
        """Not yet done: what is missing, and until when."""
        self.answer_by, self.returned = answer_by, self.returned + 1
        self.ask_answer()

    @step(
        pgettext_lazy("step", "延长反馈期限"),
        source=WITH_THEM,
        by=ISSUER,
        roles=STAFF,
        form=forms.ExtendForm,
        gates=(gates.later_than_before,),
        tells=(SUPERVISED,),
        aside=True,
    )
    def grant_time(self, actor, reason, answer_by, **facts):
        """A ground and a definite later day, before the first one has passed."""
        self.act.book.extend(ANSWER, self.act.book.end_of(answer_by), reason)
        self.answer_by = answer_by

    @step(
        pgettext_lazy("step", "登记责任追究"),
        source=SENT,
        by=ISSUER,
        roles=STAFF,
        form=forms.AccountForm,
        gates=(gates.leader_of_theirs,),
        tells=(Tell(SUPERVISED, Role.PRINCIPAL_HEAD),),
        aside=True,
        rules=("NW-2.20", "NW-3.70", "NW-4.27"),
    )
    def hold_to_account(self, actor, **facts):
        """Facts, the leader responsible, what it came to. No ranking, no points."""
        self.accountabilities.create(by=actor.user, at=self.act.moment, **facts)

    @step(
        pgettext_lazy("step", "督办结案"),
        source=S.VERIFIED,
        target=S.CLOSED,
        by=ISSUER,
        roles=STAFF,
        form=forms.CloseForm,
        tells=(SUPERVISED,),
        closes=True,
        primary=True,
    )
    def close(self, actor, **facts):
        """Verified, and nothing left to follow up."""

    @step(
        pgettext_lazy("step", "撤销文书"),
        source=(S.DRAFT, *WITH_THEM),
        target=S.REVOKED,
        by=ISSUER,
        roles=(*STAFF, *SIGNERS),
        form=forms.ReasonForm,
        tells=(when(Kind("sent", True), SUPERVISED),),
        closes=True,
        aside=True,
    )
    def revoke(self, actor, **facts):
        """Issued or drafted without need: with the reason, on the record; whoever has the paper is told."""
