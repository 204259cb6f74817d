"""The words in which a flow is written: `@step`, `@gate`, `when(option(…))`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from django_fsm import transition

from coordination.kernel import mechanisms
from coordination.kernel.clocks import Limit, Start
from coordination.kernel.notices import Level
from coordination.kernel.organs import Role
from coordination.kernel.sides import Side

#: A step by CAUSED is never offered to anyone: another step brings it about, in the same transaction.
CAUSED = ()


@dataclass(frozen=True)
class Option:
    """A county's choice that a declaration depends on, e.g. `option("referrals.approval")`."""

    key: str
    value: object = True

    def holds(self, matter, moment) -> bool:
        return mechanisms.kept_rules(matter.county_id).option(self.key, moment) == self.value


def option(key: str, value: object = True) -> Option:
    """The condition that the county's mechanism gives `key` the value `value`."""
    mechanisms.declare_option(key)
    return Option(key, value)


@dataclass(frozen=True)
class Kind:
    """The condition that a fact of the matter has a value, e.g. `Kind("lead")` on a referral's `kind_of`."""

    attribute: str
    value: object

    def holds(self, matter, moment) -> bool:
        return getattr(matter, self.attribute) == self.value


@dataclass(frozen=True)
class Guarded:
    """Something declared that applies only under a condition."""

    condition: Option | Kind
    thing: object


def when(condition: Option | Kind, thing: object) -> Guarded:
    """`thing` (a document, a start, a gate) only where `condition` holds."""
    return Guarded(condition, thing)


def applying(things: Iterable, matter, moment) -> list:
    """The things among `things` whose conditions hold now, unwrapped."""
    return [
        thing.thing if isinstance(thing, Guarded) else thing
        for thing in things
        if not isinstance(thing, Guarded) or thing.condition.holds(matter, moment)
    ]


@dataclass(frozen=True)
class Tell:
    """Who is told of a step: an organ's side, in a role (blank: every post), and how loudly."""

    side: Side
    role: str = ""
    level: str = Level.INFO


def gate(*rules: str) -> Callable:
    """Marks a gate: a function (matter, actor, facts, moment) that raises a Refusal; `rules` are its clauses."""

    def mark(function: Callable) -> Callable:
        function.rules = rules
        return function

    return mark


@dataclass(frozen=True)
class Step:
    """What a flow declares of a step; the machine, the page, the API and the tests all read it here."""

    name: str
    label: str
    source: tuple[str, ...]
    target: object
    by: tuple[Side, ...]
    roles: tuple[str, ...]
    certificate: bool = False
    behalf: bool = False
    judging: bool = False  # decides a quarrel: a side of it may record that only for an organ off the platform
    not_by: str = ""
    only: Option | Kind | None = None
    form: type | None = None
    gates: tuple = ()
    stops: tuple[Limit, ...] = ()
    serves: tuple[Limit, ...] = ()  # limits that the step works toward without meeting them
    starts: tuple = ()
    documents: tuple = ()
    previews: tuple = ()  # papers that a later step issues: read before one lets them go
    tells: tuple = ()
    lets_in: tuple[Side, ...] = ()
    closes: bool = False
    primary: bool = False  # on the main road: what a page offers first
    aside: bool = False  # off the main road (objection, withdrawal, dispute): on the page, never a row's one next step
    bulk: bool = False  # may be taken on several matters at once with the same facts (signing for receipt)
    rules: tuple[str, ...] = ()
    help: str = ""
    doc: str = field(default="", compare=False)

    @property
    def first(self) -> bool:
        """Whether this step gives birth to the matter."""
        return self.source == ("",)

    @property
    def caused(self) -> bool:
        """Whether another step brings it about, and nobody may take it: neither a side nor, for a birth, a role."""
        return not (self.roles if self.first else self.by)

    @property
    def all_rules(self) -> tuple[str, ...]:
        """The clauses of the step and of its gates."""
        plain = [g.thing if isinstance(g, Guarded) else g for g in self.gates]
        return (*self.rules, *(rule for g in plain for rule in g.rules))


ENFORCERS = (Role.OFFICER,)


def step(label: str, *, source, target=None, by=CAUSED, roles=ENFORCERS, **declared) -> Callable:
    """Declare a step of a flow. `source` is a stage, several, or "" for the first step; `target` a stage, None (it
    stays) or a django_fsm RETURN_VALUE; `by` the side or sides whose posts in `roles` may take it."""
    sources = (source,) if isinstance(source, str) else tuple(source)
    sides = (by,) if isinstance(by, Side) else tuple(by)

    def declare(method: Callable) -> Callable:
        moved = transition(field="stage", source=[str(s) for s in sources], target=target)(method)
        moved.step = Step(
            method.__name__,
            label,
            tuple(str(s) for s in sources),
            target,
            sides,
            tuple(roles),
            doc=(method.__doc__ or "").strip(),
            **declared,
        )
        return moved

    return declare


class Flow:
    """What the class of a flow offers: its stages and its steps, in the order in which they are written."""

    NUMBER_MARK = ""  # the first character of the matters' numbers
    DISPUTABLE = False  # whether its sides may take a matter into a dispute: it has enter_, leave_dispute and abide_by
    UNTOLD: tuple[str, ...] = ()  # the stages in which a matter's other sides do not know of it yet, or never will
    Stage: type

    def get_stage_label(self) -> str:
        return str(self.Stage(self.stage).label) if self.stage else ""

    @classmethod
    @cache
    def steps(cls) -> dict[str, Step]:
        found: dict[str, Step] = {}
        for base in reversed(cls.__mro__):
            for value in vars(base).values():
                if hasattr(value, "step"):
                    found[value.step.name] = value.step
        return found

    @classmethod
    @cache
    def steps_at(cls, stage: str) -> tuple[Step, ...]:
        """The steps that somebody may take at `stage` of a matter that is there."""
        steps = cls.steps().values()
        return tuple(one for one in steps if stage in one.source and not one.caused and not one.first)

    @classmethod
    def limits(cls) -> set[Limit]:
        """Every limit that a step of this flow starts or stops."""
        plain = [(s.thing if isinstance(s, Guarded) else s) for one in cls.steps().values() for s in one.starts]
        return {start.limit for start in plain if isinstance(start, Start)} | {
            limit for one in cls.steps().values() for limit in one.stops
        }
