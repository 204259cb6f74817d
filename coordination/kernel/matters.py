"""The matter 事项: one concrete table for every kind, with all that a list, a search or a desk shows.

A case, a referral … is a child row of a matter (multi-table inheritance). Only `steps.perform()` writes matters.
"""

from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from coordination.kernel import written
from coordination.kernel.catalogue import Item
from coordination.kernel.organs import County, Organ, Role, User, posts_of
from coordination.kernel.sides import Group
from coordination.kernel.words import carries


class Urgency(models.TextChoices):
    """How urgent a matter is (执法线索相互告知工作机制 二（一）, NW-2.5). `ongoing` stands beside it."""

    NORMAL = "normal", pgettext_lazy("urgency", "一般")
    URGENT = "urgent", pgettext_lazy("urgency", "紧急")
    SPECIALLY_URGENT = "specially_urgent", pgettext_lazy("urgency", "特别紧急")
    MAJOR = "major", pgettext_lazy("urgency", "重大")


class Category(models.TextChoices):
    """Why a matter is major (NW-2.3, NW-2.4)."""

    WORK_SAFETY = "work_safety", _("安全生产")
    FOOD_DRUG = "food_drug", _("食品药品安全")
    ENVIRONMENT = "environment", _("生态环境")
    GREAT_LOSS = "great_loss", _("人身财产重大损失")
    SOCIAL_EFFECT = "social_effect", _("重大社会影响")


class Secrecy(models.TextChoices):
    """A state secret is refused at entry and never stored (信息共享工作机制 三（四）)."""

    NONE = "none", pgettext_lazy("secrecy", "无")
    RESTRICTED = "restricted", pgettext_lazy("secrecy", "内部限制")


def accusing(user: User) -> Q:
    """Matters that are hidden from `user`: from him, from an organ of his, or from the one that his unit belongs to."""
    organs = {pk for post in posts_of(user) for pk in post.organ.whole}
    return Q(hidden_organ__in=organs) | Q(hidden_person=user.pk)


#: Roles whose holders read every matter of their county (interface.md, supervisors).
OVERSEERS = (Organ.Kind.JUSTICE_BUREAU, Organ.Kind.GOVERNMENT, Organ.Kind.COORDINATION_OFFICE)


def reach_of(user: User) -> tuple[set[int], set[str]]:
    """The organs of his posts, and the counties whose every matter he oversees."""
    posts = posts_of(user)
    watched = {p.organ.county_id for p in posts if p.role == Role.SUPERVISOR and p.organ.kind in OVERSEERS}
    return {post.organ_id for post in posts}, watched


class MatterQuerySet(models.QuerySet):
    def visible_to(self, user: User, kind: str = "") -> "MatterQuerySet":
        """The matters that `user` may read, and no others: those of the organs of his posts, those of the county that
        he supervises, and those under the items that his department guides (NW-3.5). One EXISTS. What is hidden from
        an organ or a person stays hidden, whatever else would let them in. `kind`: those of one kind alone, found
        without a look at the others."""
        return self._open_to(user, {"kind": kind} if kind else {}).exclude(accusing(user))

    def held_by(self, user: User) -> "MatterQuerySet":
        """What lies in the hands of the organs of his posts: a part of what he may read, found by its holder alone."""
        return self.filter(holder__in={post.organ_id for post in posts_of(user)}).exclude(accusing(user))

    @carries("LAW-20", "NW-3.5")
    def hidden_from(self, user: User) -> "MatterQuerySet":
        """What accuses `user` or an organ of his (信访工作条例 art. 30): nothing of it may reach him."""
        return self.filter(accusing(user))

    def _open_to(self, user: User, narrowed: dict[str, str]) -> "MatterQuerySet":
        organs, watched = reach_of(user)
        taking_part = Exists(Participation.objects.filter(matter=OuterRef("pk"), organ__in=organs, **narrowed))
        may = Q(taking_part) | Q(item__in=Item.objects.filter(guide__in=organs).values("pk"))
        # The county first: PostgreSQL asks in this order, and whoever oversees it needs no look at who takes part.
        return self.filter(Q(county__in=watched) | may if watched else may, **narrowed)


