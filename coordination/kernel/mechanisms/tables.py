"""What a mechanism file says, as values: limits with their branches, ladders, options, dispute rungs, clashes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coordination.kernel.calendar import Unit, Within

STATUTORY, LOCAL, READING = "statutory", "local", "reading"

Value = bool | int | str


@dataclass(frozen=True)
class Clause:
    """On what something stands. `quote` stands in the source character for character; `also`: (basis, quote) of other
    documents that say the same. `nature`: statutory (it stands in law or in the county's document), reading (an
    understanding, explained in `reading`), local (an internal target, never shown as law)."""

    basis: str
    quote: str = ""
    rules: tuple[str, ...] = ()
    nature: str = STATUTORY
    reading: str = ""
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Branch:
    """A length of a limit and the facts under which it applies (none: otherwise). `until`: the day on which its law
    ceased to be in force; a duty that began earlier keeps it."""

    within: Within
    clause: Clause
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: date | None = None

    @property
    def id(self) -> str:
        """How a local override names this branch, e.g. `urgency=urgent`; empty for the plain one."""
        return "&".join(f"{fact}={'|'.join(values)}" for fact, values in sorted(self.facts.items()))

    def fits(self, facts: Mapping[str, str], day: date) -> bool:
        return self.holds(day) and all(facts.get(fact) in values for fact, values in self.facts.items())

    def holds(self, day: date) -> bool:
        return self.until is None or day < self.until

    def covers(self, other: "Branch") -> bool:
        """Whether `other`, standing later, could never be reached."""
        lasts = self.until is None or (other.until is not None and other.until <= self.until)
        return lasts and all(
            set(other.facts.get(fact, ())) <= set(values) and fact in other.facts for fact, values in self.facts.items()
        )


@dataclass(frozen=True)
class RungSpec:
    """A rung of a ladder. `level`: remind, overdue, supervise, report; `tells`: `bearer.officers` and its like."""

    key: str
    at: str
    level: str
    tells: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True)
class LimitRule:
    """A limit: its branches in order, the plain one last. `standalone`: only the calculator offers it."""

    key: str
    title: str
    branches: tuple[Branch, ...]
    rungs: tuple[RungSpec, ...] = ()
    ladder: str = ""
    pause_basis: str = ""
    standalone: bool = False
    national: bool = False

    @property
    def plain(self) -> Branch:
        return self.branches[-1]

    def branch(self, facts: Mapping[str, str], day: date) -> Branch | None:
        """The first that fits a duty that begins on `day`; None if the law then no longer sets this limit."""
        return next((branch for branch in self.branches if branch.fits(facts, day)), None)


@dataclass(frozen=True)
class Law:
    """Which edition of a law is quoted, from when it is in force; `checked`: compared with a published text."""

    name: str
    edition: str
    checked: bool = False


@dataclass(frozen=True)
class Target:
    """A county's own internal target for a limit that the source leaves without a number. Never law."""

    key: str
    within: Within
    basis: str


@dataclass(frozen=True)
class OptionRule:
    """A county's choice, with its basis. `standalone`: no flow asks for it yet; it is stated for people."""

    key: str
    value: Value
    clause: Clause
    title: str = ""
    standalone: bool = False


@dataclass(frozen=True)
class DisputeRung:
    """One rung of the ladder that a dispute of `kinds` climbs: who does what."""

    kinds: tuple[str, ...]
    body: str
    act: str
    clause: Clause
    direct: Clause | None = None  # on what the common superior may take it up itself, from any rung below


@dataclass(frozen=True)
class Clash:
    """Where the county's own documents say different things: both bases, and what the county chose and why."""

    id: str
    title: str
    sides: tuple[tuple[Value, Clause], ...]
    chosen: Value
    reason: str
    option: str = ""
    limit: str = ""
    dispute: str = ""


@dataclass(frozen=True)
class LocalRule:
    """An override as a value: from `since` on, `key` (a limit's `branch`, or an option) has `value`, on `basis`."""

    kind: str
    key: str
    branch: str
    value: Value
    basis: str
    since: date


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where, and what to do about it."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} {self.where}：{self.message}"


@dataclass(frozen=True)
class Mechanism:
    """One file, read."""

    id: str
    title: str
    county: str = ""
    laws: Mapping[str, Law] = field(default_factory=dict)
    limits: Mapping[str, LimitRule] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    ladders: Mapping[str, tuple[RungSpec, ...]] = field(default_factory=dict)
    options: Mapping[str, OptionRule] = field(default_factory=dict)
    disputes: tuple[DisputeRung, ...] = ()
    clashes: tuple[Clash, ...] = ()
    problems: tuple[Problem, ...] = ()


def ladder_for(within: Within, nature: str) -> str:
    """The default ladder of a limit: an internal target is never reported upwards; without a number nothing rings."""
    if within.unit is Unit.PROMPTLY:
        return ""
    if nature == LOCAL:
        return "local_hours" if within.unit is Unit.HOURS else "local"
    return {Unit.HOURS: "hours", Unit.AT_ONCE: "at_once"}.get(within.unit, "days")
