"""The items of a complaint: one person, several matters, each with a route, a bearer and an end of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from complaints.words import ENDED, TAKEN_OVER, Finding, Papers, Route, State, Way
from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Organ
from referrals.models import Referral

OWED = ":owed"
#: The marks of what another organ has in its hands.
WITH_OTHERS = frozenset(f"{route}:{state}" for route in (Route.TRANSFER, Route.PASS_ON) for state in TAKEN_OVER)
#: What the organ asked has to do; also to conclude what has been told.
ASKED_TURN = (State.OPEN, State.IN_HAND, State.TO_REFER, *ENDED)


class ComplaintItem(models.Model):
    """One thing complained of. Its rows change only in steps of its complaint."""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(_("序号"))
    words = models.TextField(_("反映的事项"))
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("执法事项"), null=True, related_name="+")
    route = models.CharField(_("办理方式"), max_length=12, choices=Route.choices, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    competent = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("有权处理的机关"), null=True, related_name="+")
    choice_reason = models.TextField(_("选择理由"), blank=True)
    responsible = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("责任单位"), null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("接办单位承办人"), null=True, related_name="+"
    )
    papers = models.CharField(_("书面材料"), max_length=10, choices=Papers.choices, blank=True)
    passed_on_at = models.DateTimeField(_("告知乡镇时间"), null=True)
    finding = models.CharField(_("核实结论"), max_length=10, choices=Finding.choices, blank=True)
    result = models.TextField(_("处理结果"), blank=True)
    resulted_at = models.DateTimeField(_("有结果的时间"), null=True)
    told_way = models.CharField(_("告知方式"), max_length=10, choices=Way.choices, blank=True)
    told_at = models.DateTimeField(_("告知时间"), null=True)
    reported_at = models.DateTimeField(_("反馈告知单位时间"), null=True)
    followed = models.PositiveIntegerField(default=0, help_text="the last entry of its referral that it has followed")

    class Meta:
        ordering = ["complaint", "position"]
        verbose_name = verbose_name_plural = _("投诉举报事项")
        constraints = [models.UniqueConstraint(fields=["complaint", "position"], name="one_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.words[:40]}"

    def read_under(self, complaint) -> None:
        """As it stands now that the complaint is locked; it reads the complaint that the step changes."""
        self.refresh_from_db()
        self.complaint = complaint

    def move(self, state: State) -> None:
        self.state = state
        self.save()

    def take_route(self, route: Route, state: State) -> None:
        self.route = route
        self.move(state)

    @property
    def mark(self) -> str:
        """How it goes, where it stands, and whether a report is owed to whoever passed it on: `pass_on:told:owed`."""
        owed = self.route == Route.PASS_ON and self.resulted_at and not self.reported_at
        return f"{self.route}:{self.state}{OWED if owed else ''}"

    @property
    def teller(self) -> Organ:
        """Who tells the complainant: the organ that handled it (NW-2.15); where he asked for secrecy, the one that he
        asked, for nobody else knows who he is."""
        handled = self.competent if self.responsible_id or self.route == Route.PASS_ON else None
        return self.complaint.asked if self.complaint.asks_secrecy or handled is None else handled

    @property
    def turn(self) -> Organ:
        """Whose turn it is."""
        if self.state in ASKED_TURN:
            return self.complaint.asked
        return self.teller if self.state == State.RESULTED else self.competent
