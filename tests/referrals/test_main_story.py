"""The main job as a tale: a township officer finds what is a department's, and it goes the whole way."""

import pytest

from cases.models import Case
from coordination.kernel.clocks import Clock
from tests.county import at


@pytest.mark.rules("NW-1.1", "NW-2.1", "NW-3.15")
def test_the_sending_clock_starts_with_the_finding_and_ends_after_three_working_days(story):
    case = story.found_other(story.case())
    clock = Clock.objects.get(matter=case, limit="referrals.send")
    assert clock.due_at == at("2026-09-25 00:00")
    assert clock.organ == case.holder


@pytest.mark.rules("NW-1.13", "NW-3.19", "NW-3.21", "NW-1.20")
def test_a_referral_goes_the_whole_way(story):
    referral = story.accepted()
    assert referral.stage == "accepted"
    assert referral.holder == referral.receiver
    referral = story.take(referral, "file_case", story.receiver, words="符合立案条件")
    case = Case.objects.get(holder=referral.receiver)
    assert case.stage == "filed"
    story.decided(case, "shengtai.legal")
    story.take(case, "serve_decision", story.receiver, at=at("2026-09-21 09:00"))
    story.take(case, "record_execution", story.receiver, at=at("2026-09-21 09:00"))
    story.take(case, "close", story.receiver, words="已缴清")
    referral = story.take(referral, "return_result", story.receiver, result="已罚款二万元并责令停止")
    referral = story.take(referral, "conclude", story.officer)
    assert referral.stage == "concluded"
    assert referral.closed_at is not None
