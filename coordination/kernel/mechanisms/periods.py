"""`period()` and its kin: how long, on what basis and with which options, for a county, at a moment, for some facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from coordination.kernel.calendar import Due, Extension, Unit, Within, WorkCalendar, compute
from coordination.kernel.mechanisms.declared import DAY_ENDS, GRACE
from coordination.kernel.mechanisms.overrides import MechanismOverride, in_force, local_rules
from coordination.kernel.mechanisms.reading import NATIONAL, read_all
from coordination.kernel.mechanisms.tables import (
    LOCAL,
    READING,
    Branch,
    Clause,
    DisputeRung,
    LimitRule,
    LocalRule,
    Mechanism,
    OptionRule,
    RungSpec,
    Value,
    ladder_for,
)
from coordination.kernel.now import CST
from coordination.kernel.words import Refusal


@dataclass(frozen=True)
class Period:
    """How long a duty may take here and now.

    `within` is what the clock counts; `stated` what the source says. They differ where the county has an internal
    target of its own (`nature` "local", `target_basis`): always shown as local, not statutory. `basis` and `quote` are
    the source's. `grace` is not zero for at-once limits alone.
    """

    key: str
    title: str
    within: Within
    stated: Within
    basis: str
    quote: str
    rules: tuple[str, ...]
    nature: str
    reading: str
    also: tuple[tuple[str, str], ...]
    branch: str
    source: str
    rungs: tuple[RungSpec, ...]
    edition: str = ""
    target_basis: str = ""
    pause_basis: str = ""
    grace: timedelta = timedelta(0)
    day_ends: time | None = None

    @property
    def pausable(self) -> bool:
        """Whether a clause lets this clock be stopped."""
        return bool(self.pause_basis)

    @property
    def local(self) -> bool:
        return self.nature == LOCAL

    @property
    def standing(self) -> str:
        """What kind of rule this is, in words for people."""
        if self.nature == LOCAL:
            return _("本地要求，非法定时限")
        if self.nature == READING:
            return _("对规定的理解")
        return _("法律、行政法规规定") if self.source == NATIONAL else _("县机制规定")

    def count(
        self, start: datetime, calendar: WorkCalendar, pauses: Iterable = (), extension: Extension | None = None
    ) -> Due:
        """The due moment from `start`, by this county's close of business and grace."""
        return compute(self.within, start, calendar, pauses, self.day_ends, self.grace, extension)


