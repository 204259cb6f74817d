"""What the flows declare: the limits, facts and options that a mechanism file may speak of."""

from collections.abc import Iterable
from dataclasses import dataclass

#: The values of the facts that every flow shares. A fact that is not listed here takes any value (`kind`).
FACT_VALUES = {
    "urgency": ("normal", "urgent", "specially_urgent", "major"),
    "direction": ("up", "down", "across"),
    "bearer": ("township", "department"),
    "ongoing": ("yes", "no"),
}


@dataclass(frozen=True)
class LimitDeclaration:
    """A limit that a flow runs, and the facts that a mechanism's `when` may ask about it."""

    key: str
    facts: frozenset[str] = frozenset()


#: What people call the values of `kind`, as the flows declare them: the calculator offers them.
KINDS: list[tuple[str, str]] = []
DECLARED: dict[str, LimitDeclaration] = {}
DECLARED_OPTIONS: set[str] = set()


def declare_limit(key: str, facts: Iterable[str] = ()) -> LimitDeclaration:
    """A flow runs the limit `key`. Declared twice, the facts add up (two flows may share a limit)."""
    known = DECLARED.get(key)
    DECLARED[key] = LimitDeclaration(key, frozenset(facts) | (known.facts if known else frozenset()))
    return DECLARED[key]


def declare_kinds(choices: Iterable[tuple[str, str]]) -> None:
    """A flow tells kinds of matter by which a mechanism may choose a limit."""
    KINDS.extend(choice for choice in choices if choice not in KINDS)


def declare_option(key: str) -> str:
    """A flow or a kernel concept asks for the option `key`, so that every mechanism must answer it."""
    DECLARED_OPTIONS.add(key)
    return key


DAY_ENDS = declare_option("clocks.day_ends")
GRACE = declare_option("clocks.grace")
