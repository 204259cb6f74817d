"""The facts of joint operations, with what each organ has answered and decided for itself."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.government import county_government
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, posts_of
from jointops.flow import CARRY_OUT, CONFIRM, DESK, OWING, PARTICIPANTS, OperationFlow
from jointops.overlaps import overlaps
from jointops.words import OwnOutcome


def organ_ids() -> ArrayField:
    """The organs of a side of several (`sides.Group`)."""
    return ArrayField(models.BigIntegerField(), default=list)


class Operation(OperationFlow, Matter):
    """A plan of several organs, and what each of them made of it."""

    origin = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("起因"), null=True, related_name="operations")
    initiator = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发起机关"), related_name="+")
    government = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("人民政府"), null=True, related_name="+")
    police = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("公安机关"), null=True, related_name="+")
    participant_ids, awaited_ids, owing_ids = organ_ids(), organ_ids(), organ_ids()
    content = models.TextField(_("执法内容"))
    area = models.TextField(_("对象与区域"))
    single_inspection = models.BooleanField(_("综合查一次"), default=False)
    overlap_reason = models.TextField(_("须分别检查的理由"), blank=True)
    division = models.TextField(_("职责分工"))
    needs_government = models.BooleanField(_("须报人民政府决定"), default=False)
    planned_from = models.DateField(_("开始日期"))
    planned_to = models.DateField(_("结束日期"))
    procedure = models.TextField(_("实施步骤"))
    evidence = models.TextField(_("证据互认"), blank=True)
    filing = models.TextField(_("立案归属"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(_("签发方案时间"), null=True)
    asked_at = models.DateTimeField(_("报请决定时间"), null=True)
    decision = models.TextField(_("人民政府的决定"), blank=True)
    settled_at = models.DateTimeField(_("方案确定时间"), null=True)
    carried_out_at = models.DateTimeField(_("实施时间"), null=True)
    findings = models.TextField(_("实施情况"), blank=True)
    summary = models.TextField(_("总结"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("联合执法")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_to__gte=models.F("planned_from")),
                name="operation_days_in_order",
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]
        indexes = [models.Index(fields=["planned_from"], name="operation_days")]

    LIST_LINKS = (("meetings:list", _("协商会议")),)

    SHOWN = (
        "initiator",
        "subject_name",
        "area",
        "content",
        "division",
        "planned_from",
        "planned_to",
        "procedure",
        "evidence",
        "filing",
        "single_inspection",
        "overlap_reason",
        "needs_government",
        "circulated_at",
        "asked_at",
        "decision",
        "carried_out_at",
        "findings",
        "summary",
    )
    #: What the form gives and the plan keeps as it is.
    KEPT = (
        *("title", "content", "subject_name", "area", "single_inspection", "overlap_reason", "division"),
        *("needs_government", "planned_from", "planned_to", "procedure", "evidence", "filing"),
    )

    def sections(self) -> list[dict]:
        """Who answered what, and what each organ decided for itself."""
        return [panel for panel in (self._answers(), self._outcomes()) if panel["facts"]]

    def _answers(self) -> dict:
        given = {answer.organ_id: answer for answer in self.answers.select_related("organ")}
        waiting = [
            (organ.name, gettext("待答复")) for organ in PARTICIPANTS.organs(self) if organ.pk in self.awaited_ids
        ]
        said = [(answer.organ.name, answer.shown()) for answer in given.values()]
        return {"title": _("参加机关的答复"), "facts": said + waiting}

    def _outcomes(self) -> dict:
        said = [(one.organ.name, one.shown()) for one in self.outcomes.select_related("organ")]
        owed = [(organ.name, gettext("待登记")) for organ in self.owing_organs()]
        return {"title": _("各机关处理情况（分别立案，分别决定）"), "facts": said + owed}

    @classmethod
    def opening_label(cls) -> str:
        return _("发起联合执法")

    @classmethod
    def may_open_from(cls, matter: Matter, user) -> bool:
        """Whoever bears the case, or called the meeting, may propose an operation on it."""
        mine = {post.organ_id for post in posts_of(user) if post.role in DESK}
        return matter.holder_id in mine and matter.closed_at is None

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        """What the case already says."""
        if origin is None:
            return {}
        return {"origin": origin, "subject_name": origin.subject_name, "area": origin.place_text}

    def step_initial(self, step: str, moment) -> dict:
        return {"participants": PARTICIPANTS.organs(self)} if step == "revise" else {}

    def take(self, facts: dict) -> None:
        """Take over what the form of the plan says."""
        for name in self.KEPT:
            setattr(self, name, facts.get(name) or self._meta.get_field(name).get_default() or "")
        self.single_inspection, self.needs_government = bool(self.single_inspection), bool(self.needs_government)
        self.participant_ids = [organ.pk for organ in facts["participants"]]
        self.origin = facts.get("origin") or self.origin

    def answered(self, organ: Organ, joins: bool, facts: dict) -> None:
        """An organ has answered for itself."""
        said = {name: facts.get(name, "") for name in ("leader", "people", "words")}
        self.answers.create(organ=organ, joins=joins, at=self.act.moment, **said)
        self.awaited_ids = [pk for pk in self.awaited_ids if pk != organ.pk]

    @property
    def known(self) -> bool:
        """Whether the plan has gone out: before it is signed, only its initiator knows of it."""
        return self.circulated_at is not None

    @property
    def joining(self) -> list[int]:
        """The organs that have confirmed."""
        return list(self.answers.filter(joins=True).values_list("organ", flat=True))

    def keep_those_who_join(self) -> None:
        """Silence is no consent: who has not confirmed does not take part."""
        self.participant_ids, self.awaited_ids = self.joining, []
        self.act.book.stop(CONFIRM, Clock.State.CANCELLED)

    def begin_to_act(self) -> None:
        """The plan itself says by when it is carried out."""
        self.settled_at = self.settled_at or self.act.moment
        named = {"until": self.act.book.end_of(self.planned_to), "ground": str(_("联合执法方案写明的日期"))}
        self.act.book.start(CARRY_OUT.since("settled_at"), **named)

    def outcome_of(self, organ: Organ, facts: dict) -> None:
        """An organ has decided for itself."""
        said = {name: facts.get(name) or "" for name in ("outcome", "number", "words")}
        self.outcomes.create(organ=organ, at=self.act.moment, **said)
        self.owing_ids = [pk for pk in self.owing_ids if pk != organ.pk]

    def owing_organs(self) -> list[Organ]:
        return OWING.organs(self)

    def county_government(self) -> Organ | None:
        """The government of the county, on the platform where it is."""
        return county_government(self.county_id)

    @classmethod
    def hints(cls, origin, moment) -> list[str]:
        """What else is planned for the same object, or was lately inspected there."""
        if origin is None or not origin.subject_name:
            return []
        soon = moment.date()
        found = overlaps(origin.holder, origin.subject_name, soon, soon + timedelta(days=30), (origin.pk,))
        return [gettext("该对象近期已有%(other)s，请考虑“综合查一次”。") % {"other": one} for one in found]


class Answer(models.Model):
    """What one organ answered to the plan; written once."""

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="answers")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    joins = models.BooleanField()
    leader = models.CharField(max_length=40, blank=True)
    people = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = verbose_name_plural = _("参加答复")
        constraints = [models.UniqueConstraint(fields=["operation", "organ"], name="one_answer_an_organ")]

    def shown(self) -> str:
        joined = gettext("参加") if self.joins else gettext("不参加")
        return "；".join(part for part in (joined, self.leader, self.people, self.words) if part)


class OrganOutcome(models.Model):
    """What one organ decided within its own powers (YY-5.7, YY-5.8); written once."""

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="outcomes")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=OwnOutcome.choices)
    number = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = verbose_name_plural = _("各机关处理情况")
        constraints = [models.UniqueConstraint(fields=["operation", "organ"], name="one_outcome_an_organ")]

    def shown(self) -> str:
        return "；".join(part for part in (self.get_outcome_display(), self.number, self.words) if part)


from jointops.meetings.models import Meeting as Meeting  # noqa: E402  the app's second workflow
