"""Who holds an item where, how and for how long; and the letters by which an item is entrusted (NW-3.1 to NW-3.8)."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue.items import Item
from coordination.kernel.organs import Organ
from coordination.kernel.words import carries

#: An entrustment letter is watched this long before its term ends (NW-3.8).
WARNING = timedelta(days=30)

# Ranges stand for the plain columns, so that GiST needs no extension (btree_gist wants a superuser to create it).
_SAME_ITEM = Func(F("item"), F("item"), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
_PLACE = Coalesce(F("place"), Value(0), output_field=models.BigIntegerField())
_SAME_PLACE = Func(_PLACE, _PLACE, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
_SAME_TIME = Func(F("since"), F("until"), Value("[]"), function="daterange", output_field=DateRangeField())


class Mode(models.TextChoices):
    """By what title an organ works on an item in a place."""

    DEVOLVED = "devolved", _("赋权")
    ENTRUSTED = "entrusted", _("委托")
    ASSISTING = "assisting", _("配合")
    RETAINED = "retained", _("保留")
    STATUTORY = "statutory", _("法定")


@carries("LAW-2", "NW-3.7", "NW-3.8")
class Entrustment(models.Model):
    """A signed 行政执法委托书: without it, or unpublished, or out of term, nothing is entrusted (NW-3.7, LAW-2)."""

    number = models.CharField(_("委托书编号"), max_length=60, unique=True)
    from_organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("委托机关"), related_name="entrustments_given")
    to_organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("受委托机关"), related_name="entrustments")
    items = models.ManyToManyField(Item, through="Holding", related_name="entrustments", verbose_name=_("委托事项"))
    scope = models.TextField(_("委托范围"))
    powers = models.TextField(_("委托权限"))
    basis = models.TextField(_("委托依据"))
    responsibility = models.TextField(_("委托责任"))
    since = models.DateField(_("委托期限自"))
    until = models.DateField(_("委托期限至"))
    published_at = models.DateField(_("公布日期"), null=True, blank=True)
    letter = models.FileField(
        _("委托书扫描件"), upload_to="entrustments/", blank=True, validators=[FileExtensionValidator(["pdf"])]
    )

    class Meta:
        verbose_name = verbose_name_plural = _("行政执法委托书")
        ordering = ["until"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="entrustment_span")]

    def __str__(self) -> str:
        return self.number

    def defect_on(self, day: date) -> str:
        """Why this letter does not carry the entrustment on `day`; empty when it does."""
        if not self.letter:
            return _("委托书未签订或者未存档")
        if self.published_at is None or day < self.published_at:
            return _("委托书尚未公布")
        if not self.since <= day <= self.until:
            return _("不在委托期限内")
        return ""


@carries("LAW-1", "NW-1.3", "NW-3.3")
class Holding(models.Model):
    """An item in the hands of an organ, in a township (`place`; empty: the whole county), for a time.

    `devolved_from` is the department that gave it: the one that held it before (赋权), in whose name it is done (委托),
    that stays the subject (配合). A provincial decision is what devolution rests on (行政处罚法 art. 24, LAW-1).
    """

    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("事项"), related_name="holdings")
    holder = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("承担机关"), related_name="holdings")
    place = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("适用区域"), null=True, blank=True, related_name="held_here"
    )
    mode = models.CharField(_("方式"), max_length=12, choices=Mode.choices)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)
    decision_number = models.CharField(_("省级赋权决定文号"), max_length=60, blank=True)
    decision_date = models.DateField(_("省级赋权决定日期"), null=True, blank=True)
    devolved_from = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("原承担部门"), null=True, blank=True, related_name="given_away"
    )
    entrustment = models.ForeignKey(
        Entrustment, models.PROTECT, verbose_name=_("委托书"), null=True, blank=True, related_name="holdings"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("事项承担关系")
        ordering = ["item", "place", "since"]
        constraints = [
            ExclusionConstraint(
                name="one_holder_at_a_time",
                violation_error_message=_("同一事项在同一区域、同一时间只能有一个承担机关。"),
                expressions=[(_SAME_ITEM, "&&"), (_SAME_PLACE, "&&"), (_SAME_TIME, "&&")],
            ),
            models.CheckConstraint(
                condition=~Q(mode="devolved") | (Q(decision_date__isnull=False) & ~Q(decision_number="")),
                name="devolved_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(mode="entrusted", entrustment__isnull=False)
                | (~Q(mode="entrusted") & Q(entrustment__isnull=True)),
                name="entrusted_by_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.reference} {self.holder} {self.get_mode_display()}"

    @property
    def span(self) -> str:
        """自2025-03-01 / 2025-03-01至2026-02-28, as people read it."""
        words = _("%(since)s至%(until)s") if self.until else _("自%(since)s")
        return str(words) % {"since": self.since, "until": self.until}

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def clean(self) -> None:
        if self.mode == Mode.DEVOLVED and not (self.decision_number and self.decision_date):
            raise ValidationError(
                {"decision_number": _("赋权事项须填写省级赋权决定的文号和日期（行政处罚法第二十四条）。")}
            )
        if (self.mode == Mode.ENTRUSTED) != (self.entrustment_id is not None):
            raise ValidationError({"entrustment": _("委托事项须选定行政执法委托书，其他方式不选。")})
        if self.until and self.until < self.since:
            raise ValidationError({"until": _("结束日期不能早于开始日期。")})
        self._refuse_overlap()

    def _refuse_overlap(self) -> None:
        other = self.overlapping().first()
        if other is None:
            return
        facts = {"item": self.item.reference, "other": other.holder, "mode": other.get_mode_display()}
        message = _("%(item)s在该区域已由%(other)s以%(mode)s方式承担（%(span)s）；请先填写其结束日期。")
        raise ValidationError(message, code="overlap", params={**facts, "span": other.span})

    def overlapping(self) -> models.QuerySet:
        """Other holdings of the item in the same place whose time meets this one's."""
        same = Holding.objects.filter(item_id=self.item_id, place_id=self.place_id).exclude(pk=self.pk)
        meets = same.filter(Q(until__isnull=True) | Q(until__gte=self.since))
        return (meets.filter(since__lte=self.until) if self.until else meets).select_related("holder")


def expiring_entrustments(day: date) -> models.QuerySet:
    """Letters whose term ends within 30 days from `day`: to be renewed, or the matters go back (NW-3.8)."""
    return Entrustment.objects.filter(until__gte=day, until__lte=day + WARNING).select_related("from_organ", "to_organ")
