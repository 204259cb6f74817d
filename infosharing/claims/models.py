"""The facts of a claim, and who does the work where."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.words import law_language, listed, named
from infosharing.claims.flow import ClaimFlow
from infosharing.claims.gates import holders_of


class Claim(ClaimFlow, Matter):
    """Items that a department has claimed on the platform, for the townships that hold them."""

    department = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("认领部门"), related_name="+")
    items = models.ManyToManyField(Item, verbose_name=_("认领的执法事项"), related_name="claims")
    units = ArrayField(models.BigIntegerField(), default=list)
    pending = ArrayField(models.BigIntegerField(), default=list)
    claimed_at = models.DateTimeField(_("认领时间"))
    divided_at = models.DateTimeField(_("分工完成时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("执法事项认领")

    SHOWN = ("department", "claimed_at", "divided_at")

    def take(self, actor, items, facts: dict) -> None:
        self.department, self.claimed_at = actor.organ, self.act.moment
        self.units = self.pending = holders_of(items, self.act.moment)
        first, more = items[0], len(items) - 1
        with law_language():
            others = gettext("等%(count)s项") % {"count": more + 1} if more else ""
            self.title = f"{first.title[:100]}{others}"
        self.items.set(items)

    def assign(self, organ: Organ, administrator, officers) -> None:
        division = Division.objects.create(
            claim_id=self.pk, organ=organ, administrator=administrator, at=self.act.moment
        )
        division.officers.set(officers)

    def sections(self) -> list[dict]:
        items = [(item.reference, item.title) for item in self.items.all()]
        done = [division.line() for division in self.divisions.select_related("organ", "administrator")]
        missing = [(organ.name, gettext("尚未分工")) for organ in Organ.objects.filter(pk__in=self.pending)]
        return [
            {"title": gettext("认领的执法事项"), "facts": items},
            {"title": gettext("乡镇分工"), "facts": done + missing},
        ]


class Division(models.Model):
    """Who administers and who does the work in one township (NW-4.7, NW-4.10)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="divisions")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    administrator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    officers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["claim", "organ"], name="one_division")]

    def line(self) -> tuple[str, str]:
        people = listed(user.name for user in self.officers.order_by("username"))
        said = named(gettext("管理员"), self.administrator.name), named(gettext("执法人员"), people)
        return self.organ.name, "；".join(said)
