"""What disputes bring to the tests that walk over all workflows (tests/worlds.py)."""

from coordination.kernel.matters import Matter
from disputes.models import Dispute
from tests.county import organ
from tests.disputes.tale import DisputeStory
from tests.door import Door, To, plain
from tests.planted import Planted

DOORS = {"disputes-waiting": Door(To.READER, plain("disputes-waiting"))}


class BetweenTheSettled(DisputeStory):
    """The organs of tests/everyone.py."""

    department = "shengtai"


def matters_to_try() -> dict[str, Matter]:
    """In hand on its second rung, both words awaited but one; the police stand for a body and the procuratorate for a
    superior, as people are settled there."""
    story = BetweenTheSettled()
    dispute = story.raised(story.sent())
    accepted = Matter.objects.get(pk=dispute.pk).opened_at
    past = ("applied_at", "accepted_at", "proposed_at", "unsettled_at", "settled_at")
    known = dict.fromkeys(past, accepted) | {"rung": 1, "body": organ("gongan"), "awaited": [dispute.respondent_id]}
    proposed = {"proposed_outcome": "receiver", "proposed_words": "由受移送方办理", "proposed_by": organ("gongan")}
    Dispute.objects.filter(pk=dispute.pk).update(**known, **proposed, superior=organ("jianchayuan"))
    return {"disputes": Dispute.objects.get(pk=dispute.pk)}


def plant(found: Planted) -> None:
    """A dispute about duties, seen by its two sides and those who watch the county."""
    story = type("Elsewhere", (DisputeStory,), {"township": "fenghuang", "department": "linye"})()
    told = {name: found.word("dispute", name) for name in ("title", "request", "basis")}
    told |= {"dispute_facts": f"双方对{found.word('dispute', 'facts')}认识不一致。"}
    found.seen_by["dispute"] = {"ningwu.fenghuang", "ningwu.linye"}
    found.add("dispute", story.general(**told))
