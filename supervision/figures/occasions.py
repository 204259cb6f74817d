"""Which referrals and refusals a number consists of: the conditions of the tally, on the rows that it counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from supervision.figures.period import Period
from supervision.figures.tallies import FLOWING, SERVED, Some, array, asked, refused, refusing, served

REFUSED, REFERRALS = "refused", "referrals"
WHICH = (*FLOWING, REFUSED)
FLOW = f"""SELECT m.id, r.served_at {SERVED} AND NOT m.id = ANY(%(hidden)s)
    AND (%(sender)s::bigint IS NULL OR r.sender_id = %(sender)s)
    AND (%(receiver)s::bigint IS NULL OR r.receiver_id = %(receiver)s)
    AND {{condition}} ORDER BY r.served_at DESC, m.id LIMIT %(limit)s"""


@dataclass(frozen=True)
class Occasions:
    """What a list of them shows: referrals (one of FLOWING) from `sender` to `receiver`, or the refusals of `organ` by
    a step of a workflow."""

    which: str = "sent"
    sender: int | None = None
    receiver: int | None = None
    organ: int | None = None
    kind: str = ""
    step: str = ""

    def found(
        self, county: str, period: Period, organs: Some, hidden: Collection[int], limit: int
    ) -> list[tuple[int, datetime]]:
        """The matter and the moment of each, the latest first; one statement. `organs`: only what concerns these;
        `hidden`: matters that the reader must not know of."""
        if self.which == REFUSED:
            return self._refused(county, period, organs, hidden, limit)
        facts = {"hidden": array(hidden), "sender": self.sender, "receiver": self.receiver, "limit": limit}
        return asked(FLOW.format(condition=FLOWING[self.which]), served(county, period, organs) | facts)

    def _refused(self, county, period, organs, hidden, limit) -> list[tuple[int, datetime]]:
        if (self.kind, self.step) not in refusing():
            return []
        said = refused(county, period, organs).exclude(matter__in=hidden)
        narrowed = said.filter(refuser=self.organ, matter__kind=self.kind, step=self.step)
        return list(narrowed.order_by("-at", "-pk").values_list("matter", "at")[:limit])


def occasions_of(query: Mapping[str, str]) -> Occasions:
    """What an address asks for; what makes no sense is left out."""
    names = ("sender", "receiver", "organ")
    numbers = {name: int(value) for name in names if (value := query.get(name, "")).isdecimal()}
    numbers = {name: value for name, value in numbers.items() if value < 2**31}
    which = query.get("which", "") if query.get("which") in WHICH else WHICH[0]
    kind = query.get("kind", "") if which == REFUSED else REFERRALS
    return Occasions(which, **numbers, kind=kind, step=query.get("step", ""))
