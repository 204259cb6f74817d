"""The facts of a case and their constraints."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.disputed import Disputed
from cases.flow import SENDING, VERIFY, CaseFlow, Stage
from cases.ongoing import Ongoing
from cases.sources import Source
from coordination.kernel.catalogue import competent
from coordination.kernel.clocks import OPEN
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.web.moments import moment_words


class Case(Disputed, Ongoing, CaseFlow, Matter):
    """A suspected violation in one organ's hands."""

    source = models.CharField(_("案件来源"), max_length=16, choices=Source.choices, default=Source.PATROL)
    source_number = models.CharField(_("投诉举报登记编号"), max_length=32, blank=True)
    discovered_at = models.DateTimeField(_("发现时间"))
    subject_code = models.CharField(_("当事人证件号或统一社会信用代码"), max_length=40, blank=True)
    subject_address = models.CharField(_("当事人地址"), max_length=200, blank=True)
    subject_contact = models.CharField(_("当事人联系方式"), max_length=80, blank=True)
    village = models.CharField(_("村（社区）"), max_length=60, blank=True)
    coordinates = models.CharField(_("坐标"), max_length=40, blank=True)
    basic_facts = models.TextField(_("基本违法事实"))
    before_devolution = models.BooleanField(_("划转前的事项"), default=False)
    legacy_consulted_at = models.DateTimeField(_("划转前事项协商时间"), null=True)
    competence_found_at = models.DateTimeField(_("认定属于其他单位管辖的时间"), null=True)
    competent_organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("有管辖权的单位"), null=True, related_name="+"
    )
    suggested_organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("清单建议的管辖单位"), null=True, related_name="+"
    )
    entrusted_by = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("委托机关"), null=True, related_name="+")
    competence_reason = models.TextField(_("选择理由"), blank=True)
    in_dispute = models.BooleanField(_("争议处理中"), default=False)
    jurisdiction_settled_at = models.DateTimeField(_("管辖争议处理时间"), null=True)
    preserved_at = models.DateTimeField(_("先行登记保存时间"), null=True)
    preservation_decided_at = models.DateTimeField(_("登记保存处理时间"), null=True)
    notified = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("被告知单位"), null=True, related_name="+")
    told_at = models.DateTimeField(_("告知时间"), null=True)
    dispatched_at = models.DateTimeField(_("派员时间"), null=True)
    arrived_at = models.DateTimeField(_("到场时间"), null=True)
    notice_ended_at = models.DateTimeField(_("制止时间"), null=True)
    refused_at = models.DateTimeField(_("拒绝派员时间"), null=True)
    refusal_reason = models.TextField(_("拒绝理由"), blank=True)
    reported_at = models.DateTimeField(_("报告政府时间"), null=True)
    filed_at = models.DateTimeField(_("立案时间"), null=True)
    review_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review_passed_at = models.DateTimeField(_("法制审核通过时间"), null=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decision_number = models.CharField(_("决定书文号"), max_length=60, blank=True)
    decision = models.TextField(_("决定内容"), blank=True)
    decision_served_at = models.DateTimeField(_("决定书送达时间"), null=True)
    executed_at = models.DateTimeField(_("执行完毕时间"), null=True)
    archived_at = models.DateTimeField(_("归档时间"), null=True)
    designated = models.BooleanField(_("经争议处理确定由本单位管辖"), default=False)
    criminal_open = models.BooleanField(_("涉嫌犯罪移送未办结"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("案件与线索")
        indexes = [models.Index(fields=["discovered_at"], name="case_discovered")]  # what was inspected of late

    SHOWN = (
        "subject_name",
        "subject_code",
        "subject_address",
        "subject_contact",
        "discovered_at",
        "source",
        "source_number",
        "place",
        "village",
        "place_text",
        "item",
        "suggested_organ",
        "entrusted_by",
        "basic_facts",
        "before_devolution",
        "designated",
        "legacy_consulted_at",
        "competence_found_at",
        "competent_organ",
        "competence_reason",
        "in_dispute",
        "jurisdiction_settled_at",
        "notified",
        "told_at",
        "dispatched_at",
        "arrived_at",
        "notice_ended_at",
        "refused_at",
        "refusal_reason",
        "reported_at",
        "preserved_at",
        "preservation_decided_at",
        "filed_at",
        "review_passed_at",
        "decision_number",
        "decision",
        "decided_at",
        "decision_served_at",
        "executed_at",
        "archived_at",
        "criminal_open",
    )

    def sections(self) -> list[dict]:
        measures = [(m.label, f"{moment_words(m.at)} {m.words}（{m.by}）") for m in self.measures.select_related("by")]
        goods = [(p.name, p.words()) for p in self.properties.all()]
        panels = [{"title": _("现场措施"), "facts": measures}, {"title": _("涉案物品"), "facts": goods}]
        due = self.report_words()
        leading = [{"title": _("向县人民政府报告"), "words": due}] if due else []
        return leading + [panel for panel in panels if panel["facts"]]

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        return {"discovered_at": moment}

    def step_initial(self, step: str, moment) -> dict:
        """The catalogue's suggestion stands ready where the competent organ is asked for."""
        if step not in ("find_other_competence", "tell_ongoing") or self.item is None:
            return {}
        organ = competent(self.item, self.place, moment.date()).organ
        told = {"notified": organ} if organ != self.holder else {}  # nobody tells himself
        return {"competent_organ": self.competent_organ or organ} | told

    def take(self, facts: dict) -> None:
        """Take over the facts that carry the names of this case's fields."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)

    @property
    def verified_at(self):
        """When a complaint was verified and became this case."""
        return self.opened_at

    def take_from_complaint(self, facts: dict) -> None:
        """The facts, the source, and what the organ that verified it chose of the materials."""
        self.take(facts)
        self.source = Source.COMPLAINT
        self.suggest()
        self.act.carry_materials(facts.get("materials") or ())

    def suggest(self) -> None:
        """Keep whose the catalogue says the violation is; a person decides. Of an entrusted item the entrusted organ
        does the work, in the name of the one that entrusted it (行政处罚法 art. 20, LAW-2)."""
        if self.item is None:
            return
        found = competent(self.item, self.place, self.act.moment.date())
        self.suggested_organ = found.executor
        self.entrusted_by = found.organ if found.executor != found.organ else None

    def paper_organ(self, actor) -> Organ:
        """Papers on an entrusted item bear the name of the organ that entrusted it."""
        own = actor.organ == self.holder
        return self.entrusted_by if own and self.entrusted_by else actor.organ

    def preferred_step(self, limit: str) -> str | None:
        """Of the ways to end a verification, the one that the catalogue speaks for."""
        if limit != VERIFY.key or self.stage != Stage.VERIFYING or self.suggested_organ is None:
            return None
        return "file_case" if self.suggested_organ_id == self.holder_id else "find_other_competence"

    def measure(self, kind: str, at, words: str) -> None:
        """Record a measure on the spot: who, when, how."""
        self.measures.create(kind=kind, at=at, words=words, by=self.act.actor.user)

    def sending_runs(self) -> bool:
        """Whether the duty to send lies on the case itself: no letter has taken it over."""
        return self.clocks.filter(limit=SENDING.key, state__in=OPEN).exists()

    def send_again(self, organ: Organ, reason: str) -> None:
        """Taken back, and said whose it is then."""
        self.competent_organ, self.competence_reason = organ, reason
        self.restart_sending()

    def restart_sending(self) -> None:
        """Still another's, and found so again: the sending limit starts anew."""
        self.competence_found_at = self.act.moment
        self.act.book.start(SENDING.since("competence_found_at"))

    @property
    def preservation_open(self) -> bool:
        return self.preserved_at is not None and self.preservation_decided_at is None

    def limit_facts(self) -> dict[str, str]:
        """`direction`: up from a township, down from a department, across between equals; `kind`: case or lead."""
        return super().limit_facts() | {"direction": self.direction(), "kind": "case" if self.filed_at else "lead"}

    def direction(self) -> str:
        if self.competent_organ is None or self.holder.is_township == self.competent_organ.is_township:
            return "across"
        return "up" if self.holder.is_township else "down"


class Measure(models.Model):
    """A measure taken on the spot or in the procedure."""

    class Kind(models.TextChoices):
        DISSUADE = "dissuade", pgettext_lazy("measure", "劝阻")
        ORDER = "order_to_stop", pgettext_lazy("measure", "责令停止")
        SECURE = "secure_evidence", pgettext_lazy("measure", "固定证据")
        PRESERVE = "preserve", pgettext_lazy("measure", "先行登记保存")
        ANNOUNCE = "announce", pgettext_lazy("measure", "事先告知")
        HEAR = "hear_party", pgettext_lazy("measure", "陈述申辩或听证")

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = verbose_name_plural = _("现场措施")

    @property
    def label(self) -> str:
        return self.get_kind_display()


class Property(models.Model):
    """Property involved: kept, or disposed of in advance with its proceeds (案件移送制度 三, NW-1.11, NW-1.12)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="properties")
    name = models.CharField(_("名称"), max_length=80)
    model = models.CharField(_("规格型号"), max_length=80, blank=True)
    unit = models.CharField(_("单位"), max_length=12, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2, default=1)
    value = models.DecimalField(_("估值（元）"), max_digits=14, decimal_places=2, null=True)
    condition = models.CharField(_("特征和状态"), max_length=120, blank=True)
    stored_at = models.CharField(_("存放地点"), max_length=120, blank=True)
    disposed_in_advance = models.BooleanField(_("已先行处置"), default=False)
    disposal = models.CharField(_("处置情况"), max_length=200, blank=True)
    evidence_kept = models.CharField(_("留取的证据"), max_length=200, blank=True)
    proceeds = models.DecimalField(_("处置所得款项（元）"), max_digits=14, decimal_places=2, null=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("涉案物品")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(disposed_in_advance=False) | models.Q(proceeds__isnull=False),
                name="proceeds_of_disposed_property",
                violation_error_message=_("先行处置的物品必须填写处置所得款项（没有的填 0）。"),
            )
        ]

    def words(self) -> str:
        """The line of a list: amount, state, place, disposal with its proceeds."""
        amount = f"{self.quantity.normalize():f} {self.unit}".strip()
        disposal = (
            _("已先行处置：%(what)s，所得款项 %(sum)s 元，留取证据：%(kept)s")
            % {"what": self.disposal, "sum": self.proceeds, "kept": self.evidence_kept}
            if self.disposed_in_advance
            else ""
        )
        return "；".join(str(part) for part in (amount, self.model, self.condition, self.stored_at, disposal) if part)
