"""巡查发现: discovered → assigned → handled → fed back → evaluated. Nothing closes without feedback and evaluation.

Beside it: nothing unlawful found on a second look; sent back to be handled again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, Tell, step
from supervision.patrols import forms, gates

PATROLLER = Side("patroller", "patroller", _("巡查单位"))
HANDLER = Side("handler", "handler", _("处置单位"))

HANDLE = Limit("patrols.handle", _("处置并反馈巡查发现的问题"), HANDLER)

WALKERS = (Role.OFFICER, Role.ASSISTANT, Role.RESPONSIBLE_PERSON)
ASSIGNERS = (Role.OFFICER, Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
HANDLERS = (Role.OFFICER, Role.LIAISON)


class Stage(models.TextChoices):
    DISCOVERED = "discovered", pgettext_lazy("stage", "已发现")
    ASSIGNED = "assigned", pgettext_lazy("stage", "已交办")
    HANDLED = "handled", pgettext_lazy("stage", "已处置")
    FED_BACK = "fed_back", pgettext_lazy("stage", "已反馈处置")
    EVALUATED = "evaluated", pgettext_lazy("stage", "已评价")
    CLEAR = "clear", pgettext_lazy("stage", "复核无问题")


S = Stage


class PatrolFlow(Flow):
    """The steps of what a patrol found."""

    KIND = "patrols"
    NUMBER_MARK = "巡"
    SIDES = (PATROLLER, HANDLER)
    PROGRESS = (S.DISCOVERED, S.ASSIGNED, S.HANDLED, S.FED_BACK, S.EVALUATED)
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "登记巡查发现"),
        source="",
        target=S.DISCOVERED,
        roles=WALKERS,
        form=forms.DiscoverForm,
        gates=(gates.in_the_past,),
        lets_in=(PATROLLER,),
        tells=(Tell(PATROLLER, Role.APPROVER), Tell(PATROLLER, Role.LEADER_IN_CHARGE)),
        rules=("LX-6.1", "LX-6.3"),
    )
    def discover(self, actor, **facts):
        """Where, when, what: by village and item."""
        self.take(facts)
        self.patroller = actor.organ
        self.place = actor.organ if actor.organ.is_township else None

    @step(
        pgettext_lazy("step", "交办"),
        source=S.DISCOVERED,
        target=S.ASSIGNED,
        by=PATROLLER,
        roles=ASSIGNERS,
        form=forms.AssignForm,
        gates=(gates.day_to_come,),
        lets_in=(HANDLER,),
        tells=(HANDLER,),
        primary=True,
        rules=("LX-5.4",),
    )
    def assign(self, actor, handler, handle_by, **facts):
        """Who handles it, by when. Whose enforcement item it is, is settled by a referral, not here."""
        self.handler = self.holder = handler
        self.ask_handling(handle_by)

    @step(
        pgettext_lazy("step", "登记处置"),
        source=S.ASSIGNED,
        target=S.HANDLED,
        by=HANDLER,
        roles=HANDLERS,
        behalf=True,
        form=forms.HandleForm,
        serves=(HANDLE,),
        primary=True,
        rules=("LX-5.4", "LX-6.4"),
    )
    def handle(self, actor, **facts):
        """What was done on the spot."""

    @step(
        pgettext_lazy("step", "反馈处置结果"),
        source=S.HANDLED,
        target=S.FED_BACK,
        by=HANDLER,
        roles=HANDLERS,
        behalf=True,
        form=forms.FeedBackForm,
        stops=(HANDLE,),
        tells=(PATROLLER,),
        primary=True,
        rules=("LX-5.4",),
    )
    def feed_back(self, actor, result, **facts):
        """The result comes back to whoever found it."""
        self.result = result

    @step(
        pgettext_lazy("step", "评价"),
        source=S.FED_BACK,
        target=S.EVALUATED,
        by=PATROLLER,
        roles=ASSIGNERS,
        form=forms.EvaluateForm,
        tells=(HANDLER,),
        closes=True,
        primary=True,
        rules=("LX-5.4",),
    )
    def evaluate(self, actor, grade, **facts):
        """The loop is closed."""
        self.grade = grade

    @step(
        pgettext_lazy("step", "退回重新处置"),
        source=S.FED_BACK,
        target=S.ASSIGNED,
        by=PATROLLER,
        roles=ASSIGNERS,
        form=forms.ReasonForm,
        tells=(HANDLER,),
        aside=True,
    )
    def send_back(self, actor, **facts):
        """Not yet in order: it is handled again, and the day of the order stands."""
        self.ask_handling(self.handle_by)

    @step(
        pgettext_lazy("step", "复核无问题"),
        source=S.DISCOVERED,
        target=S.CLEAR,
        by=PATROLLER,
        roles=ASSIGNERS,
        form=forms.ReasonForm,
        closes=True,
        aside=True,
    )
    def find_nothing(self, actor, **facts):
        """A second look found nothing unlawful; the patrol stays in the ledger."""
