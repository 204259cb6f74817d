"""The receiver's review of evidence: materials have their own doorway (ADR 4), and yet somebody may wait for it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from coordination.kernel import journal
from coordination.kernel.materials import Tick, record_reviews
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.steps.after import react

#: As what a reaction names it, beside the steps of the flow.
REVIEW = "review_evidence"


@transaction.atomic
def review_evidence(matter: Matter, ticks: Iterable[Tick], *, actor: Actor, moment: datetime) -> journal.Entry:
    """The findings, item by item, and whatever is owed elsewhere because of them (NW-1.21).

    Refused as `record_reviews` says.
    """
    entry = record_reviews(matter, ticks, actor=actor, moment=moment)
    react(entry, entry.matter.as_child(), REVIEW)
    return entry
