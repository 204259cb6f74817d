"""What a flow declares of a time limit: its key, whom it binds and what a mechanism may ask about it."""

from dataclasses import dataclass

from coordination.kernel.mechanisms import declare_limit
from coordination.kernel.sides import Side

#: Facts that every matter can tell (`Matter.limit_facts`) or that the bearer tells.
COMMON_FACTS = ("urgency", "ongoing", "bearer")


@dataclass(frozen=True)
class Limit:
    """A limit that a flow knows, for instance `referrals.send`. How long it is stands in the mechanism.

    `bearer` is the side that it binds; `facts` are what a mechanism's `when` may ask beyond COMMON_FACTS.
    """

    key: str
    title: str
    bearer: Side
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        declare_limit(self.key, (*COMMON_FACTS, *self.facts))

    def since(self, attribute: str) -> "Start":
        """The limit started from the moment that `attribute` of the matter holds, whenever it is typed in."""
        return Start(self, attribute)


@dataclass(frozen=True)
class Start:
    """A limit and the attribute of the matter that says from when it runs."""

    limit: Limit
    attribute: str
