"""One step being taken: what its method may reach for besides the matter itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from coordination.kernel.clocks import ClockBook
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.steps.declare import Step


@dataclass
class Act:
    """One step being taken, and what it owes when its method has run."""

    step: Step
    actor: Actor
    moment: datetime
    book: ClockBook
    facts: dict
    before: str = ""
    then: list[tuple] = field(default_factory=list)
    links: list[tuple] = field(default_factory=list)
    births: list[tuple] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    carried: list = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    voucher: Material | None = None  # what a record for another organ rests on
    closes: bool = False

    def __post_init__(self) -> None:
        self.closes = self.step.closes

    def next(self, matter_id: int, name: str, /, **facts) -> None:
        """Owe the step `name` on a lower matter: taken in this transaction, after this step's entry, because of it."""
        self.then.append((matter_id, name, facts))

    def link(self, source_id: int | None, target_id: int | None, kind: str) -> None:
        """Relate two matters; None stands for the matter of this step, whose id may not yet be known."""
        self.links.append((source_id, target_id, kind))

    def open(self, model: type[Matter], name: str, link: str, /, **facts) -> None:
        """Owe the birth of a lower matter by its first step `name`, linked from this matter as `link`."""
        self.births.append((model, name, link, facts))

    def tell_offices(self, *kinds: str) -> None:
        """Also tell the county's justice bureau, government or coordination office."""
        self.offices.extend(kinds)

    def carry_materials(self, chosen: Iterable[Material]) -> None:
        """Bring materials of another matter into this one: the same bytes, a row of its own."""
        self.carried.extend(chosen)

    def note(self, label: str, text: str) -> None:
        """Add a line to the readable words of the entry."""
        self.notes.append([label, text])
