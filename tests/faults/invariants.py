"""What holds after every fault (reliability.md): each due rung of each clock claimed once, with entry and notice."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from coordination.kernel import journal
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.journal import Entry
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.verifier import Verifier


@dataclass
class Counts:
    """The numbers that must be 0, and how many claims there are."""

    claims: int = 0
    missing: int = 0
    duplicate: int = 0
    early: int = 0
    half: int = 0
    after_the_end: int = 0
    broken_chains: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> dict:
        return {name: value for name, value in vars(self).items() if name != "claims" and value}


def counted() -> Counts:
    """Read the whole database at the present moment."""
    moment = now()
    claims = list(Claim.objects.select_related("entry", "clock__ended_by"))
    keys = Counter((claim.clock_id, claim.term, claim.rung) for claim in claims)
    return Counts(
        claims=len(claims),
        missing=sum(_missing(clock, moment, keys) for clock in Clock.objects.filter(ended_at=None)),
        duplicate=sum(count - 1 for count in keys.values()) + _entries_claimed_twice(claims),
        early=sum(claim.due > claim.claimed_at for claim in claims),
        half=_half(claims),
        after_the_end=sum(c.clock.ended_by is not None and c.entry.seq > c.clock.ended_by.seq for c in claims),
        broken_chains=broken_chains(),
    )


def _missing(clock: Clock, moment: datetime, claimed: Counter) -> int:
    due = [rung for rung in clock.rungs if datetime.fromisoformat(rung["at"]) <= moment]
    return sum((clock.pk, clock.term, rung["key"]) not in claimed for rung in due)


def _entries_claimed_twice(claims: list[Claim]) -> int:
    return len(claims) - len({claim.entry_id for claim in claims})


def _half(claims: list[Claim]) -> int:
    """Claims without a rung's entry on the same matter, rungs' entries without a claim, clocks of which nobody was
    told, entries without words."""
    rungs = Entry.objects.filter(step__startswith="rung.")
    stray = rungs.filter(claims=None).count() + rungs.filter(readable=None).count()
    wrong = sum(c.entry.matter_id != c.clock.matter_id or not c.entry.step.startswith("rung.") for c in claims)
    told = set(Notice.objects.filter(entry__step__startswith="rung.").values_list("entry__claims__clock_id", flat=True))
    return stray + wrong + len({claim.clock_id for claim in claims} - told)


def broken_chains() -> list[str]:
    """The faults of the journal in words; none."""
    verifier = Verifier(journal.public_keys())
    with journal.snapshot():
        return [str(fault) for fault in verifier.run(journal.records())]
