"""The facts of a referral and their constraints."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.flow import OVER, UNDECIDED
from cases.models import Case
from coordination.kernel.catalogue import competent
from coordination.kernel.materials import Material, sheet, usable
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Post, Role, in_force, posts_of
from coordination.kernel.words import law_language
from referrals.disputed import Disputed
from referrals.flow import ANSWER, FILE, RECEIPT_ACCEPTS, RECEIVER, ReferralFlow
from referrals.sheet import Sheet
from referrals.words import KindOf, OralOutcome, PropertyDeclared, Scope, ServiceMethod


def basis_words(case: Case, moment) -> str:
    """Whose the violation is, and why, in the words of the catalogue; in the reader's language."""
    return competent(case.item, case.place, moment.date()).reason if case.item else ""


class Referral(Sheet, Disputed, ReferralFlow, Matter):
    """A case or lead on its way from the organ that found it to the organ that is competent."""

    origin = models.ForeignKey(Case, models.PROTECT, verbose_name=_("原案件"), related_name="referrals")
    sender = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("移送方"), related_name="+")
    receiver = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("受移送方"), related_name="+")
    keeper = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("移交方"), null=True, related_name="+")
    kind_of = models.CharField(_("移送类型"), max_length=8, choices=KindOf.choices, default=KindOf.CASE)
    scope = models.CharField(_("移送范围"), max_length=8, choices=Scope.choices, default=Scope.WHOLE)
    basic_facts = models.TextField(_("基本违法事实"))
    checked = models.TextField(_("已核查情况"), blank=True)
    jurisdiction_basis = models.TextField(_("管辖依据"))
    choice_reason = models.TextField(_("选择受移送方的理由"), blank=True)
    property_declared = models.CharField(_("涉案物品"), max_length=8, choices=PropertyDeclared.choices, blank=True)
    officers = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("移送经办人"), related_name="+")
    copy_to = models.CharField(_("抄送"), max_length=200, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("批准人"), null=True, related_name="+"
    )
    competence_found_at = models.DateTimeField(_("认定属于对方管辖的时间"))
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    told_at = models.DateTimeField(_("口头移交时间"), null=True)
    oral_outcome = models.CharField(_("口头移交结果"), max_length=10, choices=OralOutcome.choices, blank=True)
    sent_at = models.DateTimeField(_("移送时间"), null=True)
    service_method = models.CharField(_("送达方式"), max_length=12, choices=ServiceMethod.choices, blank=True)
    served_at = models.DateTimeField(_("送达时间"), null=True)
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    sender_confirmed_at = models.DateTimeField(_("移送方确认时间"), null=True)
    handed_over_at = models.DateTimeField(_("交接完成时间"), null=True)
    differences = models.TextField(_("交接差异"), blank=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    supplement_asked_at = models.DateTimeField(_("要求补充材料时间"), null=True)
    supplied_at = models.DateTimeField(_("补充材料时间"), null=True)
    objected_at = models.DateTimeField(_("异议时间"), null=True)
    objected_from = models.CharField(max_length=32, blank=True)
    disputed_from = models.CharField(max_length=32, blank=True)
    opinion_organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("受移送方认为有管辖权的单位"), null=True, related_name="+"
    )
    designated = models.BooleanField(_("已经争议决定或指定管辖"), default=False)
    case_closed_at = models.DateTimeField(_("受移送方结案时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("案件移送")
        indexes = [  # supervision counts by them: what was served in a month, and whether its case was sent before
            models.Index(fields=["served_at"], name="referral_served"),
            models.Index(fields=["origin", "served_at"], name="referral_sent_before"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")),
                name="referral_to_another_organ",
                violation_error_message=_("不能移送给本单位。"),
            )
        ]

    SHOWN = (
        "kind_of",
        "scope",
        "sender",
        "receiver",
        "subject_name",
        "place",
        "place_text",
        "item",
        "basic_facts",
        "checked",
        "jurisdiction_basis",
        "choice_reason",
        "property_declared",
        "copy_to",
        "competence_found_at",
        "approver",
        "approved_at",
        "told_at",
        "oral_outcome",
        "sent_at",
        "service_method",
        "served_at",
        "signed_at",
        "sender_confirmed_at",
        "handed_over_at",
        "differences",
        "accepted_at",
        "supplement_asked_at",
        "supplied_at",
        "objected_at",
        "opinion_organ",
        "case_closed_at",
    )

    def sections(self) -> list[dict]:
        goods = [(each.name, each.words()) for each in self.properties.all()] if self.has_property else []
        return [{"title": _("涉案物品"), "facts": goods}] if goods else []

    def people(self) -> list:
        return list(self.officers.all())

    STARTS_AT = "referral-start"
    LIST_LINKS = (("criminal:list", _("涉嫌犯罪案件移送")),)

    @classmethod
    def opening_label(cls) -> str:
        return _("起草移送函")

    @classmethod
    def starting_label(cls) -> str:
        return _("发现并移送")

    @classmethod
    def may_open_from(cls, case: Matter, user) -> bool:
        """An officer of the organ that holds a case found to be another's, which is still in its hands."""
        mine = {post.organ_id for post in posts_of(user) if post.role == Role.OFFICER}
        return case.holder_id in mine and case.competence_found_at is not None and case.stage in UNDECIDED

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        """What the case and the catalogue already know."""
        if origin is None:
            return {}
        known = {
            "case": origin,
            "receiver": origin.competent_organ,
            "urgency": origin.urgency,
            "category": origin.category,
            "basic_facts": origin.basic_facts,
            "scope": Scope.WHOLE,
            "kind_of": KindOf.CASE if origin.filed_at else KindOf.LEAD,
            "choice_reason": origin.competence_reason,
            "property_declared": "listed" if origin.properties.exists() else "none",
            "materials": list(Material.objects.filter(matter_id=origin.pk, withdrawn=False)),
        }
        with law_language():  # what stands in the field goes onto the letter
            return known | {"jurisdiction_basis": basis_words(origin, moment)}

    @classmethod
    def hints(cls, origin, moment) -> list[str]:
        return [basis_words(origin, moment)] if origin is not None and origin.item else []

    CARRIED = ("title", "subject_name", "place", "place_text", "item", "category", "ongoing", "urgency")

    def take(self, facts: dict) -> None:
        """Take over the facts that carry the names of this referral's fields."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)
        if "officers" in facts:
            self.officers.set(facts["officers"])

    def take_from_case(self, actor, facts: dict) -> None:
        """What is known of the case is not typed again; what the form says goes before it."""
        for name in self.CARRIED:
            setattr(self, name, getattr(facts["case"], name))
        self.origin, self.sender, self.drafted_by = facts["case"], actor.organ, actor.user
        self.keeper = actor.organ
        self.competence_found_at = facts["case"].competence_found_at
        self.designated = facts["case"].jurisdiction_settled_at is not None
        self.take(facts)
        self.act.carry_materials(facts.get("materials") or ())

    @classmethod
    def joined(cls) -> tuple[str, ...]:
        """With the sender's case, which every paper and most gates read."""
        return (*super().joined(), "item__guide", "origin__item", "origin__place")

    @property
    def case(self) -> Case:
        """The sender's case (the name of the field avoids the accessor that every matter has to its case row)."""
        return self.origin

    @property
    def ready_at(self) -> datetime:
        """Since when its letter may leave."""
        return self.approved_at or self.opened_at

    @property
    def whole(self) -> bool:
        return self.scope == Scope.WHOLE

    @property
    def has_property(self) -> bool:
        return self.property_declared == "listed"

    @property
    def properties(self):
        return self.case.properties

    # What gates and papers of one step both need is read once: the instance lives as long as the step.
    @cached_property
    def named_officers(self) -> list:
        """The officers of the letter; `in_post`: whether each holds an officer's post now at whoever hands over."""
        today = in_force((self.moment or now()).date())
        posts = Post.objects.filter(today, user=OuterRef("pk"), organ=self.keeper_id, role=Role.OFFICER)
        return list(self.officers.annotate(in_post=Exists(posts)).order_by("pk"))

    @cached_property
    def listed_property(self) -> list:
        return list(self.case.properties.all())

    @property
    def supplement_open(self) -> bool:
        return self.supplement_asked_at is not None and self.supplied_at is None

    @property
    def receipt_owed(self) -> bool:
        """Where receiving is accepting, the receiver owes a receipt (三（七）), once: by signing."""
        signed = self.documents.filter(key="service_receipt", entry__step="sign_for", issued_at__gte=self.served_at)
        return RECEIPT_ACCEPTS.holds(self, self.moment or now()) and not signed.exists()

    def limit_facts(self) -> dict[str, str]:
        """`direction` and `kind` (case or lead) as the sending case tells them."""
        same = self.sender.is_township == self.receiver.is_township
        direction = "across" if same else "up" if self.sender.is_township else "down"
        return super().limit_facts() | {"direction": direction, "kind": self.kind_of}

    def step_initial(self, step: str, moment) -> dict:
        """What the form of a step may know before anybody types."""
        if step == "send":
            reached = ServiceMethod.IN_PERSON if self.receiver.off_platform else ServiceMethod.PLATFORM
            return {"service_method": reached}
        if step == "confirm_received":  # lines already ticked on the materials' list are ticked here too
            return {"checked": [line.material for line in sheet(self) if line.ticked_by(self.receiver_id)]}
        return {}

    def begin_accepted(self) -> None:
        """The receiver has taken the matter: its answer is given, its duty to decide on filing begins."""
        self.accepted_at = self.act.moment
        self.act.book.stop(ANSWER)
        self.act.book.start(FILE.since("accepted_at"), organ=RECEIVER.organ(self))

    def go_back(self, competent: Organ | None = None, reason: str = "") -> None:
        """The matter returns to the sender; the case there is open again, to be sent to `competent` if it is still
        another's. What a dispute has made the sender's it may file, whatever the catalogue says."""
        self.holder = self.sender
        name = "reopen" if self.case.stage in OVER else "come_back"
        facts = {"competent_organ": competent, "reason": reason, "designated": self.designated}
        self.act.next(self.origin_id, name, **facts)

    def facts_for_receiver(self) -> dict:
        """What the receiver's own case starts with; of the evidence what it has examined and found good (NW-1.21)."""
        case = self.case
        carried = {name: getattr(self, name) for name in self.CARRIED}
        known = ("subject_code", "subject_address", "subject_contact", "village", "discovered_at")
        return (
            carried
            | {name: getattr(case, name) for name in known}
            | {"basic_facts": self.basic_facts, "source": "referral", "designated": self.designated}
            | {"materials": usable(self, self.receiver_id)}
        )


from referrals.criminal.models import CriminalTransfer as CriminalTransfer  # noqa: E402  the app's second workflow
