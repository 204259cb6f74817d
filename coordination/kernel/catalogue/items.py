"""Enforcement items 执法事项: the act, the article it violates, the article that punishes it (NW-3.1, NW-3.9)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from coordination.kernel.organs import County, Organ


class ItemQuerySet(models.QuerySet):
    def active_on(self, day: date) -> "ItemQuerySet":
        """Items that stand in the catalogue on `day`: lists are adjusted dynamically (NW-3.11)."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Item(models.Model):
    """One row of the county's catalogue, known to everyone as 第N项.

    `law`/`article` is the rule that the conduct violates, `penalty_law`/`penalty_article` the rule that punishes it;
    `law_version` and `checked` say which text was compared and how sure the comparison is.
    """

    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("县"), related_name="items")
    number = models.PositiveIntegerField(_("序号"))
    code = models.CharField(_("事项编码"), max_length=40)
    title = models.CharField(_("事项名称"), max_length=120)
    conduct = models.TextField(_("违法行为"))
    law = models.CharField(_("违反的法律法规"), max_length=80)
    article = models.CharField(_("违反条款"), max_length=60)
    penalty_law = models.CharField(_("处罚依据"), max_length=80)
    penalty_article = models.CharField(_("处罚条款"), max_length=60)
    law_version = models.CharField(_("文本版本"), max_length=40)
    checked = models.CharField(_("核对说明"), max_length=200, blank=True)
    field = models.CharField(_("领域"), max_length=20, db_index=True)
    guide = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("县级主管部门"), related_name="guided_items")
    needs_legal_review = models.BooleanField(_("决定前须经法制审核"), default=False)
    stays_with_county = models.BooleanField(_("处罚决定保留在县级"), default=False)
    since = models.DateField(_("列入目录之日"))
    until = models.DateField(_("移出目录之日"), null=True, blank=True)
    pinyin = models.CharField(max_length=600, editable=False)
    initials = models.CharField(max_length=120, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("执法事项")
        ordering = ["county", "number"]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="item_number_once"),
            models.UniqueConstraint(fields=["county", "code"], name="item_code_once"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="item_span"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def clean(self) -> None:
        self.index()

    def index(self) -> "Item":
        """Writes the keys of the type-ahead: 未取得施工许可证 is found by weiqude… and by wqdsgxkz."""
        self.pinyin = "".join(lazy_pinyin(self.title))[:600]
        self.initials = "".join(lazy_pinyin(self.title, style=Style.FIRST_LETTER))[:120]
        return self

    @property
    def reference(self) -> str:
        return _("第%(number)s项") % {"number": self.number}

    @property
    def violated(self) -> str:
        return f"《{self.law}》{self.article}"

    @property
    def punished_by(self) -> str:
        return f"《{self.penalty_law}》{self.penalty_article}"

    def is_active(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def search_items(items: models.QuerySet, query: str) -> models.QuerySet:
    """`items` narrowed to what somebody types: a number, Chinese words (all must occur), pinyin or its initials."""
    for word in query.lower().replace("第", " ").replace("项", " ").split():
        items = items.filter(_matches(word))
    return items


def _matches(word: str) -> Q:
    if word.isdecimal():
        return Q(number=int(word)) | Q(code__contains=word)
    if word.isascii():
        return Q(pinyin__contains=word) | Q(initials__contains=word) | Q(code__icontains=word)
    return Q(title__contains=word) | Q(conduct__contains=word) | Q(law__contains=word) | Q(field__contains=word)
