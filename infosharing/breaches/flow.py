"""信息共享违规 (执法信息共享工作机制 三（五）): recorded by whoever finds it, settled by the authority in charge.

recorded → established → rectified; or unfounded. The order to rectify within a time is the supervision's own matter,
which opens from an established breach. The organ that is accused does not take part and is not told from here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.organs import Role
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, Tell, step
from infosharing.breaches import forms, gates

REPORTER = Side("reporter", "reporter", _("发现单位"))
AUTHORITY = Side("authority", "authority", _("行政执法主管部门"))
FINDERS = (Role.OFFICER, Role.LIAISON, Role.RESPONSIBLE_PERSON, Role.SUPERVISOR)


class Stage(models.TextChoices):
    RECORDED = "recorded", pgettext_lazy("stage", "已登记违规")
    ESTABLISHED = "established", pgettext_lazy("stage", "查证属实")
    UNFOUNDED = "unfounded", pgettext_lazy("stage", "查证不实")
    RECTIFIED = "rectified", pgettext_lazy("stage", "已整改")


S = Stage


class BreachFlow(Flow):
    """The steps of a breach."""

    KIND = "breaches"
    NUMBER_MARK = "违"
    SIDES = (REPORTER, AUTHORITY)
    PROGRESS = (S.RECORDED, S.ESTABLISHED, S.RECTIFIED)
    OPENS_FROM = ("infosharing",)
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    LINKS = {"breach": (_("违规登记"), _("涉及的信息"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "登记违规情形"),
        source="",
        target=S.RECORDED,
        roles=FINDERS,
        form=forms.BreachForm,
        gates=(gates.not_oneself, gates.authority_exists, gates.happened_already),
        lets_in=(REPORTER, AUTHORITY),
        tells=(Tell(AUTHORITY, Role.SUPERVISOR),),
        rules=("NW-4.28", "NW-4.29", "NW-4.30", "NW-4.31"),
    )
    def record_breach(self, actor, **facts):
        """Not shared, leaked, destroyed or changed, or misused: who, what, when, which record."""
        self.take(actor, facts)

    @step(
        pgettext_lazy("step", "查证属实"),
        source=S.RECORDED,
        target=S.ESTABLISHED,
        by=AUTHORITY,
        roles=(Role.SUPERVISOR,),
        behalf=True,
        judging=True,
        form=forms.FindingForm,
        tells=(REPORTER,),
        primary=True,
        rules=("NW-4.28", "NW-4.29", "NW-4.30", "NW-4.31"),
    )
    def establish(self, actor, finding, **facts):
        """The authority has looked into it; rectification is ordered in the supervision's own matter."""
        self.finding, self.found_at = finding, self.act.moment

    @step(
        pgettext_lazy("step", "查证不实"),
        source=S.RECORDED,
        target=S.UNFOUNDED,
        by=AUTHORITY,
        roles=(Role.SUPERVISOR,),
        behalf=True,
        judging=True,
        form=forms.FindingForm,
        tells=(REPORTER,),
        closes=True,
        aside=True,
    )
    def dismiss(self, actor, finding, **facts):
        """There was no breach, for the reason that is given."""
        self.finding, self.found_at = finding, self.act.moment

    @step(
        pgettext_lazy("step", "登记已整改"),
        source=S.ESTABLISHED,
        target=S.RECTIFIED,
        by=AUTHORITY,
        roles=(Role.SUPERVISOR,),
        behalf=True,
        form=forms.RectifiedForm,
        tells=(REPORTER,),
        closes=True,
        primary=True,
    )
    def rectify(self, actor, **facts):
        """What was ordered has been done, and verified."""