@dataclass(frozen=True)
class Rules:
    """What holds in one county: its file, the national one, its overrides, and the version of its calendar at the same
    moment. Made by `rules_of`; then needs no query."""

    county: Mechanism
    national: Mechanism
    overrides: tuple[LocalRule, ...] = ()
    calendar_version: int = 0

    def limits(self) -> dict[str, LimitRule]:
        """Every limit by key; a statutory one is always the national one."""
        return {**self.county.limits, **self.national.limits}

    def period(self, key: str, at: datetime, facts: Mapping[str, str]) -> Period:
        """The first fitting branch, then a local override or target. Refusal if the county has no such limit."""
        limit = self.limits().get(key)
        if limit is None:
            raise Refusal(
                _("%(county)s的机制没有规定时限“%(key)s”。") % {"county": self.county.title, "key": key},
                code="mechanism",
            )
        branch = limit.branch(facts, at.astimezone(CST).date())
        if branch is None:
            raise Refusal(
                _("“%(title)s”所依据的%(basis)s自 %(until)s 起不再施行，此后没有这一法定时限。")
                % {"title": limit.title, "basis": limit.plain.clause.basis, "until": limit.plain.until},
                field="limit",
                code="mechanism",
            )
        return self._dressed(limit, branch, *self._own(limit, branch, at), at)

    def holds(self, key: str, at: datetime) -> bool:
        """Whether a duty that begins at `at` still has this limit: a law may have ceased to set it."""
        limit = self.limits().get(key)
        return limit is not None and any(branch.holds(at.astimezone(CST).date()) for branch in limit.branches)

    def edition(self, basis: str) -> str:
        """Which edition of the law a national quote is taken from; says so if it was not compared with that law."""
        law = self.national.laws.get(basis.split(" ")[0])
        if law is None:
            return ""
        return law.edition if law.checked else _("%s（未与官方文本核对）") % law.edition

    def _own(self, limit: LimitRule, branch: Branch, at: datetime) -> tuple[Within | None, str]:
        """The county's own length and its basis: an override, else a target where the source has no number."""
        found = in_force(self.overrides, MechanismOverride.Kind.LIMIT, limit.key, branch.id, at.astimezone(CST).date())
        if found and not (limit.national and branch.within.counted):
            return Within.parse(str(found.value)), found.basis
        target = self.county.targets.get(limit.key)
        if target and branch.within.unit is Unit.PROMPTLY:
            return target.within, target.basis
        return None, ""

    def _dressed(self, limit: LimitRule, branch: Branch, own: Within | None, target_basis: str, at: datetime) -> Period:
        clause, within = branch.clause, own or branch.within
        nature = LOCAL if own else clause.nature
        return Period(
            limit.key,
            limit.title,
            within,
            branch.within,
            clause.basis,
            clause.quote,
            clause.rules,
            nature,
            clause.reading,
            clause.also,
            branch.id,
            NATIONAL if limit.national else self.county.id,
            limit.rungs or self.ladder(limit.ladder or ladder_for(within, nature)),
            self.edition(clause.basis) if limit.national else "",
            target_basis,
            limit.pause_basis,
            self.grace(at) if within.unit is Unit.AT_ONCE else timedelta(0),
            self.day_ends(at),
        )

    def ladder(self, name: str) -> tuple[RungSpec, ...]:
        return self.county.ladders.get(name) or self.national.ladders.get(name, ())

    def option_source(self, key: str, at: datetime | None = None) -> OptionRule:
        """The county's choice with its basis; `at` None: without local overrides. Refusal if nobody answers it."""
        rule = self.county.options.get(key) or self.national.options.get(key)
        if rule is None:
            raise Refusal(_("机制没有规定选项“%s”。") % key, code="mechanism")
        day = at and at.astimezone(CST).date()
        found = day and in_force(self.overrides, MechanismOverride.Kind.OPTION, key, "", day)
        return replace(rule, value=found.value, clause=Clause(found.basis, nature=LOCAL)) if found else rule

    def option(self, key: str, at: datetime | None = None) -> Value:
        return self.option_source(key, at).value

    def day_ends(self, at: datetime | None = None) -> time | None:
        """The close of business that ends a last day; None: 24:00 (民法典 art. 203)."""
        said = str(self.option(DAY_ENDS, at))
        return None if said == "24:00" else time.fromisoformat(said)

    def end_of(self, day: date, at: datetime | None = None) -> datetime:
        """The exclusive end of a day that a paper names: the next midnight, or the county's close of business."""
        ends = self.day_ends(at)
        return datetime.combine(day if ends else day + timedelta(days=1), ends or time.min, CST)

    def grace(self, at: datetime | None = None) -> timedelta:
        """How long an at-once duty may take before it counts as overdue. Local, not statutory."""
        return timedelta(hours=Within.parse(str(self.option(GRACE, at))).number)

    def dispute_rungs(self, kind: str) -> tuple[DisputeRung, ...]:
        """The ladder of a dispute of `kind`, in order: the county's own, else the one that the law sets."""
        own = tuple(rung for rung in self.county.disputes if kind in rung.kinds)
        return own or tuple(rung for rung in self.national.disputes if kind in rung.kinds)

    def direct_designation(self, kind: str) -> Clause | None:
        """On what the common superior of two organs may take their dispute of `kind` up itself; the law's word stands
        beside a county's own ladder."""
        rungs = (*self.county.disputes, *self.national.disputes)
        return next((rung.direct for rung in rungs if kind in rung.kinds and rung.direct), None)


def rules_of(county_code: str) -> Rules:
    """What holds in a county. One query, for its file's name, its overrides and its calendar's version; ask once and
    keep it for a step.

    A code that is no county row yet (a fresh installation) is taken for the name of a mechanism file.
    """
    name, version, overrides = local_rules(county_code)
    return Rules(mechanism_file(name or county_code), mechanism_file(NATIONAL), overrides, version)


def mechanism_file(name: str) -> Mechanism:
    """A mechanism by the name of its file. Refusal for one that does not exist or has faults."""
    found = read_all().get(name)
    if found is None:
        raise Refusal(
            _("没有名为“%(name)s”的机制；现有：%(known)s。")
            % {"name": name, "known": "、".join(sorted(set(read_all()) - {NATIONAL}))},
            field="county",
            code="mechanism",
        )
    if found.problems:
        raise Refusal(_("机制文件有误：%s") % found.problems[0], field="county", code="mechanism")
    return found


def period(county_code: str, key: str, at: datetime, facts: Mapping[str, str]) -> Period:
    """`Rules.period` of a county."""
    return rules_of(county_code).period(key, at, facts)


def option(county_code: str, key: str, at: datetime | None = None) -> Value:
    """`Rules.option` of a county."""
    return rules_of(county_code).option(key, at)


def option_source(county_code: str, key: str, at: datetime | None = None) -> OptionRule:
    """`Rules.option_source` of a county."""
    return rules_of(county_code).option_source(key, at)


def dispute_rungs(county_code: str, kind: str) -> tuple[DisputeRung, ...]:
    """`Rules.dispute_rungs` of a county."""
    return rules_of(county_code).dispute_rungs(kind)
