"""执法事项认领 (执法信息共享工作机制 三（一）): who answers for which item on the platform, down to the officer.

claimed → divided (every township has named its administrator and officers) → ready (their accounts are open).
The chain: approval bureau → department administrator → township administrator → officers, each with his own account.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, Tell, step
from infosharing.claims import forms, gates

DEPARTMENT = Side("department", "department", _("认领部门"))
UNITS = Group("unit", "units", _("承接单位"))
PENDING = Group("pending", "pending", _("待分工单位"))

DIVIDE = Limit("claims.divide", _("分工并上报执法人员信息"), PENDING)
REGISTER = Limit("claims.register", _("为执法人员注册系统账号"), DEPARTMENT)

ADMINISTRATORS = (Role.ORGAN_ADMIN,)
TOWNSHIP_STAFF = (Role.ORGAN_ADMIN, Role.LIAISON, Role.RESPONSIBLE_PERSON)


class Stage(models.TextChoices):
    CLAIMED = "claimed", pgettext_lazy("stage", "已认领")
    DIVIDED = "divided", pgettext_lazy("stage", "已分工")
    READY = "ready", pgettext_lazy("stage", "账号已开通")
    RELEASED = "released", pgettext_lazy("stage", "已取消认领")


S = Stage


class ClaimFlow(Flow):
    """The steps of a claim."""

    KIND = "claims"
    NUMBER_MARK = "认"
    SIDES = (DEPARTMENT, UNITS, PENDING)
    PROGRESS = (S.CLAIMED, S.DIVIDED, S.READY)
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "认领执法事项"),
        source="",
        target=S.CLAIMED,
        roles=ADMINISTRATORS,
        form=forms.ClaimForm,
        gates=(gates.guided_here, gates.claimed_once, gates.somebody_holds_them),
        lets_in=(DEPARTMENT, UNITS),
        starts=(DIVIDE.since("claimed_at"),),
        tells=(UNITS,),
        rules=("NW-4.3", "NW-4.9"),
    )
    def claim_items(self, actor, items, **facts):
        """The department's administrator claims items that it guides; the townships that hold them are told at once."""
        self.take(actor, items, facts)

    @step(
        pgettext_lazy("step", "分工并上报执法人员"),
        source=S.CLAIMED,
        target=RETURN_VALUE(S.CLAIMED, S.DIVIDED),
        by=PENDING,
        roles=TOWNSHIP_STAFF,
        behalf=True,
        form=forms.DivideForm,
        gates=(gates.own_people,),
        stops=(DIVIDE,),
        tells=(Tell(DEPARTMENT, Role.ORGAN_ADMIN),),
        primary=True,
        rules=("NW-4.7", "NW-4.10"),
    )
    def divide(self, actor, administrator, officers, **facts):
        """The township names its administrator and the officers who do the work, each under his own name."""
        self.assign(actor.organ, administrator, officers)
        self.pending = [organ for organ in self.pending if organ != actor.organ.pk]
        if self.pending:
            return S.CLAIMED
        self.divided_at = self.act.moment
        self.act.book.start(REGISTER.since("divided_at"))
        return S.DIVIDED

    @step(
        pgettext_lazy("step", "督促分工和清单编制"),
        source=S.CLAIMED,
        by=DEPARTMENT,
        roles=ADMINISTRATORS,
        form=forms.UrgeForm,
        tells=(PENDING,),
        aside=True,
        rules=("NW-4.6",),
    )
    def urge(self, actor, **facts):
        """The department's administrator urges that inspection lists be made, and guides the entering of data."""

    @step(
        pgettext_lazy("step", "登记账号已开通"),
        source=S.DIVIDED,
        target=S.READY,
        by=DEPARTMENT,
        roles=ADMINISTRATORS,
        form=forms.OpenedForm,
        stops=(REGISTER,),
        tells=(UNITS,),
        closes=True,
        primary=True,
        rules=("NW-4.5", "NW-4.8"),
    )
    def open_accounts(self, actor, **facts):
        """Each officer who was named has an account of his own on the platform."""

    @step(
        pgettext_lazy("step", "取消认领"),
        source=(S.CLAIMED, S.DIVIDED, S.READY),
        target=S.RELEASED,
        by=DEPARTMENT,
        roles=ADMINISTRATORS,
        form=forms.ReleaseForm,
        tells=(UNITS,),
        closes=True,
        aside=True,
    )
    def release(self, actor, **facts):
        """The items are another department's, or no longer the county's."""
        self.pending = []
