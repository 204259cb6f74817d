"""What the proofs look at, and the small words they share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coordination.kernel.mechanisms.declared import LimitDeclaration
from coordination.kernel.mechanisms.reading import NATIONAL
from coordination.kernel.mechanisms.tables import LimitRule, Mechanism, Problem


@dataclass(frozen=True)
class Facts:
    """What the proofs look at: the files by name, what the flows declare, and whom a rung can tell."""

    files: Mapping[str, Mechanism]
    limits: Mapping[str, LimitDeclaration]
    options: frozenset[str]
    tells: frozenset[str]

    @property
    def national(self) -> Mechanism:
        return self.files[NATIONAL]

    @property
    def counties(self) -> list[Mechanism]:
        return [one for name, one in self.files.items() if name != NATIONAL]


def limits_of(facts: Facts) -> Iterator[tuple[str, LimitRule]]:
    return ((name, limit) for name, one in facts.files.items() for limit in one.limits.values())


def at_limit(file: str, key: str, message: str) -> Problem:
    return Problem(f"{file}.toml", f"[[limit]] {key}", message)
