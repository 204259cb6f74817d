"""信息共享: what one organ knows and another needs, shared with review, consent and a log.

formed → reviewed (→ right holder asked → consented) → shared → corrected | withdrawn; or not shared, with reasons.
What is shared lies in versions (infosharing/versions.py), never in the journal: a correction is a new version, a
withdrawal hides the content and leaves the record. Beside it: the report through the “互联网+监管” platform.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Organ, Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, Tell, step, when
from coordination.kernel.steps.declare import Kind
from infosharing import forms, gates
from infosharing.erasing import blot_out

PROVIDER = Side("provider", "provider", _("提供单位"))
RECIPIENTS = Group("recipient", "recipients", _("使用单位"))
#: Those of the recipients who have still to sign for what they were told.
AWAITED = Group("awaited", "awaited", _("待签收单位"))

SHARE = Limit("infosharing.share", _("共享执法信息"), PROVIDER, facts=("kind",))
OPINION = Limit("infosharing.opinion", _("征求权利人意见"), PROVIDER)
REPORT = Limit("infosharing.report", _("通过“互联网+监管”平台上报"), PROVIDER, facts=("kind", "correction"))
ACKNOWLEDGE = Limit("infosharing.acknowledge", _("签收并知悉"), AWAITED, facts=("kind",))

CLERKS = (Role.OFFICER, Role.LIAISON, Role.REGISTRY, Role.RESPONSIBLE_PERSON)
REVIEWERS = (*CLERKS, Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


class Stage(models.TextChoices):
    FORMED = "formed", pgettext_lazy("stage", "已形成")
    REVIEWED = "reviewed", pgettext_lazy("stage", "已审查")
    ASKED = "asked", pgettext_lazy("stage", "征求意见中")
    CONSENTED = "consented", pgettext_lazy("stage", "权利人已同意")
    SHARED = "shared", pgettext_lazy("stage", "已共享")
    CORRECTED = "corrected", pgettext_lazy("stage", "已更正")
    NOT_SHARED = "not_shared", pgettext_lazy("stage", "不予共享")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "已撤回")


S = Stage
UNSHARED = (S.FORMED, S.REVIEWED, S.ASKED, S.CONSENTED)
OUT = (S.SHARED, S.CORRECTED)


class SharingFlow(Flow):
    """The steps of a shared record."""

    KIND = "infosharing"
    NUMBER_MARK = "享"
    SIDES = (PROVIDER, RECIPIENTS, AWAITED)
    PROGRESS = (S.FORMED, S.REVIEWED, S.SHARED)
    UNTOLD = (*UNSHARED, S.NOT_SHARED)
    OPENS_FROM = ("cases",)
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    TAKES_OVER = (SHARE.key,)
    CHOSEN_FIRST = ("content_class",)
    LINKS = {"shared_record": (_("由此共享"), _("信息来自"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "登记共享信息"),
        source="",
        target=S.FORMED,
        roles=CLERKS,
        form=forms.RecordForm,
        gates=(
            gates.no_state_secret,
            gates.in_own_name,
            gates.formed_already,
            gates.facts_of_the_class,
            gates.days_in_order,
            gates.nobody_named,
            gates.to_others,
            gates.to_one_in_charge,
            gates.own_case,
            gates.not_shared_before,
        ),
        lets_in=(PROVIDER,),
        starts=(SHARE.since("formed_at"), when(Kind("to_report", True), REPORT.since("formed_at"))),
        rules=("NW-3.36", "NW-4.2", "NW-4.13", "NW-4.22", "NW-3.46", "NW-4.33", "JH-4.1", "QX-6.1"),
    )
    def record(self, actor, **facts):
        """What was formed today is written down once, in the facts of its class; whoever provides answers for it."""
        self.take(actor, facts)

    @step(
        pgettext_lazy("step", "修改"),
        source=S.FORMED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.ReviseForm,
        gates=(gates.no_state_secret, gates.facts_of_the_class, gates.days_in_order, gates.nobody_named),
        aside=True,
    )
    def revise(self, actor, reason="", **facts):
        """Before the review the record is bettered; what stood before stays a version."""
        self.restrict(facts["secret"])
        self.write(facts, reason)

    @step(
        pgettext_lazy("step", "延长共享期限"),
        source=UNSHARED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.ExtendForm,
        gates=(gates.within_the_cap,),
        aside=True,
        rules=("NW-3.47", "NW-4.22", "JH-4.12", "QX-6.12"),
    )
    def extend(self, actor, until, ground, **facts):
        """Collecting or sorting takes longer: a ground and a definite day, told before the time is over."""
        self.act.book.extend(SHARE, self.act.book.end_of(until), ground)

    @step(
        pgettext_lazy("step", "审查通过"),
        source=S.FORMED,
        target=S.REVIEWED,
        by=PROVIDER,
        roles=REVIEWERS,
        not_by="recorded_by",
        form=forms.ReviewForm,
        gates=(gates.no_state_secret, gates.found_accurate),
        serves=(SHARE,),
        tells=(Tell(PROVIDER, Role.LIAISON),),
        primary=True,
        rules=("NW-4.32", "NW-4.33", "NW-4.25"),
    )
    def review(self, actor, secret, **facts):
        """Another person of the provider finds it true and fit to be shared, and whether anything in it is secret."""
        self.restrict(secret)
        self.reviewed_by, self.reviewed_at = actor.user, self.act.moment

    @step(
        pgettext_lazy("step", "征求权利人意见"),
        source=S.REVIEWED,
        target=S.ASKED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.AskForm,
        gates=(gates.reply_day_to_come, gates.readers_named, gates.nobody_named),
        serves=(SHARE,),
        documents=("opinion_request",),
        only=Kind("needs_consent", True),
        primary=True,
        rules=("NW-4.26",),
    )
    def ask_right_holder(self, actor, reply_by, **facts):
        """Trade secret or privacy: the right holder is asked in writing, with a day by which to answer."""
        self.asked_at, self.reply_by = self.act.moment, reply_by
        self.ask(**facts)
        self.wait_for_answer()
        named = {"until": self.act.book.end_of(reply_by), "ground": gates.in_law_language(gates.REPLY_DAY)}
        self.act.book.start(OPINION.since("asked_at"), **named)

    @step(
        pgettext_lazy("step", "期满未答复，不予共享"),
        source=S.ASKED,
        target=S.NOT_SHARED,
        by=PROVIDER,
        roles=CLERKS,
        stops=(OPINION, SHARE),
        only=Kind("reply_over", True),
        closes=True,
        primary=True,
        rules=("NW-4.26",),
    )
    def close_unanswered(self, actor, **facts):
        """Silence past the day is no consent: this is offered first then; it ends the waiting for an answer."""
        self.opinion, self.not_shared_because = "silent", gates.in_law_language(gates.SILENCE)

    @step(
        pgettext_lazy("step", "登记权利人同意"),
        source=S.ASKED,
        target=S.CONSENTED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.ConsentForm,
        gates=(gates.answered_in_time, gates.consent_on_paper),
        stops=(OPINION,),
        serves=(SHARE,),
        primary=True,
        rules=("NW-4.26",),
    )
    def record_consent(self, actor, answered_on=None, **facts):
        """The right holder agrees in writing: the reply slip is kept. What came in time may be recorded after the day,
        until it is on record that nothing came."""
        self.hear("agreed", answered_on)

    @step(
        pgettext_lazy("step", "权利人不同意，不予共享"),
        source=S.ASKED,
        target=S.NOT_SHARED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.RefusedForm,
        gates=(gates.answered_in_time, gates.late_record_on_paper),
        stops=(OPINION, SHARE),
        closes=True,
        aside=True,
        rules=("NW-4.26",),
    )
    def record_refusal(self, actor, reason, answered_on=None, **facts):
        """The right holder does not agree: the record is not shared, with his reason."""
        self.hear("refused", answered_on)
        self.not_shared_because = reason

    @step(
        pgettext_lazy("step", "共享"),
        source=(S.REVIEWED, S.CONSENTED),
        target=S.SHARED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.ShareForm,
        gates=(
            gates.consented,
            gates.to_somebody,
            gates.as_consented,
            gates.nobody_named,
            gates.no_copy_past_the_log,
        ),
        stops=(SHARE,),
        starts=(when(Kind("to_sign_for", True), ACKNOWLEDGE.since("shared_at")),),
        documents=(when(Kind("copy_notice", True), "copy_notice"),),
        tells=(RECIPIENTS,),
        lets_in=(RECIPIENTS,),
        primary=True,
        rules=("NW-3.36", "NW-3.37", "NW-3.38", "NW-3.45", "NW-4.2", "NW-4.22", "NW-4.34", "LX-7.7", "YY-1.1"),
    )
    def share(self, actor, purpose, scope, **facts):
        """To the organs that were chosen and to those that have subscribed; for a purpose, in a scope."""
        self.purpose, self.scope, self.copy_notice = purpose, scope, facts.get("copy_notice", False)
        self.deliver(facts.get("recipients") or ())

    @step(
        pgettext_lazy("step", "签收"),
        source=OUT,
        by=AWAITED,
        roles=CLERKS,
        behalf=True,
        form=forms.SignForm,
        stops=(ACKNOWLEDGE,),
        tells=(PROVIDER,),
        primary=True,
        rules=("NW-3.10", "NW-3.11", "LX-7.7"),
    )
    def acknowledge(self, actor, **facts):
        """Signed for, where a clause wants to know that everyone was told, or a copy-notice asks for its receipt."""
        self.awaited = [organ for organ in self.awaited if organ != actor.organ.pk]
        self.settle()

    @step(
        pgettext_lazy("step", "反映信息有误"),
        source=OUT,
        by=RECIPIENTS,
        roles=CLERKS,
        behalf=True,
        form=forms.DoubtForm,
        tells=(PROVIDER,),
        aside=True,
        rules=("NW-4.33",),
    )
    def doubt(self, actor, **facts):
        """A reader finds the information wrong or out of date; the provider corrects it, or says why not."""

    @step(
        pgettext_lazy("step", "更正"),
        source=OUT,
        target=S.CORRECTED,
        by=PROVIDER,
        roles=CLERKS,
        form=forms.CorrectForm,
        gates=(
            gates.no_state_secret,
            gates.not_newly_secret,
            gates.facts_of_the_class,
            gates.days_in_order,
            gates.nobody_named,
        ),
        starts=(when(Kind("to_sign_for", True), ACKNOWLEDGE.since("corrected_at")),),
        documents=(when(Kind("copy_notice", True), "copy_notice"),),
        tells=(RECIPIENTS,),
        rules=("NW-4.30", "NW-4.33"),
    )
    def correct(self, actor, reason, **facts):
        """A new version, with its reason, and the readers told; the old one stays readable as what it was. Whoever
        signs for such information signs for the new version, and a copy-notice is replaced by one that names it. What
        the platform was told before, it is told anew."""
        self.corrected_at, self.closed_at = self.act.moment, None
        self.act.book.stop(ACKNOWLEDGE)
        self.report_again()
        self.write(facts, reason)
        self.await_signatures(self.to_sign_for)
        self.settle()

    @step(
        pgettext_lazy("step", "撤回共享"),
        source=OUT,
        target=S.WITHDRAWN,
        by=PROVIDER,
        roles=REVIEWERS,
        form=forms.ReasonForm,
        tells=(RECIPIENTS,),
        closes=True,
        aside=True,
        rules=("NW-4.30",),
    )
    def withdraw(self, actor, reason, **facts):
        """The record stays, with the reason; its content is open to its readers no longer."""
        self.withdrawn_because, self.awaited = reason, []
        self.subject_name = self.place_text = ""

    @step(
        pgettext_lazy("step", "不予共享"),
        source=(S.FORMED, S.REVIEWED, S.CONSENTED),
        target=S.NOT_SHARED,
        by=PROVIDER,
        roles=REVIEWERS,
        form=forms.ReasonForm,
        stops=(SHARE,),
        closes=True,
        aside=True,
        rules=("NW-4.32", "YY-1.12"),
    )
    def keep_back(self, actor, reason, **facts):
        """Not shared, for a reason that is on record."""
        self.not_shared_because = reason

    @step(
        pgettext_lazy("step", "发现涉及国家秘密，清除内容"),
        source=tuple(S),
        target=S.NOT_SHARED,
        by=PROVIDER,
        roles=REVIEWERS,
        form=forms.EraseForm,
        tells=(RECIPIENTS, Tell(PROVIDER, Role.PRINCIPAL_HEAD)),
        only=Kind("erased", False),
        closes=True,
        aside=True,
        rules=("NW-4.25", "YY-1.12"),
    )
    def erase(self, actor, **facts):
        """What should never have been written down is erased everywhere; that it happened stays on record."""
        blot_out(self)
        self.act.tell_offices(Organ.Kind.JUSTICE_BUREAU)

    @step(
        pgettext_lazy("step", "登记平台上报"),
        source=(S.REVIEWED, S.CONSENTED, *OUT),
        by=PROVIDER,
        roles=CLERKS,
        form=forms.ReportedForm,
        gates=(gates.formed_already, gates.reported_after_review),
        stops=(REPORT,),
        only=Kind("reportable", True),
        rules=("NW-4.23", "NW-4.1"),
    )
    def mark_reported(self, actor, at, receipt_number, **facts):
        """Reported through the province's platform: who, when, under which receipt number."""
        self.reported_at, self.reported_by, self.receipt_number = at, actor.user, receipt_number
        self.settle()
