"""Whose paper it is: an organ issues only that of its own authority.

政府督查工作条例 arts. 7, 14 (LAW-24): 督查, and with it daily 督办, is the government's; another organ needs its
appointment. 行政执法监督条例 art. 6 (LAW-23): enforcement supervision is the justice bureau's. 执法信息共享工作机制
三（五）(NW-4.27): rectification within a time is ordered by the authority in charge of the item, of breaches of
information sharing alone.
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.now import Today
from coordination.kernel.organs import County, Organ, in_force
from supervision.breached import OF_SHARING
from supervision.words import Paper

RAISED_REVIEW = declare_option("supervision.raised_review")
#: The paper that an organ issues because of what it is.
OWN_PAPER = {
    Organ.Kind.GOVERNMENT: Paper.FOLLOW_UP,
    Organ.Kind.JUSTICE_BUREAU: Paper.OPINION,
    Organ.Kind.DEPARTMENT: Paper.RECTIFICATION,
}


class Appointment(models.Model):
    """The government has appointed an organ to follow matters up in its name (政府督查工作条例 art. 7)."""

    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("县"))
    by = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("指定的人民政府"), related_name="appointments")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("承担督办的单位"), related_name="appointed")
    reference = models.CharField(_("指定文件及文号"), max_length=160)
    scope = models.CharField(_("督办范围"), max_length=200)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("督办指定")
        constraints = [
            models.CheckConstraint(
                name="appointed_another",
                condition=~models.Q(by=models.F("organ")),
                violation_error_message=_("人民政府督办不需要指定自己。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.reference}"


def appointments_of(organ: Organ, day) -> models.QuerySet[Appointment]:
    """The appointments under which `organ` follows up on that day."""
    return Appointment.objects.filter(in_force(day), organ=organ, by__kind=Organ.Kind.GOVERNMENT)


def appointment_of(organ: Organ, moment: datetime) -> Appointment | None:
    """The latest of them."""
    return appointments_of(organ, moment.date()).select_related("by").order_by("-since", "-pk").first()


def own_paper(organ: Organ) -> Paper | None:
    """By what it is alone. A branch of a department of the city that a law lets act in its own name is in charge of its
    items as a department is."""
    if organ.kind in Organ.UNITS and organ.may_act_in_own_name:
        return Paper.RECTIFICATION
    return OWN_PAPER.get(organ.kind)


def papers_of(organ: Organ, moment: datetime) -> list[Paper]:
    """The papers that `organ` may issue then; none for most."""
    found = [own] if (own := own_paper(organ)) else []
    if organ.kind != Organ.Kind.GOVERNMENT and appointment_of(organ, moment):
        found.append(Paper.FOLLOW_UP)
    office = organ.kind == Organ.Kind.COORDINATION_OFFICE
    if office and kept_rules(organ.county_id).option(RAISED_REVIEW, moment):
        found.append(Paper.RAISED_REVIEW)
    return found


def may_have_a_paper(organ: Organ, kind: str) -> bool:
    """Whether `organ` may have a paper to issue about a matter of this kind; which one, and on what authority, the
    gates ask. A query at most for a department's staff, whose own paper is about information sharing alone."""
    if own_paper(organ) == Paper.RECTIFICATION and kind not in OF_SHARING:
        return _appointed(organ)
    return own_paper(organ) is not None or organ.kind == Organ.Kind.COORDINATION_OFFICE


def _appointed(organ: Organ) -> bool:
    """Whether it follows up today; kept on the organ, which lives as long as its reader's request."""
    if not hasattr(organ, "_appointed_today"):
        organ._appointed_today = appointments_of(organ, Today()).exists()
    return organ._appointed_today