class Matter(models.Model):
    """One matter of any kind. `holder` is the one organ that bears it; a limit may bind another (`clocks.Clock`)."""

    moment = None  # of the step that is being taken on this instance, or of the question what may be done with it
    asked_to_rule: tuple[int, ...] = ()  # the body that the step being taken shows it to (sides.RULING)
    KIND = ""  # of a child class: the value of `kind`, also the workflow's name in URLs and step names
    SIDES: tuple = ()
    OPENS_FROM: tuple[str, ...] = ()  # the kinds of matter that one of this kind is begun from
    OPENS_ALONE = False  # with OPENS_FROM: it may also be begun out of nothing
    CHOSEN_FIRST: tuple[str, ...] = ()  # the facts that are chosen before the form of its birth is shown (`?fact=`)
    LINKS: dict = {}  # the words of the relations that its steps make, by kind: (seen from the source, from the target)
    STARTS_AT = ""  # the name of the screen where one is begun together with what it opens from

    number = models.CharField(_("编号"), max_length=32, unique=True)
    kind = models.CharField(_("类别"), max_length=24)
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("县"))
    title = models.CharField(_("案由"), max_length=120)
    stage = FSMField(_("环节"), default="", protected=True, max_length=32)
    urgency = models.CharField(_("紧急程度"), max_length=20, choices=Urgency.choices, default=Urgency.NORMAL)
    category = models.CharField(_("重大类别"), max_length=20, choices=Category.choices, blank=True)
    ongoing = models.BooleanField(_("违法行为正在进行"), default=False)
    secrecy = models.CharField(_("限制"), max_length=12, choices=Secrecy.choices, default=Secrecy.NONE)
    subject_name = models.CharField(_("当事人"), max_length=120, blank=True)
    place = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("所在乡镇"), null=True, related_name="+")
    place_text = models.CharField(_("地点"), max_length=200, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("执法事项"), null=True, related_name="matters")
    originator = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发起机关"), related_name="+")
    holder = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("承办机关"), related_name="held")
    opened_by = models.ForeignKey(  # None: the system gave birth to it (a periodic duty)
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("经办人"), null=True, related_name="+"
    )
    # A complaint never reaches whom it accuses, nor does anything that comes out of it (信访工作条例 art. 30, LAW-20).
    hidden_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    hidden_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    next_due_at = models.DateTimeField(_("最近期限"), null=True)
    version = models.PositiveIntegerField(default=0)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        indexes = [
            models.Index(  # a list and who may see what of it, out of the index alone
                fields=["kind", "-id"],
                include=["item", "hidden_organ", "hidden_person", "county"],
                name="matter_kind",
            ),
            models.Index(fields=["kind", "stage", "county"], name="matter_stage"),
            models.Index(fields=["holder", "next_due_at"], name="matter_holder"),
            models.Index(fields=["county", "kind"], name="matter_open", condition=Q(closed_at=None)),
            models.Index(  # open and without a date: the desk's tab of what has no clock
                fields=["holder"], name="matter_untimed", condition=Q(closed_at=None, next_due_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @staticmethod
    def locked(pk: int) -> "Matter":
        """The child instance of matter `pk`, its matter row locked first (architecture.md, Locking).

        Lock the Matter row by primary key, without the key share; nothing else locks matters.
        """
        matter = Matter.objects.select_for_update(no_key=True).get(pk=pk)
        return child_model(matter.kind).fetch(pk)

    @classmethod
    def joined(cls) -> tuple[str, ...]:
        """What comes with it in one query: the organs that its sides name; children add what most steps read."""
        sides = (side.field for side in cls.SIDES if not isinstance(side, Group))
        return ("county", "item", "place", "holder", *sides)

    @classmethod
    def fetch(cls, pk: int) -> Self:
        """The child with all that is `joined`, in one query."""

        def write() -> models.QuerySet:
            return cls.objects.select_related(*cls.joined()).filter(pk=written.Later("pk"))

        found = written.objects(("fetch", cls), write, pk=pk)
        if not found:
            raise cls.DoesNotExist(f"no {cls.__name__} has the key {pk}")
        return found[0]

    #: What its page shows: the names of fields, in order.
    SHOWN: tuple = ()

    def sections(self) -> list[dict]:
        """Further panels of its page: dicts of title, note, facts, words, files (templates/components/section.html)."""
        return []

    def sections_for(self, user: User) -> list[dict]:
        """The panels that this reader may see; all of them, unless the matter keeps something from one side."""
        return self.sections()

    #: What leads on from the head of its list: (name of a URL, words).
    LIST_LINKS: tuple = ()

    def disputants(self) -> list[int | None]:
        """The two organs between which it can be disputed, by id: those of its first two sides. No query."""
        return [side.organ_id(self) for side in self.SIDES if not isinstance(side, Group)][:2]

    @property
    def talked(self) -> bool:
        """Whether its sides have already negotiated what they may dispute."""
        return False

    def may_open(self, user: User) -> bool:
        """Whether `user`, who sees the matter, may open what lies in it: its papers, materials and what was written."""
        return True

    @classmethod
    def mail_words(cls, notice) -> str:
        """What a mail on a notice says beyond the duty: nothing, unless a clause has the content itself mailed."""
        return ""

    def paper_organ(self, actor) -> Organ:
        """In whose name a paper of this matter is issued when `actor` acts."""
        return actor.organ

    def preferred_step(self, limit: str) -> str | None:
        """The step that should be offered first for a clock of `limit`, where the flow alone cannot tell."""
        return None

    def people(self) -> list[User]:
        """Those who handle the matter, for the head of its page."""
        return []

    def step_initial(self, step: str, moment) -> dict:
        """What is known for the form of a step beyond the matter's own fields."""
        return {}

    def step_shown(self, step: str) -> Iterable[str | tuple[str, str]]:
        """What whoever takes a step must have before his eyes, above its form: fields of the matter, or label and
        words."""
        return ()

    @classmethod
    def first_initial(cls, origin: "Matter | None", moment) -> dict:
        """What is known for the form of the first step, perhaps from the matter it opens from."""
        return {}

    @classmethod
    def hints(cls, origin: "Matter | None", moment) -> list[str]:
        """What the reader should know before the first step."""
        return []

    def hide_as(self, origin: "Matter") -> None:
        """Hidden from the same as the matter that this one comes out of."""
        self.hidden_organ_id = origin.hidden_organ_id or self.hidden_organ_id
        self.hidden_person_id = origin.hidden_person_id or self.hidden_person_id

    def as_child(self) -> "Matter":
        return child_model(self.kind).fetch(self.pk)

    def limit_facts(self) -> dict[str, str]:
        """What a mechanism may ask about this matter when it chooses a limit; children add their own."""
        return {"urgency": self.urgency, "ongoing": "yes" if self.ongoing else "no"}


def child_model(kind: str) -> type[Matter]:
    """The class of a workflow by the value of `Matter.kind`."""
    for model in apps.get_models():
        if issubclass(model, Matter) and kind == model.KIND:
            return model
    raise LookupError(f"no workflow is called {kind!r}")


class Participation(models.Model):
    """An organ is let into a matter on a side, by the step that lets it in, never before."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="participations")
    kind = models.CharField(max_length=24)  # the matter's again: of a million matters a list reads its own kind alone
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="participations")
    side = models.CharField(max_length=24)
    since = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("参与机关")
        constraints = [models.UniqueConstraint(fields=["organ", "matter", "side"], name="one_participation")]
        indexes = [models.Index(fields=["organ", "kind", "matter"], name="participation_kind")]


class Link(models.Model):
    """A relation between two matters, for instance a referral that came out of a case."""

    source = models.ForeignKey(Matter, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Matter, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = _("关联事项")
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="one_link")]
