"""The facts of an order, and the register of who was held responsible."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.clocks import Clock, explain
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, User, posts_of
from coordination.kernel.web.explaining import lines_of
from coordination.kernel.words import law_language
from infosharing.breaches.forms import KINDS
from supervision.authority import Appointment, appointment_of, may_have_a_paper
from supervision.breached import breach_of, known_of, rule_of, rules_of_sharing
from supervision.duties.models import DutyRecord as DutyRecord
from supervision.duties.models import PeriodicDuty as PeriodicDuty
from supervision.figures.months import MonthCount as MonthCount
from supervision.flow import ANSWER, STAFF, OrderFlow
from supervision.frozen import Assessment as Assessment
from supervision.missed import is_rule
from supervision.patrols.models import Patrol as Patrol
from supervision.words import Grade, Outcome, Paper, Source


class Order(OrderFlow, Matter):
    """A paper of one authority to one organ, perhaps about a matter and one of its limits."""

    paper = models.CharField(_("文书"), max_length=16, choices=Paper.choices)
    issuer = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发文机关"), related_name="+")
    supervised = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("被督办单位"), related_name="+")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, verbose_name=_("督办指定"), null=True, related_name="orders"
    )
    about = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("所涉事项"), null=True, related_name="orders")
    clock = models.ForeignKey(
        Clock, models.PROTECT, verbose_name=_("未按期履行的时限"), null=True, related_name="orders"
    )
    source = models.CharField(_("来源"), max_length=12, choices=Source.choices)
    situation = models.CharField(_("违反信息共享规定的情形"), max_length=12, choices=KINDS, blank=True)
    rule_missed = models.CharField(_("未遵守的条款"), max_length=200, blank=True)
    trace = models.TextField(_("时限计算过程"), blank=True)
    facts_found = models.TextField(_("查明的事实"))
    finding = models.TextField(_("认定意见"))
    requirement = models.TextField(_("要求"))
    report_duty = models.CharField(_("报告要求"), max_length=200, blank=True)
    answer_by = models.DateField(_("反馈期限"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("签发人"), null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("发出时间"), null=True)
    answer = models.TextField(_("办理（整改）结果"), blank=True)
    answered_at = models.DateTimeField(_("反馈时间"), null=True)
    grade = models.CharField(_("核实结果"), max_length=8, choices=Grade.choices, blank=True)
    verified_at = models.DateTimeField(_("核实时间"), null=True)
    returned = models.PositiveSmallIntegerField(_("退回次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("督办与监督文书")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(issuer=models.F("supervised")),
                name="order_to_another_organ",
                violation_error_message=_("不能督办本单位。"),
            )
        ]

    SHOWN = (
        "paper",
        "issuer",
        "supervised",
        "appointment",
        "source",
        "situation",
        "rule_missed",
        "facts_found",
        "finding",
        "requirement",
        "report_duty",
        "answer_by",
        "signed_by",
        "issued_at",
        "answer",
        "answered_at",
        "grade",
        "verified_at",
    )

    def sections(self) -> list[dict]:
        held = [(str(one.leader), one.words()) for one in self.accountabilities.select_related("leader")]
        trace = [{"title": _("时限计算过程"), "words": self.trace}] if self.trace else []
        return trace + ([{"title": _("责任追究"), "facts": held}] if held else [])

    @classmethod
    def opening_label(cls) -> str:
        return _("发出督办（监督、整改）文书")

    @classmethod
    def may_open_from(cls, matter: Matter, user: User) -> bool:
        """Whoever drafts for an organ that has a paper of its own for such a matter."""
        return any(post.role in STAFF and may_have_a_paper(post.organ, matter.kind) for post in posts_of(user))

    @classmethod
    def first_initial(cls, origin: Matter | None, moment: datetime) -> dict:
        """What the matter knows: who is late, and by which limit."""
        if origin is None:
            return {"source": Source.INSPECTION, "answer_by": moment.date() + timedelta(days=7)}
        late = Clock.objects.filter(matter=origin.pk, overdue_at__lte=moment, state=Clock.State.RUNNING)
        clock = late.select_related("organ").order_by("overdue_at").first()
        breach = breach_of(origin)
        return {
            "about": origin,
            "title": origin.title,
            "supervised": clock.organ if clock else origin.holder,
            "clock": clock,
            "source": Source.MONITORING if clock else Source.INSPECTION,
            "answer_by": moment.date() + timedelta(days=7),
        } | (known_of(breach) if breach else {})

    def step_shown(self, step: str) -> tuple[str, ...]:
        """Who answers has the requirement before him, who verifies also the answer."""
        asked = ("rule_missed", "facts_found", "requirement", "answer_by", "report_duty")
        return {
            "reply": asked,
            "grant_time": ("requirement", "answer_by"),
            "confirm": ("requirement", "answer_by", "answer", "answered_at"),
            "ask_more": ("requirement", "answer_by", "answer", "answered_at"),
            "close": ("requirement", "answer", "grade"),
        }.get(step, ())

    def step_initial(self, step: str, moment: datetime) -> dict:
        """A new day for the answer is a later one."""
        if step == "ask_more":
            return {"answer_by": moment.date() + timedelta(days=7)}
        return {"answer_by": self.answer_by + timedelta(days=7)} if step == "grant_time" else {}

    @property
    def sent(self) -> bool:
        return self.issued_at is not None

    def take(self, facts: dict) -> None:
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)
        self.situation = self.situation if self.paper == Paper.RECTIFICATION else ""
        told_by_situation = self.situation and self.rule_missed in rules_of_sharing()
        if not self.rule_missed or told_by_situation:
            self.rule_missed = self._rule()

    def _rule(self) -> str:
        """What was not kept, as the situation or the limit says it; a target of the county itself is no rule."""
        if self.clock and is_rule(self.clock):
            return self.clock.basis
        return rule_of(self.situation) if self.situation else ""

    def take_authority(self) -> None:
        """The government's delegate acts under an appointment, which the paper names (LAW-24)."""
        if self.paper == Paper.FOLLOW_UP and self.issuer.kind != Organ.Kind.GOVERNMENT:
            self.appointment = appointment_of(self.issuer, self.act.moment)

    @law_language()
    def freeze_trace(self) -> None:
        """How the limit that was missed is counted, as it stands on the day of issue."""
        if self.clock:
            self.trace = "\n".join(lines_of(explain(self.clock)))

    def ask_answer(self) -> None:
        with law_language():
            ground = str(_("文书写明的反馈期限"))
        self.act.book.start(
            ANSWER.since("issued_at"), since=self.act.moment, until=self.act.book.end_of(self.answer_by), ground=ground
        )

    def limit_facts(self) -> dict[str, str]:
        return super().limit_facts() | {"paper": self.paper}


class Accountability(models.Model):
    """Who led, what happened, what it came to (NW-2.20, NW-3.70). Nobody is ranked, nothing is scored."""

    order = models.ForeignKey(Order, models.PROTECT, verbose_name=_("督办与监督文书"), related_name="accountabilities")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("负责的领导"), related_name="+")
    facts_found = models.TextField(_("事实"))
    outcome = models.CharField(_("处理"), max_length=12, choices=Outcome.choices)
    basis = models.CharField(_("依据"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("登记人"), related_name="+")
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("责任追究")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="accountability_at")]

    def words(self) -> str:
        return f"{self.get_outcome_display()}：{self.facts_found}（{self.basis}）"
