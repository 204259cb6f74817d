"""The facts of a dispute, the statements of its sides, and how it moves from rung to rung."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.clocks import OPEN as OPEN_CLOCKS
from coordination.kernel.matters import Matter, child_model
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, User
from disputes.claims import Application as Application
from disputes.claims import Claims
from disputes.flow import ANSWER, DESK, MINUTES, STATE, DisputeFlow, Stage
from disputes.ladder import ladder_of
from disputes.moving import Moving
from disputes.opening import may_dispute
from disputes.shown import Shown
from disputes.words import DECIDING, DESIGNATED, OF_JURISDICTION, SETTLING, Act, DisputeKind, outcomes_of, usual_kind

S = Stage


def organ_field(label, **more) -> models.ForeignKey:
    return models.ForeignKey(Organ, models.PROTECT, verbose_name=label, related_name="+", **more)


class Dispute(Shown, Claims, Moving, DisputeFlow, Matter):
    """Two organs disagree, perhaps about a matter (`about`), and climb the ladder that was in force at its beginning.
    A matter that can be disputed by itself (DISPUTABLE) is moved by it (`lower`); any other is only linked.

    `rung` is where it stands in `ladder` (0: the talks); `awaited` are the ids of the organs whose word is awaited.
    """

    about = models.ForeignKey(
        Matter, models.PROTECT, verbose_name=_("争议所涉事项"), null=True, related_name="disputes_about"
    )
    kind_of = models.CharField(_("争议类型"), max_length=20, choices=DisputeKind.choices)
    applicant = organ_field(_("申请方"))
    respondent = organ_field(_("被申请方"))
    body = organ_field(_("处理机关"), null=True)
    superior = organ_field(_("共同的上一级行政机关"), null=True)
    interim = organ_field(_("提出争议时承办的单位"))
    parties = ArrayField(models.BigIntegerField(), default=list)
    awaited = ArrayField(models.BigIntegerField(), default=list)
    named = models.JSONField(
        default=dict, help_text="whom an outcome names: {a side's key: its organ's id at the time}"
    )
    ladder = models.JSONField(default=list, help_text="[{act, organ, basis, quote, nature}]")
    rung = models.PositiveSmallIntegerField(default=0)
    taken_up_from = models.PositiveSmallIntegerField(null=True, help_text="the rung from which the superior took it up")
    dispute_facts = models.TextField(_("争议事实和经过"))
    talks = models.TextField(_("自行协商情况"), blank=True)
    request = models.TextField(_("请求和理由"))
    basis = models.TextField(_("法律依据和事项清单"))
    claim_outcome = models.CharField(max_length=24)
    claim_organ = organ_field(_("申请方主张的单位"), null=True)
    proposed_by = organ_field(_("提出意见的单位"), null=True)
    proposed_outcome = models.CharField(max_length=24, blank=True)
    proposed_organ = organ_field(_("所提意见指定的单位"), null=True)
    proposed_words = models.TextField(_("所提意见"), blank=True)
    proposal = models.JSONField(default=dict, help_text="what else the paper of the proposal says")
    outcome = models.CharField(max_length=24, blank=True)
    designated = organ_field(_("指定的单位"), null=True)
    result_words = models.TextField(_("议定（决定）内容"), blank=True)
    decision_number = models.CharField(_("决定书文号"), max_length=60, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True)
    recorded_by = organ_field(_("代为记录决定的单位"), null=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("决定起草人"), null=True, related_name="+"
    )
    applied_at = models.DateTimeField(_("提请时间"), null=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    proposed_at = models.DateTimeField(_("提出意见时间"), null=True)
    unsettled_at = models.DateTimeField(_("未能解决时间"), null=True)
    settled_at = models.DateTimeField(_("解决时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("争议协调")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(applicant=models.F("respondent")),
                name="dispute_with_another_organ",
                violation_error_message=_("不能与本单位发生争议。"),
            )
        ]

    SHOWN = ("kind_of", "applicant", "respondent", "body", "dispute_facts", "talks", "request", "basis", "result_words")
    #: Of a matter that it moves. Of any other no words: what is withdrawn or erased there would go on standing here.
    CARRIED = ("title", "subject_name", "place", "place_text", "item", "category", "ongoing", "urgency", "secrecy")
    MARKED = ("place", "item", "urgency", "secrecy")
    LIST_LINKS = (("disputes-waiting", _("待处理的争议")),)

    # how it begins

    @classmethod
    def opening_label(cls) -> str:
        return gettext("提出争议协调")

    @classmethod
    def may_open_from(cls, matter: Matter, user: User) -> bool:
        """Whoever stands for one of its sides, while the matter lets itself be disputed."""
        return may_dispute(matter, user, DESK)

    @classmethod
    def first_initial(cls, origin: Matter | None, moment) -> dict:
        if origin is None:
            return {}
        return {"about": origin, "kind_of": usual_kind(origin)}

    def begin_with(self, actor, facts: dict) -> None:
        """The two sides, who acts meanwhile, and the county's ladder for this kind of dispute."""
        about = facts.get("about")
        self.take(facts)
        self.about, self.applicant = about, actor.organ
        self.claim_outcome, self.claim_organ = facts["outcome"], facts.get("designated")
        self.outcome, self.designated = "", None
        if about is not None:
            self.begin_from(about)
        self.parties = [self.applicant_id, self.respondent_id]
        named_by = self.lower or self
        sides = [(side.key, side.organ_id(named_by)) for side in named_by.SIDES]
        self.named = {key: pk for key, pk in sides if pk in self.parties}
        self.ladder = ladder_of(self.kind_of, self.applicant, self.respondent, self.hidden_organ)
        if self.direct_rung is not None:
            self.superior_id = self.ladder[self.direct_rung]["organ"]

    def begin_from(self, about: Matter) -> None:
        """What the matter knows; its other side only where it has but two."""
        self.interim = about.holder
        if about.DISPUTABLE:
            self.respondent_id = next(pk for pk in about.disputants() if pk != self.applicant_id)
        for name in self.CARRIED if about.DISPUTABLE else self.MARKED:
            setattr(self, name, getattr(about, name))

    def take(self, facts: dict) -> None:
        names = {field.name for field in self._meta.concrete_fields}
        for name in names & facts.keys():
            if facts[name] is not None:
                setattr(self, name, facts[name])

    def step_initial(self, step: str, moment) -> dict:
        """A draft that came back is bettered, not written anew; where one meets is not where the dispute lies, and what
        one side has asked for is not what another asks (ApplyForm)."""
        if step in ("propose", "propose_settlement"):
            return {"place": ""}
        if step == "apply":
            return dict.fromkeys(("request", "basis", "talks"), "")
        if step != "draft_decision" or not self.drafted_by_id:
            return {}
        known = {"outcome": self.proposed_outcome, "designated": self.proposed_organ, "words": self.proposed_words}
        return known | {"finding": self.proposal.get("finding", "")}

    # where it stands

    @property
    def rung_act(self) -> str:
        return self.ladder[self.rung]["act"] if self.ladder else ""

    @property
    def last(self) -> bool:
        return self.rung >= len(self.ladder) - 1

    @property
    def direct_rung(self) -> int | None:
        """The rung whose body may take the dispute up without being asked (行政处罚法 art. 25)."""
        return next((number for number, rung in enumerate(self.ladder) if rung.get("direct")), None)

    @property
    def within_reach(self) -> bool:
        """Whether such a body stands above the present rung."""
        return self.direct_rung is not None and self.rung < self.direct_rung

    @property
    def asked(self) -> Organ:
        """The body that an application goes to, also while it is only looked at: the one of the next rung."""
        return self.body if self.stage == S.APPLIED else Organ.objects.get(pk=self.ladder[self.rung + 1]["organ"])

    @property
    def settling(self) -> bool:
        return self.rung_act in SETTLING

    @property
    def recommending(self) -> bool:
        return self.rung_act == Act.RECOMMEND

    @property
    def may_fail(self) -> bool:
        """Whether the body may say that it cannot be settled here: it mediates, or its recommendation waits."""
        return self.settling or (self.recommending and self.stage == S.PROPOSED)

    @property
    def recorded(self) -> bool:
        """Whether somebody has recorded the decision for the body that took it."""
        return self.recorded_by_id is not None

    @property
    def deciding(self) -> bool:
        """Whether the body of this rung ends the dispute by itself: it has the power, or nobody stands above it."""
        return self.rung_act in DECIDING or self.last

    @property
    def talking(self) -> bool:
        return self.stage == S.NEGOTIATING

    @property
    def stuck(self) -> bool:
        return self.stage == S.UNSETTLED

    @property
    def with_body(self) -> bool:
        return self.body_id is not None

    @property
    def of_jurisdiction(self) -> bool:
        return self.kind_of in OF_JURISDICTION

    @property
    def in_minutes(self) -> bool:
        """Whether what was just agreed goes into minutes here (JH-7.3, QX-5.2)."""
        return self.stage == S.AGREED and MINUTES.holds(self, self.moment)

    @cached_property
    def lower(self) -> Matter | None:
        """The matter that the dispute moves, as its own workflow knows it; None where it is only linked to one."""
        moves = self.about_id and child_model(self.about.kind).DISPUTABLE
        return self.about.as_child() if moves else None

    def outcomes_about(self, lower: Matter | None) -> list[tuple[str, str]]:
        return outcomes_of(type(lower) if lower is not None else None)

    def organ_of(self, outcome: str, designated: Organ | None) -> Organ | None:
        """Whom an outcome makes responsible, where it names one organ: outcomes are called as the sides are."""
        if outcome == DESIGNATED:
            return designated
        pk = self.named.get(outcome)
        if pk is None:  # also before it is raised, when there are no sides yet
            return None
        return next((organ for organ in (self.applicant, self.respondent) if organ.pk == pk), None)

    def limit_facts(self) -> dict[str, str]:
        return super().limit_facts() | {"kind": self.kind_of, "rung": self.rung_act}

    def statements_open(self, moment) -> bool:
        """Whether the sides may read each other: both have written on this rung, or the time for it is over."""
        written = self.statements.filter(rung=self.rung).count()
        waiting = self.clocks.filter(limit=STATE.key, state__in=OPEN_CLOCKS)
        return written == len(self.parties) or not waiting.exclude(overdue_at__lte=moment).exists()

    def answered_until(self, moment) -> datetime | None:
        """The end of the time in which what was put forward may still be answered, by the clock or by its paper; None
        where that is over."""
        waiting = self.clocks.filter(limit=ANSWER.key, state__in=OPEN_CLOCKS)
        ends = [*waiting.values_list("overdue_at", flat=True)]
        if day := self.proposal.get("reply_by"):
            ends.append(datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), CST))
        return max((end for end in ends if end and end > moment), default=None)

    @property
    def begun_at(self) -> datetime | None:
        """Since when there is what is disputed: the discovery of its case, else the day it was written down."""
        found = self.lower and getattr(getattr(self.lower, "origin", None) or self.lower, "discovered_at", None)
        return found or (self.about.opened_at if self.about_id else None)

    def paper_organ(self, actor) -> Organ:
        """Minutes are whose talks or mediation they are of; a decision is the body's."""
        if self.stage == S.AGREED:
            return self.proposed_by
        return actor.organ

    def preferred_step(self, limit: str) -> str | None:
        """A body that has heard both sides comes to its point."""
        if self.stage != S.IN_HAND or self.awaited or limit != "disputes.settle":
            return None
        return "draft_decision" if self.deciding else "propose_settlement" if self.settling else "recommend"


class Statement(models.Model):
    """What one side holds, on one rung. The other side reads it when both are in or the time is over."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="statements")
    organ = organ_field(_("陈述单位"))
    rung = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=24)
    designated = organ_field(_("主张指定的单位"), null=True)
    words = models.TextField(_("事实和理由"))
    basis = models.TextField(_("法律依据和事项清单"))
    at = models.DateTimeField(_("提交时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("陈述意见")
        constraints = [models.UniqueConstraint(fields=["dispute", "organ", "rung"], name="one_statement_a_rung")]
