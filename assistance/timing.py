"""The answer's time: how long it is, until when it was extended, and whether asking for a supplement stops it."""

from datetime import date, datetime, timedelta

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assistance.flow import ANSWER
from coordination.kernel.calendar import Within, compute, work_calendar
from coordination.kernel.clocks import OPEN, Clock, ClockEvent
from coordination.kernel.mechanisms import Period, declare_option, kept_rules
from coordination.kernel.now import CST, now

SUPPLEMENT_WITHIN = declare_option("assistance.supplement_within")
MOMENT = timedelta(microseconds=1)


class AnswerTime:
    """What an assistance request knows of the time of its answer."""

    def answer_period(self, moment: datetime) -> Period:
        facts = self.limit_facts() | {"bearer": self.helper.bearer_kind}
        return kept_rules(self.county_id).period(ANSWER.key, moment, facts)

    @cached_property
    def answer_clock(self) -> Clock | None:
        return self.clocks.filter(limit=ANSWER.key, state__in=OPEN).first()

    def end_of(self, day: date) -> datetime:
        """The exclusive end of `day`: 24:00, or the county's close of business."""
        return kept_rules(self.county_id).end_of(day, now())

    @property
    def first_last_day(self) -> date:
        """The last day of the answer before any extension."""
        clock = self.answer_clock
        moved = clock.events.filter(kind=ClockEvent.Kind.EXTEND).first()
        return self.last_day_of(moved.before if moved else clock.due_at)

    @staticmethod
    def last_day_of(due_at: datetime) -> date:
        """The day that an exclusive end closes."""
        return (due_at - MOMENT).astimezone(CST).date()

    def supplement_would_pause(self, moment: datetime) -> bool:
        """Whether asking now stops the answer clock: a clause must say so, and the asking must be in time (QX-4.12,
        QX-4.13); an overdue clock cannot be paused into health."""
        clock = self.answer_clock
        if clock is None or clock.overdue(moment) or not self.answer_period(moment).pausable:
            return False
        rules = kept_rules(self.county_id)
        within = Within.parse(str(rules.option(SUPPLEMENT_WITHIN, moment)))
        due = compute(within, clock.started_at, work_calendar(self.county_id), day_ends=rules.day_ends(moment)).due_at
        return due is None or moment < due

    def supplement_effect(self, moment: datetime) -> str:
        """What asking for more does to the answer's time, in words for the page."""
        period = self.answer_period(moment)
        if not period.pausable:
            return _("本县机制没有补充材料期间不计时的规定，答复期限照常计算。")
        if self.supplement_would_pause(moment):
            return _("补充资料所用时间不计入答复期限（%(basis)s）。") % {"basis": period.pause_basis}
        return _("提出补充要求的时间已过，答复期限照常计算。")
