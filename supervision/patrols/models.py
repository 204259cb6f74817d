"""What a patrol found, by village and item."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.words import law_language
from supervision.patrols.flow import HANDLE, PatrolFlow
from supervision.patrols.forms import GRADES


class Patrol(PatrolFlow, Matter):
    """One thing that a patrol found."""

    patroller = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("巡查单位"), related_name="+")
    handler = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("处置单位"), null=True, related_name="+")
    village = models.CharField(_("村（社区）"), max_length=60)
    found_at = models.DateTimeField(_("巡查发现时间"))
    words = models.TextField(_("现场情况"))
    handle_by = models.DateField(_("处置期限"), null=True)
    result = models.TextField(_("反馈结果"), blank=True)
    grade = models.CharField(_("评价"), max_length=8, choices=GRADES, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("巡查台账")
        indexes = [models.Index(fields=["found_at"], name="patrol_found")]  # the ledger is of a year

    SHOWN = (
        "patroller",
        "village",
        "place_text",
        "item",
        "found_at",
        "words",
        "handler",
        "handle_by",
        "result",
        "grade",
    )

    def take(self, facts: dict) -> None:
        for name, value in facts.items():
            setattr(self, name, value)

    def ask_handling(self, by: date) -> None:
        with law_language():
            ground = str(_("交办写明的处置期限"))
        self.handle_by, self.asked_at = by, self.act.moment
        self.act.book.start(HANDLE.since("asked_at"), until=self.act.book.end_of(by), ground=ground)
