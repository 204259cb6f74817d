"""The sweep fires each due rung once, on time or late, records it and tells whom it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.journal import Entry, timeline
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.sweep import SweepFault, SweepRun, run, silent_since
from tests.county import at, organ


@pytest.fixture
def sending(story) -> Clock:
    """Found on Monday 2026-09-21 at 09:00: three working days, due at the end of the 24th."""
    return Clock.objects.get(matter=story.found_other(story.case()), limit="referrals.send")


def rungs(clock: Clock) -> list[str]:
    return list(Claim.objects.filter(clock=clock).order_by("pk").values_list("rung", flat=True))


def sweep_at(words: str, **options):
    travel_to(at(words))
    return run(**options)


def test_nothing_fires_before_its_moment(sending):
    assert sweep_at("2026-09-23 08:29").claimed == 0
    assert sweep_at("2026-09-23 08:31").claimed == 1
    assert rungs(sending) == ["remind"]


def test_the_ladder_climbs_rung_by_rung_and_each_tells_its_own_people(sending):
    sweep_at("2026-09-23 08:31")
    sweep_at("2026-09-25 00:01")
    sweep_at("2026-09-28 08:31")
    sweep_at("2026-10-30 08:31")
    assert rungs(sending) == ["remind", "overdue", "supervise", "report"]
    told = set(Notice.objects.filter(entry__step="rung.report").values_list("organ__key", "role"))
    assert told == {("ningwu.sifa", "supervisor"), ("ningwu.xianfu", "supervisor")}


def test_a_second_pass_at_the_same_moment_finds_nothing(sending):
    assert sweep_at("2026-09-23 08:31").claimed == 1
    assert run().claimed == 0
    assert Claim.objects.count() == 1
