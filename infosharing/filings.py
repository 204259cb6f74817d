"""责任人员和联络员备案: for each guiding department of its items a township names one responsible person and one
liaison, and files their names with that department (执法信息共享工作机制 三（一）3, NW-4.12, NW-4.14)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue import Holding
from coordination.kernel.organs import Actor, Organ, Post, Role, in_force
from coordination.kernel.words import Refusal, carries, listed


class Filing(models.Model):
    """Who answers and who is called, of `organ` towards `department`. A later filing ends the one before."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("乡镇（街道）"), related_name="filings")
    department = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("县级指导部门"), related_name="filed_here")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("责任人员"), related_name="+"
    )
    liaison = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("联络员"), related_name="+")
    filed_at = models.DateTimeField(_("备案时间"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("联络员备案")
        constraints = [
            models.UniqueConstraint(fields=["organ", "department"], condition=Q(ended_at=None), name="one_filing")
        ]


@dataclass(frozen=True)
class Duty:
    """What a township owes a guiding department: a filing, and whether it stands. `gap` says what is missing."""

    organ: Organ
    department: Organ
    filing: Filing | None
    gap: str = ""


@carries("NW-4.12", "NW-3.54")
def duties(county: str, day: date) -> list[Duty]:
    """One row for each township and each department that guides an item it holds; three queries."""
    held = Holding.objects.filter(in_force(day), holder__county=county, holder__kind__in=Organ.TOWNSHIPS)
    pairs = set(held.values_list("holder_id", "item__guide_id"))
    organs = Organ.objects.in_bulk({pk for pair in pairs for pk in pair})
    standing = Filing.objects.filter(ended_at=None, organ__county=county).select_related("responsible", "liaison")
    filed = {(one.organ_id, one.department_id): one for one in standing}
    posts = set(Post.objects.filter(in_force(day), organ__county=county).values_list("organ_id", "user_id"))
    rows = [_duty(organs[a], organs[b], filed.get((a, b)), posts) for a, b in pairs]
    return sorted(rows, key=lambda one: (one.organ.sort_key, one.department.sort_key))


def _duty(organ: Organ, department: Organ, filing: Filing | None, posts: set[tuple[int, int]]) -> Duty:
    if filing is None:
        return Duty(organ, department, None, gettext("尚未备案"))
    away = [user.name for user in (filing.responsible, filing.liaison) if (organ.pk, user.pk) not in posts]
    gap = gettext("%(people)s已不在岗，请重新备案") % {"people": listed(away)} if away else ""
    return Duty(organ, department, filing, gap)


@carries("NW-3.54")
def without_liaison(county: str, day: date) -> list[Organ]:
    """Organs of the county, able to act in their own name, in which nobody is liaison today."""
    have = Post.objects.filter(in_force(day), role=Role.LIAISON).values("organ")
    return list(acting_organs(county).exclude(pk__in=have))


def acting_organs(county: str) -> models.QuerySet[Organ]:
    """The county's organs on the platform that act in their own name, units with a basis of their own among them."""
    units = Q(kind__in=Organ.UNITS, own_name_basis="")
    return Organ.objects.filter(county=county, off_platform=False).exclude(units)


@transaction.atomic
@carries("NW-4.12", "NW-4.14")
def file(actor: Actor, department: Organ, responsible, liaison, moment: datetime) -> Filing:
    """File anew; the one before is ended and stays readable. Raises Refusal for people of another
    organ, and for one person in both places."""
    here = set(Post.objects.filter(in_force(moment.date()), organ=actor.organ).values_list("user_id", flat=True))
    for name, user in (("responsible", responsible), ("liaison", liaison)):
        if user.pk not in here:
            raise Refusal(gettext("%(name)s不在本单位任职，请核对。") % {"name": user.name}, field=name)
    if responsible.pk == liaison.pk:
        raise Refusal(gettext("责任人员和联络员应当是两个人，请分别确定。"), field="liaison")
    Filing.objects.filter(organ=actor.organ, department=department, ended_at=None).update(ended_at=moment)
    return Filing.objects.create(
        organ=actor.organ,
        department=department,
        responsible=responsible,
        liaison=liaison,
        filed_at=moment,
        filed_by=actor.user,
    )
