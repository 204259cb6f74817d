"""Organs, people, posts: who may act, and in whose name.

An organ sends and receives in its own name; an internal unit never does, unless a law lets it act in its own
name (`own_name_basis`): 案件移送制度 三（三）, NW-1.6, NW-1.7. People act through posts; an assistant is no officer
(行政处罚法 art. 42, LAW-6).
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from coordination.kernel import written
from coordination.kernel.duties import AccountFields
from coordination.kernel.now import CST, Present, Today, now
from coordination.kernel.words import LAW_LANGUAGE

#: `ningwu.shengtai`: the county's code, a dot, the organ's own word.
KEY = RegexValidator(r"^[a-z0-9-]+\.[a-z0-9.-]+$", _("请写成 县代码.单位标识 的形式，如 ningwu.shengtai。"))


class County(models.Model):
    """A county and the mechanism (rule file) in force there. One installation serves several side by side."""

    code = models.SlugField(_("代码"), primary_key=True)
    name = models.CharField(_("名称"), max_length=40)
    mechanism = models.SlugField(_("机制文件"), help_text=_("coordination/mechanisms/ 下的文件名"))

    class Meta:
        verbose_name = verbose_name_plural = _("县")

    def __str__(self) -> str:
        return self.name


class Organ(models.Model):
    """An organ of the county, or a unit inside one (a unit never sends or receives: `may_act_in_own_name`)."""

    class Kind(models.TextChoices):
        TOWNSHIP = "township", _("乡镇人民政府")
        SUBDISTRICT = "subdistrict", _("街道办事处")
        DEPARTMENT = "department", _("县级职能部门")
        JUSTICE_BUREAU = "justice_bureau", _("司法局")
        GOVERNMENT = "government", _("人民政府")
        COORDINATION_OFFICE = "coordination_office", _("协调办公室")
        STAFFING_OFFICE = "staffing_office", _("机构编制部门")
        POLICE = "police", _("公安机关")
        PROCURATORATE = "procuratorate", _("人民检察院")
        COURT = "court", _("人民法院")
        INTERNAL_UNIT = "internal_unit", _("内设机构")
        AFFILIATED_UNIT = "affiliated_unit", _("直属机构")
        DISPATCHED_UNIT = "dispatched_unit", _("派出机构")

    TOWNSHIPS = (Kind.TOWNSHIP, Kind.SUBDISTRICT)
    UNITS = (Kind.INTERNAL_UNIT, Kind.AFFILIATED_UNIT, Kind.DISPATCHED_UNIT)

    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("县"), related_name="organs")
    key = models.CharField(_("标识"), max_length=60, unique=True, validators=[KEY])
    kind = models.CharField(_("类别"), max_length=24, choices=Kind.choices)
    name = models.CharField(_("全称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40)
    mark = models.CharField(_("发文机关代字"), max_length=20, blank=True)
    superior = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上一级行政机关"), null=True, blank=True, related_name="subordinates"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("所属机关"), null=True, blank=True, related_name="units"
    )
    own_name_basis = models.TextField(
        _("以自己名义执法的法律依据"), blank=True, help_text=_("仅派出机构等经法律法规规章明确授权时填写")
    )
    off_platform = models.BooleanField(_("不在本平台"), default=False)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("机关")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        self.sort_key = pinyin_key(self.name)

    @property
    def is_township(self) -> bool:
        return self.kind in self.TOWNSHIPS

    @property
    def bearer_kind(self) -> str:
        """How a mechanism names this organ when it asks for the bearer: `township` or `department`."""
        return "township" if self.is_township else "department"

    def superiors(self) -> list["Organ"]:
        """The organs above this one, the nearest first; a unit without a superior of its own stands under its organ."""
        above, found = self.superior or self.parent, []
        while above is not None and above not in found:
            found.append(above)
            above = above.superior or above.parent
        return found

    @property
    def whole(self) -> set[int]:
        """This organ and, if it is a unit, the one that it belongs to; by id."""
        return {self.pk, self.parent_id} - {None}

    @property
    def may_act_in_own_name(self) -> bool:
        """NW-1.6, NW-1.7: units may not, unless a law, regulation or rule says so."""
        return self.kind not in self.UNITS or bool(self.own_name_basis)


def with_units(organ: int, prefix: str = "") -> models.Q:
    """An organ and the units inside it: what is kept from it is kept from them. `prefix` leads to the organ."""
    return models.Q(**{f"{prefix}pk": organ}) | models.Q(**{f"{prefix}parent": organ})


def common_superior(one: Organ, other: Organ) -> Organ | None:
    """共同的上一级行政机关 (行政处罚法 art. 25, LAW-3): the nearest organ above both, not always the county's."""
    above = other.superiors()
    return next((organ for organ in one.superiors() if organ in above), None)


def pinyin_key(text: str) -> str:
    """The order of Chinese names, stored (the embedded PostgreSQL has no ICU collations)."""
    return " ".join(lazy_pinyin(text))[:200]


