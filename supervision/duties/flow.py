"""周期性职责: owed → done | not called for. Opened by the day's task, never by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, Tell, step
from supervision.duties import forms, gates

BEARER = Side("bearer", "bearer", _("承担单位"))
ABOUT = Side("about", "about_organ", _("涉及乡镇"))

FULFIL = Limit("duties.fulfil", _("履行周期性职责"), BEARER, facts=("duty",))

RECORDERS = (Role.OFFICER, Role.LIAISON, Role.RESPONSIBLE_PERSON, Role.SUPERVISOR, Role.REGISTRY)
LEADERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


class Stage(models.TextChoices):
    OWED = "owed", pgettext_lazy("stage", "待履行")
    DONE = "done", pgettext_lazy("stage", "已履行")
    NOT_CALLED_FOR = "not_called_for", pgettext_lazy("stage", "本期无需履行")


S = Stage


class DutyFlow(Flow):
    """The steps of a periodic duty."""

    KIND = "duties"
    NUMBER_MARK = "期"
    SIDES = (BEARER, ABOUT)
    PROGRESS = (S.OWED, S.DONE)
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "产生周期性职责"),
        source="",
        target=S.OWED,
        roles=(),
        lets_in=(BEARER, ABOUT),
        tells=(Tell(BEARER, Role.LIAISON), Tell(BEARER, Role.LEADER_IN_CHARGE)),
        rules=("NW-3.66", "NW-3.67", "NW-2.18", "QX-9.3", "YY-7.1", "LX-7.10", "LX-8.1"),
    )
    def fall_due(self, actor, **facts):
        """A new cycle has begun: what the county's mechanism asks of this organ in it."""
        self.take(facts)
        self.start_clock()

    @step(
        pgettext_lazy("step", "登记开展情况"),
        source=S.OWED,
        by=BEARER,
        roles=RECORDERS,
        form=forms.RecordForm,
        gates=(gates.in_its_cycle, gates.with_hours),
        serves=(FULFIL,),
        primary=True,
        rules=("NW-3.67", "YY-7.2"),
    )
    def record(self, actor, on, words, hours=None, people=None, **facts):
        """One occasion, with its proof; times and hours add up."""
        self.records.create(on=on, hours=hours or 0, people=people or 0, words=words, by=actor.user, at=self.act.moment)
        self.times_done, self.hours_done = self.times_done + 1, self.hours_done + (hours or 0)

    @step(
        pgettext_lazy("step", "确认履行完毕"),
        source=S.OWED,
        target=S.DONE,
        by=BEARER,
        roles=(*RECORDERS, *LEADERS),
        gates=(gates.enough,),
        stops=(FULFIL,),
        closes=True,
        rules=("NW-3.67",),
    )
    def conclude(self, actor, **facts):
        """As often and as long as the county asks."""

    @step(
        pgettext_lazy("step", "本期无需履行"),
        source=S.OWED,
        target=S.NOT_CALLED_FOR,
        by=BEARER,
        roles=LEADERS,
        form=forms.ReasonForm,
        stops=(FULFIL,),
        closes=True,
        aside=True,
    )
    def excuse(self, actor, **facts):
        """Nothing is called for in this cycle (the items went back, the township was merged): a leader says why."""
