"""The facts of an assistance request and their constraints."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.flow import ANSWER, DISPATCH, AssistanceFlow
from assistance.shown import Shown
from assistance.timing import AnswerTime
from assistance.words import Ground, How, KindOf, RefusalGround, ServiceMethod, Technique
from cases.flow import OVER
from coordination.kernel.materials import Material, MaterialKind
from coordination.kernel.matters import Link, Matter, Urgency
from coordination.kernel.organs import Organ, Role, posts_of


class Assistance(AssistanceFlow, AnswerTime, Shown, Matter):
    """One organ asks another for assistance in a case."""

    origin = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("原事项"), related_name="assistance_asked")
    asker = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("请求单位"), related_name="+")
    helper = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("协助单位"), related_name="+")
    kind_of = models.CharField(_("协助类别"), max_length=12, choices=KindOf.choices)
    technique = models.CharField(_("技术认定方式"), max_length=20, choices=Technique.choices, blank=True)
    ground = models.CharField(_("请求理由"), max_length=20, choices=Ground.choices)
    evidence_at_risk = models.BooleanField(_("证据可能灭失"), default=False)
    questions = models.TextField(_("请求协助的问题或者事项"))
    basic_facts = models.TextField(_("案件基本情况"))
    contact = models.CharField(_("联系人和电话"), max_length=80, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("批准人"), null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    service_method = models.CharField(_("送达方式"), max_length=12, choices=ServiceMethod.choices, blank=True)
    served_at = models.DateTimeField(_("送达时间"), null=True)
    received_at = models.DateTimeField(_("签收时间"), null=True)
    dispatched_at = models.DateTimeField(_("派员时间"), null=True)
    handled_at = models.DateTimeField(_("到场时间"), null=True)
    handling = models.TextField(_("现场处置情况"), blank=True)
    supplement_asked_at = models.DateTimeField(_("要求补充材料时间"), null=True)
    supplement_items = models.TextField(_("需要补充的材料"), blank=True)
    supplement_by = models.DateField(_("补充材料期限"), null=True)
    supplied_at = models.DateTimeField(_("补充材料时间"), null=True)
    supplement_paused = models.BooleanField(_("补充期间不计入答复期限"), default=False)
    extended_to = models.DateField(_("延期至"), null=True)
    extension_ground = models.TextField(_("延期理由"), blank=True)
    lent_at = models.DateTimeField(_("出具调阅清单时间"), null=True)
    return_by = models.DateField(_("归还日期"), null=True)
    returned_at = models.DateTimeField(_("归还时间"), null=True)
    work_done = models.TextField(_("开展的工作"), blank=True)
    conclusions = models.TextField(_("对各问题的结论"), blank=True)
    answer_basis = models.TextField(_("依据"), blank=True)
    opinion_limits = models.TextField(_("意见的适用范围和局限"), blank=True)
    experts = models.TextField(_("专业人员"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    refusal_ground = models.CharField(_("不予协助的理由"), max_length=16, choices=RefusalGround.choices, blank=True)
    refusal_reasons = models.TextField(_("不予协助的说明"), blank=True)
    refusal_basis = models.TextField(_("不予协助的法律依据"), blank=True)
    refused_at = models.DateTimeField(_("告知不予协助的时间"), null=True)
    in_dispute = models.BooleanField(_("争议处理中"), default=False)
    decided_at = models.DateTimeField(_("争议决定时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("执法协助")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asker=models.F("helper")),
                name="assistance_of_another_organ",
                violation_error_message=_("不能请求本单位协助。"),
            )
        ]

    SHOWN = (
        "asker",
        "helper",
        "kind_of",
        "technique",
        "ground",
        "evidence_at_risk",
        "subject_name",
        "place",
        "place_text",
        "item",
        "basic_facts",
        "contact",
        "approver",
        "approved_at",
        "sent_at",
        "service_method",
        "served_at",
        "received_at",
        "dispatched_at",
        "handled_at",
        "handling",
        "supplement_asked_at",
        "supplied_at",
        "extended_to",
        "extension_ground",
        "answered_at",
        "refusal_ground",
        "refusal_reasons",
        "refusal_basis",
        "refused_at",
        "in_dispute",
        "decided_at",
    )
    CARRIED = ("title", "subject_name", "place", "place_text", "item", "category", "ongoing", "urgency")

    # Before it is begun

    @classmethod
    def opening_label(cls) -> str:
        return _("请求协助")

    @classmethod
    def may_open_from(cls, origin: Matter, user) -> bool:
        """An officer of the organ that bears a case in hand, or a referral that it has received."""
        mine = {post.organ_id for post in posts_of(user) if post.role == Role.OFFICER}
        unreceived = origin.KIND == "referrals" and origin.holder_id == origin.originator_id
        return origin.holder_id in mine and origin.closed_at is None and origin.stage not in OVER and not unreceived

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        """What the case knows; of a referral, its sender is bound to assist (案件移送制度 五（十三）, NW-1.22)."""
        if origin is None:
            return {}
        known = {
            "origin": origin,
            "urgency": origin.urgency,
            "category": origin.category,
            "basic_facts": origin.basic_facts,
            "ground": Ground.NEEDS_TECHNIQUE,
            "materials": list(Material.objects.in_force().filter(matter_id=origin.pk).exclude(kind=MaterialKind.SCAN)),
        }
        if origin.KIND == "referrals":
            known |= {"helper": origin.originator, "kind_of": KindOf.INFORMATION, "ground": Ground.HELD_BY_ANOTHER}
        return known

    @classmethod
    def hints(cls, origin, moment) -> list[str]:
        return [
            gettext("技术认定由乡镇请求县级职能部门的，一般应在规定的工作日内提出书面意见；其他协助应当及时办理。"),
            gettext("协助单位在职权范围内应当依法予以协助；书面意见和证据自动进入本单位的案卷。"),
        ]

    # What steps do

    def take(self, facts: dict) -> None:
        """Take over the facts that carry the names of this request's fields."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)

    def take_from_origin(self, actor, facts: dict) -> None:
        """What is known is not typed again; what the form says goes before it."""
        origin = facts["origin"].as_child()
        for name in self.CARRIED:
            setattr(self, name, getattr(origin, name))
        self.asker, self.drafted_by = actor.organ, actor.user
        self.take(facts | {"origin": origin})
        self.act.carry_materials(facts.get("materials") or ())

    def start_time(self) -> None:
        """The helper's time begins with the letter in its hands."""
        self.act.book.start(ANSWER.since("served_at"))
        if self.needs_dispatch:
            self.act.book.start(DISPATCH.since("served_at"))

    def begin_anew(self) -> None:
        """By decision: the helper assists, its time running from the decision; that of sending officers, too, where
        they are needed and none were sent (NW-3.58)."""
        self.answered_at = self.refused_at = None
        self.holder, self.received_at = self.helper, self.received_at or self.decided_at
        self.supplement_paused, self.supplement_asked_at = False, None
        self.act.book.start(ANSWER.since("decided_at"))
        if self.to_dispatch:
            self.act.book.start(DISPATCH.since("decided_at"))

    def give_evidence(self, facts: dict) -> None:
        """The opinion and the evidence go into the asker's file: its own case, or the referral that it received. The
        letter of reply follows when it is printed (reactions.py); of an organ off the platform its paper goes now."""
        given = [*(facts.get("evidence") or ()), *filter(None, [facts.get("opinion_paper"), self.act.voucher])]
        given = list({one.pk: one for one in given}.values())
        if given:
            self.act.next(self.file_id(), "take_opinion", materials=given)

    def file_id(self) -> int:
        """The asker's case: the one that it asks for, or the one that it has filed out of the referral."""
        filed = Link.objects.filter(source_id=self.origin_id, kind="filed_case", target__holder_id=self.asker_id)
        return filed.values_list("target_id", flat=True).first() or self.origin_id

    # What it is

    @property
    def on_platform(self) -> bool:
        return self.service_method == ServiceMethod.PLATFORM

    @property
    def reached(self) -> bool:
        """Whether the letter is in the helper's hands."""
        return self.served_at is not None

    @property
    def sent_off(self) -> bool:
        return self.sent_at is not None

    @property
    def needs_dispatch(self) -> bool:
        """情况紧急或证据可能灭失 (NW-3.58), or officers on the spot are what is asked for."""
        return self.evidence_at_risk or self.urgency != Urgency.NORMAL or self.kind_of == KindOf.ON_SITE

    @property
    def to_dispatch(self) -> bool:
        return self.needs_dispatch and self.dispatched_at is None

    @property
    def on_the_way(self) -> bool:
        return self.dispatched_at is not None and self.handled_at is None

    @property
    def asks_for_archives(self) -> bool:
        return self.kind_of == KindOf.ARCHIVES

    @cached_property
    def listed_archives(self) -> list:
        return list(self.archives.all())

    @property
    def lends_originals(self) -> bool:
        """Some stand on the list that have not come back."""
        return any(one.lent and not one.returned for one in self.listed_archives)

    @property
    def originals_out(self) -> bool:
        """Originals were lent and have not come back. Asked for each row of a list, so no query."""
        return self.return_by is not None and self.returned_at is None

    def limit_facts(self) -> dict[str, str]:
        """`direction`: up from a township to a department, down, or across between equals; `kind`: what is asked."""
        same = self.asker.is_township == self.helper.is_township
        direction = "across" if same else "up" if self.asker.is_township else "down"
        return super().limit_facts() | {"direction": direction, "kind": self.kind_of}

    def offered_by(self, actor):
        """What the answering organ has put into this matter; who records for it adds its paper in his own name."""
        theirs = models.Q(organ_id=self.helper_id)
        if actor.on_behalf_of:
            theirs |= models.Q(organ_id=actor.post.organ_id, carried_from=None, added_at__gte=self.sent_at)
        return Material.objects.in_force().filter(theirs, matter_id=self.pk)

    @property
    def supplement_open(self) -> bool:
        return self.supplement_asked_at is not None and self.supplied_at is None


class ConsultedArchive(models.Model):
    """One line of the 调阅清单: what was consulted, copied or lent (县乡执法协助工作机制 三（五）, NW-3.60)."""

    matter = models.ForeignKey(Assistance, models.PROTECT, related_name="archives")
    name = models.CharField(_("档案名称"), max_length=120)
    reference = models.CharField(_("档号或文号"), max_length=60, blank=True)
    how = models.CharField(_("调阅方式"), max_length=12, choices=How.choices)
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    pages = models.PositiveIntegerField(_("页数"), null=True)
    remark = models.CharField(_("备注"), max_length=120, blank=True)
    returned = models.BooleanField(_("已归还"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("调阅档案")

    @property
    def lent(self) -> bool:
        return self.how == How.LENT

    def words(self) -> str:
        amount = gettext("%(copies)s 份 %(pages)s 页") % {"copies": self.copies, "pages": self.pages or 0}
        return "；".join(part for part in (self.get_how_display(), self.reference, amount, self.remark) if part)
