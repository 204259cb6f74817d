"""The facts of a criminal transfer and their constraints."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.flow import MAY_BE_CRIMINAL
from cases.models import Case
from coordination.kernel.clocks import OPEN, Clock, Limit
from coordination.kernel.materials import Material, MaterialKind
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, Role, posts_of
from referrals.criminal.flow import CriminalFlow
from referrals.criminal.gates import same_level
from referrals.criminal.words import Proposal


def organ_field(label) -> models.ForeignKey:
    return models.ForeignKey(Organ, models.PROTECT, verbose_name=label, related_name="+")


def person_field(label) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=label, null=True, related_name="+")


class CriminalTransfer(CriminalFlow, Matter):
    """A suspected crime on its way from the organ that found it to the police (国务院令第310号)."""

    origin = models.ForeignKey(Case, models.PROTECT, verbose_name=_("原案件"), related_name="criminal_transfers")
    sender = organ_field(_("移送机关"))
    police = organ_field(_("公安机关"))
    procuratorate = organ_field(_("人民检察院"))
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("专案组成员"), related_name="+")
    crime = models.CharField(_("涉嫌罪名"), max_length=80)
    crime_basis = models.TextField(_("涉嫌触犯的刑法条款和追诉标准"))
    basic_facts = models.TextField(_("涉嫌犯罪的事实"))
    suspected_at = models.DateTimeField(_("发现涉嫌犯罪的时间"))
    earlier_penalties = models.TextField(_("移送前已经作出、不停止执行的处罚"), blank=True)
    earlier_fine = models.DecimalField(_("移送前已经给予的罚款（元）"), max_digits=14, decimal_places=2, null=True)
    proposal = models.CharField(_("专案组意见"), max_length=10, choices=Proposal.choices, blank=True)
    report_words = models.TextField(_("核实的情况和移送的理由"), blank=True)
    investigation_report = models.ForeignKey(
        Material, models.PROTECT, verbose_name=_("调查报告"), null=True, related_name="+"
    )
    appraisals = models.ManyToManyField(Material, verbose_name=_("检验报告或者鉴定结论"), related_name="+")
    appraisal_note = models.TextField(_("没有检验报告、鉴定结论的原因"), blank=True)
    reported_by = person_field(_("报告人"))
    reported_at = models.DateTimeField(_("报告时间"), null=True)
    approver = person_field(_("审批的正职负责人"))
    approved_at = models.DateTimeField(_("批准移送时间"), null=True)
    refusal_reasons = models.TextField(_("不予批准的理由"), blank=True)
    sent_at = models.DateTimeField(_("移送时间"), null=True)
    received_at = models.DateTimeField(_("公安机关接受时间"), null=True)
    received_by = models.CharField(_("公安机关签收人"), max_length=40, blank=True)
    passed_on_at = models.DateTimeField(_("转送时间"), null=True)
    filed_at = models.DateTimeField(_("接到立案通知书的时间"), null=True)
    filing_number = models.CharField(_("立案决定书（通知书）文号"), max_length=60, blank=True)
    not_filed_at = models.DateTimeField(_("接到不予立案通知书的时间"), null=True)
    not_filed_reasons = models.TextField(_("不予立案的理由"), blank=True)
    reconsideration_asked_at = models.DateTimeField(_("提请复议时间"), null=True)
    upheld_at = models.DateTimeField(_("接到复议决定通知书的时间"), null=True)
    supervision_asked_at = models.DateTimeField(_("建议立案监督时间"), null=True)
    handover_listed_at = models.DateTimeField(_("移交清单制作时间"), null=True)
    handed_over_at = models.DateTimeField(_("物品和材料移交时间"), null=True)
    handed_to = models.CharField(_("公安机关接收人"), max_length=40, blank=True)
    returned_at = models.DateTimeField(_("退回时间"), null=True)
    result = models.TextField(_("刑事处理结果"), blank=True)
    criminal_fine = models.DecimalField(_("判处的罚金（元）"), max_digits=14, decimal_places=2, null=True)
    fine_set_off = models.DecimalField(_("罚款折抵罚金（元）"), max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("涉嫌犯罪案件移送")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("police")),
                name="criminal_transfer_to_another_organ",
                violation_error_message=_("不能移送给本单位。"),
            )
        ]

    SHOWN = (
        "sender",
        "police",
        "procuratorate",
        "subject_name",
        "place",
        "place_text",
        "item",
        "crime",
        "crime_basis",
        "suspected_at",
        "basic_facts",
        "earlier_penalties",
        "earlier_fine",
        "proposal",
        "report_words",
        "investigation_report",
        "appraisal_note",
        "reported_by",
        "reported_at",
        "approver",
        "approved_at",
        "refusal_reasons",
        "sent_at",
        "received_at",
        "received_by",
        "passed_on_at",
        "not_filed_at",
        "not_filed_reasons",
        "reconsideration_asked_at",
        "upheld_at",
        "supervision_asked_at",
        "filed_at",
        "filing_number",
        "handed_over_at",
        "handed_to",
        "returned_at",
        "result",
        "criminal_fine",
        "fine_set_off",
    )
    CARRIED = ("title", "subject_name", "place", "place_text", "item", "category", "ongoing", "urgency")

    @classmethod
    def opening_label(cls) -> str:
        return gettext("移送涉嫌犯罪案件")

    @classmethod
    def may_open_from(cls, case: Matter, user) -> bool:
        """An officer of the organ in whose hands the case is, while no other transfer of it is open."""
        mine = {post.organ_id for post in posts_of(user) if post.role == Role.OFFICER}
        return case.holder_id in mine and not case.criminal_open and case.stage in MAY_BE_CRIMINAL

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        """What the case and the directory already know."""
        if origin is None:
            return {}
        return {
            "case": origin,
            "suspected_at": moment,
            "basic_facts": origin.basic_facts,
            "police": cls._first(origin, Organ.Kind.POLICE),
            "procuratorate": cls._first(origin, Organ.Kind.PROCURATORATE),
            "materials": list(Material.objects.in_force().filter(matter_id=origin.pk)),
        }

    @staticmethod
    def _first(origin: Case, kind: str) -> Organ | None:
        return same_level(kind, origin.county_id).order_by("pk").first()

    @classmethod
    def joined(cls) -> tuple[str, ...]:
        """With the case and the report, which the papers read."""
        return (*super().joined(), "investigation_report", "origin__item", "origin__place")

    def step_initial(self, step: str, moment) -> dict:
        """A notice that arrives is mostly recorded when it arrives."""
        return {"at": moment}

    def step_shown(self, step: str) -> tuple[str, ...]:
        """The head reads what the group proposes, and why, before he decides (第五条)."""
        if step not in ("approve", "refuse"):
            return ()
        return ("crime", "crime_basis", "basic_facts", "proposal", "report_words", "appraisal_note", "earlier_fine")

    def people(self) -> list:
        return self.group

    def sections(self) -> list[dict]:
        goods = [(one.name, one.words()) for one in self.listed_property]
        return [{"title": gettext("涉案物品"), "facts": goods}] if goods else []

    @property
    def case(self) -> Case:
        """The administrative case (every matter has an accessor of that name to its own case row)."""
        return self.origin

    @property
    def handover_listed(self) -> bool:
        return self.handover_listed_at is not None

    # What gates and papers of one step both need is read once: the instance lives as long as the step.
    @cached_property
    def group(self) -> list:
        return list(self.members.order_by("pk"))

    @cached_property
    def listed_property(self) -> list:
        return list(self.case.properties.all())

    @cached_property
    def other_materials(self) -> list[Material]:
        """What goes along besides the report and the appraisals; scans of notices and sheets are none of it."""
        named = {self.investigation_report_id, *self.appraisals.values_list("pk", flat=True)}
        here = Material.objects.in_force().filter(matter_id=self.pk).exclude(kind=MaterialKind.SCAN)
        return [material for material in here if material.pk not in named]

    def take(self, facts: dict) -> None:
        """Take over the facts that carry the names of this transfer's fields."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)

    def take_from_case(self, actor, facts: dict) -> None:
        """What is known of the case is not typed again."""
        for name in self.CARRIED:
            setattr(self, name, getattr(facts["case"], name))
        self.origin, self.sender = facts["case"], actor.organ
        self.take(facts)
        self.members.set(facts["members"])
        self.act.carry_materials(facts.get("materials") or ())

    def open_clock(self, limit: str) -> Clock | None:
        return self.clocks.filter(limit=limit, state__in=OPEN).first()

    def met(self, limit: Limit, at: datetime) -> None:
        """The duty was done at `at`, whenever that is recorded: nobody is late because the record is."""
        self.act.book.stop(limit, at=at)

    def back_to_case(self) -> None:
        """The criminal line is over: the administrative case may be decided and closed again (LAW-5)."""
        self.holder = self.sender
        self.act.next(self.origin_id, "end_criminal")

    def come_home(self, at: datetime) -> None:
        """Nobody prosecutes: the matter returns to the organ that sent it."""
        self.returned_at = at
        self.back_to_case()
