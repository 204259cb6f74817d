"""What a side asks the body of a rung for: the application of its own, kept beside the claim that the dispute began
with, which stays the first applicant's."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.organs import Organ
from coordination.kernel.web.moments import moment_words


class Application(models.Model):
    """One side asks the next rung. `course`: what it says of the rung before, beyond what the journal tells."""

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="applications")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=gettext_lazy("申请单位"), related_name="+")
    rung = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=24)
    designated = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=gettext_lazy("主张指定的单位"), null=True, related_name="+"
    )
    request = models.TextField(gettext_lazy("请求和理由"))
    basis = models.TextField(gettext_lazy("法律依据和事项清单"))
    course = models.TextField(gettext_lazy("前一级的处理情况"), blank=True)
    at = models.DateTimeField(gettext_lazy("提请时间"))

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("提请处理的申请")


class Claims:
    """The applications of a dispute."""

    def keep_application(self, actor, facts: dict) -> None:
        self.applications.create(
            organ=actor.organ,
            rung=self.rung,
            outcome=facts["outcome"],
            designated=facts.get("designated"),
            request=facts["request"],
            basis=facts["basis"],
            course=facts.get("talks") or "",
            at=self.act.moment,
        )

    @property
    def asking(self) -> Organ:
        """Whose application brought the dispute onto its rung; without one, who began it."""
        last = self.applications.filter(rung=self.rung).select_related("organ").order_by("-pk").first()
        return last.organ if last else self.applicant

    def own_claim(self, organ: Organ) -> dict:
        """What `organ` itself has asked for last: the first applicant's claim is no one else's."""
        last = self.applications.filter(organ=organ).select_related("designated").order_by("-pk").first()
        if last is None and organ != self.applicant:
            return {}
        outcome, designated = (last.outcome, last.designated) if last else (self.claim_outcome, self.claim_organ)
        said = last or self
        return {"outcome": outcome, "designated": designated, "request": said.request, "basis": said.basis}

    def claims(self) -> list[dict]:
        """How it should end by whoever began it; then each application under the rung that it goes to."""
        first = [
            (_("申请方"), self.applicant.name),
            (_("主张"), self.outcome_words(self.claim_outcome, self.claim_organ)),
        ]
        asked = self.applications.select_related("organ", "designated").order_by("pk")
        return [{"title": _("提出争议时的主张"), "facts": first}, *(self._application(one) for one in asked)]

    def _application(self, one: Application) -> dict:
        facts = [
            (_("申请单位"), one.organ.name),
            (_("主张"), self.outcome_words(one.outcome, one.designated)),
            (_("请求和理由"), one.request),
            (_("依据"), one.basis),
            (_("前一级的处理情况"), one.course),
            (_("提请时间"), moment_words(one.at)),
        ]
        title = _("提请处理：%(rung)s") % {"rung": self.rung_title(one.rung)}
        return {"title": title, "facts": [fact for fact in facts if fact[1]]}
