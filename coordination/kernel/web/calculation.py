"""The answer of 时限计算器: a due moment with its whole reasoning, as lines for people and as JSON for programs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coordination.kernel.calendar import Due, Unit, WorkCalendar, compute, work_calendar
from coordination.kernel.mechanisms import Period
from coordination.kernel.retold import label_words
from coordination.kernel.web.due_form import DueForm
from coordination.kernel.web.explaining import trace_words
from coordination.kernel.web.moments import end_words, moment_words
from coordination.kernel.words import Refusal, named

#: On what a bare length is counted, where no limit of a mechanism is asked.
COUNTING = {
    Unit.WORKING_DAYS: "民法典 第二百零一条",
    Unit.DAYS: "民法典 第二百零一条、第二百零三条",
    Unit.HOURS: "民法典 第二百零一条",
    Unit.SAME_DAY: "民法典 第二百零三条",
}


@dataclass(frozen=True)
class Calculation:
    """What was asked and what came out. `period` is None for a bare length."""

    due: Due
    period: Period | None = None
    paused: bool = False

    @property
    def basis(self) -> str:
        return self.period.basis if self.period else COUNTING.get(self.due.within.unit, "")

    @property
    def result(self) -> str:
        """The due moment in words."""
        if self.due.due_at:
            return end_words(self.due.due_at)
        return _("暂停中，恢复后才有到期时间") if self.due.paused else _("没有到期时间")

    @property
    def clause(self) -> list[tuple[str, str]]:
        """Names and values of what it stands on; a bare length has only its counting rule."""
        facts = [(_("时限"), self._length()), (_("依据"), self.basis)]
        if self.period:
            also = _("；").join(named(basis, f"“{quote}”") for basis, quote in self.period.also)
            facts += [
                (_("原文"), self.period.quote),
                (_("文本"), self.period.edition),
                (_("其他制度的相同规定"), also),
                (_("性质"), self.period.standing),
                (_("说明"), self.period.reading or self.period.target_basis),
            ]
        return [(name, value) for name, value in facts if value]

    def _length(self) -> str:
        words = self.due.within.words
        if not self.period:
            return words
        if self.period.stated != self.period.within:
            words = _("%(stated)s（本地要求 %(own)s）") % {"stated": self.period.stated.words, "own": words}
        return named(label_words(self.period.title), words)

    @property
    def lines(self) -> list[str]:
        """The reasoning line by line: the start, the days, what else one should know."""
        start = _("起算：%s") % moment_words(self.due.start)
        overdue = self.due.overdue_at != self.due.due_at
        late = [_("超过 %s 记为超期") % moment_words(self.due.overdue_at)] if overdue else []
        return [start, *trace_words(self.due.trace), *late, *self.due.explanations, *self._unfounded()]

    def _unfounded(self) -> list[str]:
        """A pause that no clause of the mechanism allows is only a trial sum."""
        if self.paused and self.period and not self.period.pausable:
            return [_("机制没有允许暂停这一时限的条款，此处的暂停只是试算。")]
        return []

    def as_json(self) -> dict:
        """`due` is the exclusive end, ISO 8601 with offset; null where there is none."""
        due, period = self.due, self.period
        return {
            "due": _iso(due.due_at),
            "overdue": _iso(due.overdue_at),
            "last_day": _iso(due.last_day),
            "provisional": due.provisional,
            "paused": due.paused,
            "within": str(due.within),
            "start": _iso(due.start),
            "basis": self.basis,
            "limit": period.key if period else None,
            "stated": str(period.stated if period else due.within),
            "quote": period.quote if period else "",
            "edition": period.edition if period else "",
            "rules": list(period.rules) if period else [],
            "nature": period.nature if period else None,
            "reading": period.reading if period else "",
            "calendar_version": due.calendar_version,
            "notes": [str(note) for note in due.explanations],
            "trace": [line.as_json() for line in due.trace],
        }


def calculate(form: DueForm) -> Calculation:
    """The answer to a valid form. Refusal for what only the rules or the count can find wrong. Three queries."""
    asked, rules = form.cleaned_data, form.rules
    calendar = calendar_or_refuse(asked["county"] or None)
    period = rules.period(asked["limit"], asked["start"], form.facts) if asked["limit"] else None
    within = period.within if period else asked["within"]
    if form.without_hours and within.unit in (Unit.HOURS, Unit.AT_ONCE):
        raise Refusal(_("按小时计算的时限请写明时刻，如 2026-09-30 17:00。"), field=form.without_hours)
    own = {"day_ends": rules.day_ends(asked["start"]), "grace": rules.grace(asked["start"])} if rules else {}
    return Calculation(compute(within, asked["start"], calendar, asked["pause"], **own), period, bool(asked["pause"]))


def answer(form: DueForm) -> Calculation | None:
    """`calculate`, with every fault written into the form's errors; None if there are any."""
    if not form.is_valid():
        return None
    try:
        return calculate(form)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def calendar_or_refuse(county: str | None) -> WorkCalendar:
    """The calendar, unless none was ever loaded: then every date would be a guess."""
    calendar = work_calendar(county)
    if not calendar.version:
        raise Refusal(_("工作日历尚未载入，请管理员运行 manage.py calendar load。"), code="calendar")
    return calendar


def _iso(moment) -> str | None:
    return moment.isoformat() if moment else None
