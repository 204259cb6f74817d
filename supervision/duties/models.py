"""A periodic duty of one organ in one cycle, and the records of what was done."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ
from coordination.kernel.words import law_language
from supervision.duties.flow import FULFIL, DutyFlow
from supervision.duties.words import Duty


class PeriodicDuty(DutyFlow, Matter):
    """`cycle_last` None: once, without an end that the county's mechanism names."""

    duty = models.CharField(_("职责"), max_length=12, choices=Duty.choices)
    bearer = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("承担单位"), related_name="+")
    about_organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("涉及乡镇"), null=True, related_name="+")
    cycle_first = models.DateField(_("本期自"))
    cycle_last = models.DateField(_("本期至"), null=True)
    times_needed = models.PositiveSmallIntegerField(_("应开展次数"), default=1)
    times_done = models.PositiveSmallIntegerField(_("已开展次数"), default=0)
    hours_needed = models.DecimalField(_("应达到学时"), max_digits=6, decimal_places=1, default=0)
    hours_done = models.DecimalField(_("已登记学时"), max_digits=6, decimal_places=1, default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("周期性职责")
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "bearer", "about_organ", "cycle_first"], name="one_duty_a_cycle", nulls_distinct=False
            )
        ]

    SHOWN = (
        "duty",
        "bearer",
        "about_organ",
        "cycle_first",
        "cycle_last",
        "times_needed",
        "times_done",
        "hours_needed",
        "hours_done",
    )

    def sections(self) -> list[dict]:
        held = [(f"{one.on:%Y-%m-%d}", one.told()) for one in self.records.all()]
        return [{"title": _("开展情况"), "facts": held}] if held else []

    @property
    def began_at(self) -> datetime:
        return datetime.combine(self.cycle_first, time.min, CST)

    def take(self, facts: dict) -> None:
        for name, value in facts.items():
            setattr(self, name, value)

    def start_clock(self) -> None:
        """It runs from the beginning of the cycle to its end, whenever the day's task came to it."""
        with law_language():
            ground = str(_("本期终了前"))
        until = self.cycle_last and self.act.book.end_of(self.cycle_last)
        self.act.book.start(FULFIL.since("began_at"), until=until, ground=ground)

    def limit_facts(self) -> dict[str, str]:
        return super().limit_facts() | {"duty": self.duty}


class DutyRecord(models.Model):
    """One occasion on which a periodic duty was done; its proof lies among the materials of the matter."""

    duty = models.ForeignKey(PeriodicDuty, models.PROTECT, verbose_name=_("职责"), related_name="records")
    on = models.DateField(_("开展日期"))
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1, default=0)
    people = models.PositiveIntegerField(_("参加人数"), default=0)
    words = models.TextField(_("开展情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("登记人"), related_name="+")
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("开展记录")
        ordering = ["on", "pk"]

    def told(self) -> str:
        counted = [_("%s 学时") % f"{self.hours:g}"] if self.hours else []
        counted += [_("%d 人") % self.people] if self.people else []
        return "，".join([*counted, self.words])


def cycle_of(day: date, kind: str) -> tuple[date, date | None]:
    """The first and the last day of the cycle in which `day` lies: a year, a half year, or once for all."""
    if kind == "half-yearly":
        first = date(day.year, 1 if day.month < 7 else 7, 1)
        return first, date(day.year, 6, 30) if day.month < 7 else date(day.year, 12, 31)
    return date(day.year, 1, 1), date(day.year, 12, 31) if kind == "yearly" else None
