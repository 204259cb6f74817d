"""The facts of a complaint and their constraints. Who made it stands apart, sealed (identity.py)."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.flow import REPORT_BACK, ROUTE, TAKE_UP, TELL, TRANSFER_WORD, ComplaintFlow, Stage
from complaints.identity import Identity as Identity
from complaints.identity import Reveal as Reveal
from complaints.identity import keep_identity
from complaints.items import OWED, WITH_OTHERS
from complaints.items import ComplaintItem as ComplaintItem
from complaints.routing import asked_organ, prefilled, recorder_for, responsible_is_asked
from complaints.showing import sections
from complaints.words import ENDED, Channel, Medium, Route, Sector, State
from coordination.kernel.clocks import Clock, Limit
from coordination.kernel.matters import Matter, Secrecy
from coordination.kernel.organs import Organ, User
from coordination.kernel.words import law_language

ROUTING = ("open_case", "transfer", "pass_on")


class Complaint(ComplaintFlow, Matter):
    """A complaint, report or petition, in the hands of the organ asked first until it is handed over."""

    channel = models.CharField(_("类别"), max_length=10, choices=Channel.choices)
    sector = models.CharField(_("领域"), max_length=10, choices=Sector.choices, default=Sector.GENERAL)
    medium = models.CharField(_("来源"), max_length=10, choices=Medium.choices)
    passed_on_by = models.CharField(_("转送、交办机关"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    reported = models.TextField(_("反映的内容"))
    anonymous = models.BooleanField(_("匿名"), default=False)
    asks_secrecy = models.BooleanField(_("要求保密"), default=False)
    has_contact = models.BooleanField(_("留有联系方式"), default=False)
    has_papers = models.BooleanField(_("收到书面材料"), default=False)
    accused = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("被反映的行政机关"), null=True, related_name="+")
    accused_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("被反映的人员"), null=True, related_name="+"
    )
    accused_words = models.CharField(_("被反映人员姓名、职务"), max_length=120, blank=True)
    asked = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("首问（首办）单位"), related_name="+")
    first_responsible = models.ForeignKey(
        Organ, models.PROTECT, verbose_name=_("首问（首办）责任单位"), related_name="+"
    )
    # Of each item how it goes and where it stands, so that lists know without a query what may be done.
    marks = ArrayField(models.CharField(max_length=40), default=list)
    receivers = ArrayField(models.BigIntegerField(), verbose_name=_("接办单位"), default=list)
    tellers = ArrayField(models.BigIntegerField(), verbose_name=_("告知单位"), default=list)
    recorder = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("代为记录单位"), null=True, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("承办人"), null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    receipt_told_at = models.DateTimeField(_("书面告知接收情况时间"), null=True)
    transferred_at = models.DateTimeField(_("移送时间"), null=True)
    transfer_told_at = models.DateTimeField(_("告知移送情况时间"), null=True)
    filing_decided_at = models.DateTimeField(_("是否立案决定时间"), null=True)
    filing_told_at = models.DateTimeField(_("告知是否立案时间"), null=True)
    archived_at = models.DateTimeField(_("归档时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("投诉举报")

    SHOWN = (
        "channel",
        "medium",
        "passed_on_by",
        "received_at",
        "sector",
        "subject_name",
        "place",
        "place_text",
        "item",
        "anonymous",
        "asks_secrecy",
        "has_contact",
        "has_papers",
        "first_responsible",
        "handler",
        "accepted_at",
        "receipt_told_at",
        "transferred_at",
        "transfer_told_at",
        "filing_decided_at",
        "filing_told_at",
        "archived_at",
    )

    def sections_for(self, user: User) -> list[dict]:
        return sections(self, user)

    def people(self) -> list:
        return [self.handler] if self.handler else []

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        return {"received_at": moment}

    def step_initial(self, step: str, moment) -> dict:
        return prefilled(self, moment) if step in ROUTING else {}

    # What conditions ask for.

    @property
    def market_complaint(self) -> bool:
        """市场监督管理投诉举报处理办法 art. 15 binds the market regulation departments, for complaints."""
        market = self.sector == Sector.MARKET and not self.asked.is_township
        return market and self.channel == Channel.COMPLAINT

    @property
    def receipt_owed(self) -> bool:
        """信访工作条例 art. 23: unless name or address are not clear."""
        return self.channel == Channel.PETITION and self.has_contact and self.receipt_told_at is None

    @property
    def assigned_petition(self) -> bool:
        return self.channel == Channel.PETITION and self.medium == Medium.PASSED_ON

    @property
    def named_report(self) -> bool:
        market = self.sector == Sector.MARKET and not self.asked.is_township
        return market and self.channel == Channel.REPORT and self.has_contact and not self.anonymous

    @property
    def transfer_word_owed(self) -> bool:
        return self.has_contact and self.transferred_at is not None and self.transfer_told_at is None

    @property
    def filing_word_owed(self) -> bool:
        return self.filing_decided_at is not None and self.filing_told_at is None

    @property
    def asked_above(self) -> bool:
        """A department or the government, which may send the complainant to a township."""
        return not self.asked.is_township

    @property
    def waits_for_township(self) -> bool:
        return f"{Route.PASS_ON}:{State.PASSED_ON}" in self.marks

    @property
    def waits_for_result(self) -> bool:
        return f"{Route.PASS_ON}:{State.TAKEN}" in self.marks

    @property
    def taken_by_others(self) -> bool:
        """Another organ has an item in its hands."""
        return any(mark.removesuffix(OWED) in WITH_OTHERS for mark in self.marks)

    @property
    def word_owed(self) -> bool:
        """Somebody can be told, and there is something to tell him."""
        return self.has_contact and bool(self.tellers)

    @property
    def word_impossible(self) -> bool:
        return not self.has_contact and bool(self.tellers)

    @property
    def report_owed(self) -> bool:
        return any(mark.endswith(OWED) for mark in self.marks)

    def limit_facts(self) -> dict[str, str]:
        return super().limit_facts() | {"channel": self.channel, "sector": self.sector}

    # What steps do.

    def take_down(self, actor, facts: dict) -> None:
        """The facts of the form, where it goes, and the sealed identity."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in facts.items():
            if name in names:
                setattr(self, name, value)
        self.secrecy = Secrecy.RESTRICTED
        self.has_contact = bool(facts.get("sealed_phone") or facts.get("sealed_address"))
        self.asked = self.holder = self.first_responsible = asked_organ(self, actor.organ)
        self.recorder = recorder_for(self, actor.organ)
        if self.recorder:
            with law_language():
                self.act.note(str(_("代为记录单位")), self.recorder.name)
        self.handler = actor.user if self.asked == actor.organ else None
        self.items.create(position=1, words=self.reported, item=self.item)
        keep_identity(self, facts)

    def add(self, words: str, item) -> None:
        """A further item: its route is still to be found, also where the others' were."""
        self.items.create(position=self.items.count() + 1, words=words, item=item)
        self.settle()
        if not self.act.book.of(ROUTE):
            self.act.book.start(ROUTE.since("opened_at"), since=self.act.moment)

    def let_receive(self, organ: Organ) -> None:
        self.receivers = sorted({*self.receivers, organ.pk})

    def hand_responsibility(self, about: ComplaintItem, *, told_only: bool = False) -> None:
        """首办: the handler answers as soon as it is told; 首问: the organ asked, until the other has taken it up."""
        if not (told_only and responsible_is_asked(self)):
            about.responsible = about.competent
            about.save()

    def resulted(self, about: ComplaintItem, result: str) -> None:
        """The item has a result: the complainant is owed a word, and whoever passed it on its report."""
        about.result, about.resulted_at = result, self.act.moment
        about.move(State.RESULTED)
        self.owe_word(about.teller)
        if about.route == Route.PASS_ON:
            self.await_report(about.competent)

    def owe_word(self, teller: Organ) -> None:
        self.tellers = sorted({*self.tellers, teller.pk})
        mine = [one for one in self.items.filter(state=State.RESULTED) if one.teller == teller]
        self._start(TELL, teller, [one.resulted_at for one in mine])

    def word_given(self, about: ComplaintItem, teller: Organ, end: State = State.TOLD) -> Stage:
        """The item is at its end; the next one of the same organ has a clock of its own."""
        about.move(end)
        waiting = [one.resulted_at for one in self.items.filter(state=State.RESULTED) if one.teller == teller]
        self._restart(TELL, teller, waiting)
        self.tellers = [pk for pk in self.tellers if pk != teller.pk or waiting]
        return self.settle()

    def await_township(self, organ: Organ) -> None:
        waiting = self.items.filter(state=State.PASSED_ON, competent=organ).values_list("passed_on_at", flat=True)
        self._restart(TAKE_UP, organ, list(waiting))

    def await_report(self, organ: Organ) -> None:
        waiting = self.items.filter(route=Route.PASS_ON, competent=organ, reported_at=None, resulted_at__isnull=False)
        self._restart(REPORT_BACK, organ, list(waiting.values_list("resulted_at", flat=True)))

    def _start(self, limit: Limit, organ: Organ, since: list[datetime]) -> None:
        """The duty of `organ`, from the earliest of its moments, unless it runs already."""
        if since and not self.act.book.of(limit, organ):
            self.act.book.start(limit.since("received_at"), organ, since=min(since))

    def _restart(self, limit: Limit, organ: Organ, since: list[datetime]) -> None:
        """What the step has ended for `organ` begins anew for what is still owed."""
        ends = limit in self.act.step.stops
        if since and (ends or not self.act.book.of(limit, organ)):
            self.act.book.start(limit.since("received_at"), organ, since=min(since))

    def follow_referral(self, about: ComplaintItem, state: State, facts: dict) -> None:
        """What the referral has come to, in the words of the complaint."""
        if not about.followed:
            self.act.link(None, about.referral_id, "complaint_referral")
        about.competent, about.followed = about.referral.receiver, facts["entry_seq"]
        about.handler = facts.get("taken_by") or about.handler
        if state == State.TO_REFER:  # it came back: whoever had taken it over answers for it no more
            about.responsible = about.handler = None
        about.move(state)
        if state == State.TO_REFER:
            self.forget_transfer()
        elif state == State.SENT:
            self.transferred_at, self.transfer_told_at = about.referral.served_at, None
            if self.has_contact and not self.act.book.of(TRANSFER_WORD):
                self.act.book.start(TRANSFER_WORD.since("transferred_at"))
        elif state in (State.TAKEN, State.RESULTED):
            self.let_receive(about.competent)
            self.hand_responsibility(about)
        if state == State.RESULTED:
            self.resulted(about, facts.get("result", ""))
        self.act.note(str(_("事项")), str(about))
        self.act.note(str(_("进展")), f"{state.label}（{about.competent.short_name}）")

    def forget_transfer(self) -> None:
        """What came back before the complainant was told of it needs no telling any more; the next letter does."""
        away = self.items.filter(route=Route.TRANSFER).exclude(state__in=(State.OPEN, State.TO_REFER))
        if self.transfer_word_owed and not away.exists():
            self.transferred_at = None
            self.act.book.stop(TRANSFER_WORD, Clock.State.CANCELLED)

    def settle(self) -> Stage:
        """Whose turn it is, who is first responsible, and where the whole complaint stands."""
        items = list(self.items.select_related("competent", "responsible"))
        going = [one for one in items if one.state not in ENDED]
        self.marks = [one.mark for one in items]
        passed = [one.responsible for one in items]
        self.first_responsible = passed[-1] if all(passed) else self.asked
        turn = going[0].turn if going else self.asked  # who concludes
        self.holder = turn if turn.pk in {self.asked_id, *self.receivers} else self.asked  # until it has taken over
        if not going:
            return Stage.TOLD
        if any(one.state == State.OPEN for one in items):
            return Stage.VERIFYING
        self.act.book.stop(ROUTE)
        return Stage.IN_HAND
