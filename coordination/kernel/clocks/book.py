"""The clocks of one matter during one step: what the step starts, stops, moves; written once, at its end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from coordination.kernel.calendar import work_calendar
from coordination.kernel.clocks.limits import Limit, Start
from coordination.kernel.clocks.project import date_clock, offices_of, project_rungs
from coordination.kernel.clocks.rows import OPEN, Clock, ClockEvent
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.organs import Organ
from coordination.kernel.words import Refusal

#: What a step may change of a clock that runs already.
MOVED = (
    "state",
    "ended_at",
    "ended_by",
    "due_at",
    "overdue_at",
    "provisional",
    "calendar_version",
    "term",
    "rungs",
    "rung_index",
    "next_rung_at",
)


@dataclass
class ClockBook:
    """Collects the clock changes of a step on a locked matter, then writes them under the step's entry.

    `changes` are the readable words of what moved, before → after, for the entry.
    """

    matter: Matter
    moment: datetime
    changes: list[dict] = field(default_factory=list)
    started: list[Clock] = field(default_factory=list)
    touched: list[Clock] = field(default_factory=list)
    events: list[ClockEvent] = field(default_factory=list)

    @cached_property
    def running(self) -> list[Clock]:
        clocks = Clock.objects.filter(matter_id=self.matter.pk, state__in=OPEN)
        return list(clocks.select_related("organ"))

    @cached_property
    def calendar(self):
        return work_calendar(self.matter.county_id, self.rules.calendar_version)

    @cached_property
    def rules(self):
        return kept_rules(self.matter.county_id)

    @cached_property
    def offices(self) -> dict:
        return offices_of(self.matter.county_id)

    def end_of(self, day: date) -> datetime:
        """The exclusive end of a day that a paper names, for `start(until=…)` and `extend()`."""
        return self.rules.end_of(day, self.moment)

    def of(self, limit: Limit, organ: Organ | None = None) -> list[Clock]:
        """The open clocks of `limit` on this matter, perhaps only those that bind `organ`."""
        return [c for c in self.running if c.limit == limit.key and (organ is None or c.organ_id == organ.pk)]

    def start(
        self,
        start: Start,
        organ: Organ | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        ground: str = "",
    ) -> Clock:
        """Begin the duty. `since` (default: the attribute that `start` names) may lie in the past; it is shown so.

        `until`: the exclusive end that the paper itself sets, where the law leaves the number to it; `ground` says so.
        """
        organ = organ or start.limit.bearer.organ(self.matter)
        begun = since or getattr(self.matter, start.attribute)
        clock = self._new(start.limit.key, organ, begun)
        self._rule(clock, {**self.matter.limit_facts(), "bearer": organ.bearer_kind}, self._set(clock, until, ground))
        self.started.append(clock)
        self._note(clock, "start", None)
        return clock

    def _set(self, clock: Clock, until: datetime | None, ground: str) -> list[ClockEvent]:
        if until is None:
            return []
        event = ClockEvent(clock=clock, kind=ClockEvent.Kind.SET, at=self.moment, after=until, ground=ground)
        self.events.append(event)
        return [event]

    def _new(self, limit: str, organ: Organ, since: datetime) -> Clock:
        county = self.matter.county_id
        return Clock(matter=self.matter, county_id=county, limit=limit, organ=organ, started_at=since)

    def _rule(self, clock: Clock, facts: dict[str, str], events: Iterable[ClockEvent] = ()) -> None:
        rule = self.rules.period(clock.limit, clock.started_at, facts)
        clock.facts, clock.title, clock.within = facts, rule.title, str(rule.within)
        clock.basis, clock.quote, clock.nature = rule.basis, rule.quote, rule.nature
        date_clock(clock, rule, self.calendar, events)
        project_rungs(clock, rule, self.calendar, self.offices, self.moment)

    def stop(
        self,
        limit: Limit,
        state: str = Clock.State.MET,
        organ: Organ | None = None,
        at: datetime | None = None,
    ) -> None:
        """End every open clock of `limit`: the duty is done (MET), carried on elsewhere (MOVED) or void (CANCELLED).

        `at`: when it was done, where that is recorded later (default: the moment of the step).
        """
        for clock in self.of(limit, organ):
            self.running.remove(clock)
            clock.state, clock.ended_at, clock.next_rung_at = state, at or self.moment, None
            self.touched.append(clock)
            self._note(clock, str(state), clock.due_at)

    def reclassify(self) -> None:
        """Another urgency or item: clocks whose rule changes end as replaced, others start from the same moment."""
        for clock in list(self.running):
            facts = {**self.matter.limit_facts(), "bearer": clock.facts.get("bearer", "")}
            rule = self.rules.period(clock.limit, clock.started_at, facts)
            if str(rule.within) != clock.within or rule.basis != clock.basis:
                self._replace(clock, facts)

    def _replace(self, clock: Clock, facts: dict[str, str]) -> None:
        self.running.remove(clock)
        clock.state, clock.ended_at, clock.next_rung_at = Clock.State.REPLACED, self.moment, None
        self.touched.append(clock)
        heir = self._new(clock.limit, clock.organ, clock.started_at)
        self._rule(heir, facts)
        self.started.append(heir)
        self._note(heir, "replace", clock.due_at)

    def pause(self, limit: Limit, basis: str, ground: str) -> None:
        """Stop the count. A pause needs a clause; a clock already overdue cannot be paused into health."""
        if not basis:
            raise Refusal(_("暂停时限必须填写依据条款。"), field="basis", code="clock")
        for clock in self._changeable(limit):
            clock.state, before = Clock.State.PAUSED, clock.due_at
            clock.due_at = clock.overdue_at = clock.next_rung_at = None
            event = ClockEvent(clock=clock, kind=ClockEvent.Kind.PAUSE, at=self.moment, ground=ground, basis=basis)
            self._happened(clock, event, before)

    def resume(self, limit: Limit, ground: str) -> None:
        """Let the count go on; the excluded days move the due date. A new term: its rungs are claimed afresh."""
        for clock in self.of(limit):
            if clock.state != Clock.State.PAUSED:
                raise Refusal(_("该时限没有暂停，无需恢复。"), code="clock")
            clock.state = Clock.State.RUNNING
            resumed = ClockEvent(clock=clock, kind=ClockEvent.Kind.RESUME, at=self.moment, ground=ground)
            self._redate(clock, resumed)

    def extend(self, limit: Limit, until: datetime, ground: str) -> None:
        """A ground and a definite later moment, told before expiry; otherwise no extension."""
        if not ground:
            raise Refusal(_("请填写延长的理由。"), field="ground", code="clock")
        for clock in self._changeable(limit):
            if clock.due_at is None or until <= clock.due_at:
                raise Refusal(_("新的期限必须晚于原期限。"), field="until", code="clock")
            granted = ClockEvent(
                clock=clock,
                kind=ClockEvent.Kind.EXTEND,
                at=self.moment,
                before=clock.due_at,
                after=until,
                ground=ground,
            )
            self._redate(clock, granted)

    def _changeable(self, limit: Limit) -> list[Clock]:
        clocks = self.of(limit)
        if not clocks:
            raise Refusal(_("没有正在计算的这一时限。"), code="clock")
        if any(clock.overdue(self.moment) for clock in clocks):
            raise Refusal(_("时限已经届满，不能再暂停或延长。"), code="clock")
        return clocks

    def _redate(self, clock: Clock, event: ClockEvent) -> None:
        """A new term: its rungs are claimed afresh."""
        before = clock.due_at
        rule = self.rules.period(clock.limit, clock.started_at, clock.facts)
        date_clock(clock, rule, self.calendar, [*clock.events.all(), event])
        clock.term += 1
        project_rungs(clock, rule, self.calendar, self.offices, self.moment)
        self._happened(clock, event, before)

    def _happened(self, clock: Clock, event: ClockEvent, before: datetime | None) -> None:
        event.before, event.after = before, clock.due_at
        self.touched.append(clock)
        self.events.append(event)
        self._note(clock, event.kind, before)

    def _note(self, clock: Clock, change: str, before: datetime | None) -> None:
        self.changes.append(
            {
                "title": clock.title,
                "organ": clock.organ.short_name,
                "change": change,
                "within": clock.within,
                "basis": clock.basis,
                "before": before and before.isoformat(),
                "after": clock.due_at and clock.due_at.isoformat(),
            }
        )

    def next_due(self) -> datetime | None:
        """The earliest due moment among the clocks that are open after the step, for the lists."""
        return min((c.overdue_at for c in (*self.running, *self.started) if c.overdue_at), default=None)

    def write(self, entry) -> None:
        """Store everything under `entry`. At most three statements."""
        for clock in self.touched:
            if not clock.open:
                clock.ended_by = entry
        Clock.objects.bulk_update(self.touched, MOVED)
        for clock in self.started:
            clock.started_by = entry
        Clock.objects.bulk_create(self.started)
        for event in self.events:
            event.entry = entry
        ClockEvent.objects.bulk_create(self.events)
