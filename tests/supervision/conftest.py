"""A September of referrals, for the desk of supervision and the months that it keeps."""

import pytest

from coordination.kernel.now import travel_to
from coordination.kernel.sweep import sweep
from tests.county import Story, at


@pytest.fixture
def busy(story: Story) -> Story:
    """September: three referrals sent, one of them too late, which was objected to; October has begun."""
    for late in (False, False, True):
        case = story.found_other(story.case())
        if late:
            travel_to(at("2026-09-28 09:00"))
        referral = story.sent(story.approved(story.draft(case)))
    told = {"finding": "不属于", "legal_basis": "清单", "competent_organ": None, "proposal": "协商"}
    story.take(referral, "object", story.receiver, **told)
    travel_to(at("2026-10-12 10:00"))
    sweep()
    return story