class User(AccountFields, AbstractUser):
    """A person. Personal accounts only; what he may do comes from his posts and his certificate."""

    class Certificate(models.TextChoices):
        NONE = "none", _("无执法证")
        VALID = "valid", _("有效")
        EXPIRED = "expired", _("已过期")
        SUSPENDED = "suspended", _("暂扣")
        REVOKED = "revoked", _("吊销")

    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    certificate_number = models.CharField(_("执法证号"), max_length=40, blank=True)
    certificate_state = models.CharField(
        _("执法证状态"), max_length=12, choices=Certificate.choices, default=Certificate.NONE
    )
    certificate_until = models.DateField(_("执法证有效期至"), null=True, blank=True)
    #: [kind, name, query] of each filter of a list that this person has given a name: read with him, without a query.
    filters = models.JSONField(_("常用筛选"), default=list, blank=True, editable=False)
    #: Of the screens as last chosen, and of every message that leaves the platform; papers are always Chinese.
    language = models.CharField(_("语言"), max_length=12, default=LAW_LANGUAGE, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def certified_on(self, day: date) -> bool:
        """Whether the certificate lets this person enforce on `day` (行政处罚法 art. 42, LAW-6)."""
        return self.certificate_on(day) == self.Certificate.VALID

    def certificate_on(self, day: date) -> "User.Certificate":
        """The state on `day`: a certificate past its last day has expired, whatever is stored."""
        state = self.Certificate(self.certificate_state)
        late = self.certificate_until is not None and day > self.certificate_until
        return self.Certificate.EXPIRED if late and state == self.Certificate.VALID else state


class Role(models.TextChoices):
    """What a post lets its holder do."""

    OFFICER = "officer", _("执法人员")
    ASSISTANT = "assistant", _("执法辅助人员")
    APPROVER = "approver", _("审批人")
    LEADER_IN_CHARGE = "leader_in_charge", _("分管领导")
    PRINCIPAL_HEAD = "principal_head", _("主要负责人")
    LEGAL_REVIEWER = "legal_reviewer", _("法制审核人员")
    LIAISON = "liaison", _("联络员")
    RESPONSIBLE_PERSON = "responsible_person", _("责任人员")
    SUPERVISOR = "supervisor", _("执法监督人员")
    REGISTRY = "registry", _("收发登记人员")
    ORGAN_ADMIN = "organ_admin", _("单位管理员")


class Post(models.Model):
    """A person's place in an organ, for a time."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("人员"), related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("机关"), related_name="posts")
    role = models.CharField(_("岗位"), max_length=24, choices=Role.choices)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("岗位")
        constraints = [models.UniqueConstraint(fields=["user", "organ", "role", "since"], name="one_post")]

    def __str__(self) -> str:
        return f"{self.organ.short_name} {self.get_role_display()}"


class Delegation(models.Model):
    """A post exercised by another person while its holder is away."""

    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("岗位"), related_name="delegations")
    to = models.ForeignKey(User, models.PROTECT, verbose_name=_("代行人"), related_name="delegations")
    since = models.DateField(_("自"))
    until = models.DateField(_("至"))

    class Meta:
        verbose_name = verbose_name_plural = _("岗位代行")
        constraints = [models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="delegation_span")]


def in_force(day: date | Today | written.Later) -> models.Q:
    """Rows with `since`/`until` that hold on `day`, both ends included."""
    return models.Q(since__lte=day) & (models.Q(until__isnull=True) | models.Q(until__gte=day))


def posts_of(user: User, day: date | None = None) -> tuple[Post, ...]:
    """The posts that `user` exercises on `day` (default: today), delegated ones included.

    One query, then kept on the user object, which lives as long as a request or a step.
    """
    kept = getattr(user, "_posts_on", None)
    if kept and day in (None, kept[0]):
        return kept[1]
    day = day or now().date()
    posts = tuple(written.objects("posts of a day", _posts_of_a_day, user=user.pk, day=day))
    user._posts_on = (day, posts)
    return posts


def present_posts_of(user: User) -> datetime:
    """The present moment; the posts that `user` exercises then are kept on him. One query for both, two for whoever
    has no post."""
    posts = tuple(written.objects("posts", _present_posts, user=user.pk))
    moment = posts[0].asked_at.astimezone(CST) if posts else now()
    user._posts_on = (moment.date(), posts)
    return moment


def reader_of(user: User) -> Hashable:
    """All of a reader that the words of a statement may depend on: himself, his posts and what their organs are."""
    posts = ((post.role, post.organ) for post in posts_of(user))
    return user.pk, tuple((role, organ.pk, organ.parent_id, organ.county_id, organ.kind) for role, organ in posts)


def _present_posts() -> models.QuerySet[Post]:
    return _held(written.Later("user"), Today()).annotate(asked_at=Present())


def _posts_of_a_day() -> models.QuerySet[Post]:
    return _held(written.Later("user"), written.Later("day", models.DateField()))


def _held(user: written.Later, day: written.Later | Today) -> models.QuerySet[Post]:
    delegated = Delegation.objects.filter(in_force(day), to=user).values("post_id")
    held = Post.objects.filter(in_force(day)).filter(models.Q(user=user) | models.Q(pk__in=delegated))
    return held.select_related("organ", "organ__county").order_by("id")


@dataclass(frozen=True)
class Actor:
    """Who performs a step: a person in a post, or the system itself (`user` None); perhaps recording for an organ
    that is not on the platform (`on_behalf_of`). `bearer`: whose the matter is to which the system gives birth."""

    user: User | None = None
    post: Post | None = None
    on_behalf_of: Organ | None = None
    bearer: Organ | None = None

    @property
    def organ(self) -> Organ | None:
        return self.on_behalf_of or (self.post.organ if self.post else self.bearer)

    @property
    def label(self) -> str:
        return f"{self.user.name}（{self.post}）" if self.user else str(_("系统"))


SYSTEM = Actor()
