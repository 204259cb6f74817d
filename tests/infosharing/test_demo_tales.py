"""The tales of information sharing, told alone: every stage that they are there for is reached."""

import pytest

from coordination.demo import build
from coordination.demo.plan import PLAN
from infosharing.models import Breach, Claim, Filing, Reading, SharedRecord
from tests.county import at


@pytest.mark.django_db
def test_the_tales_of_sharing_reach_what_they_are_there_for(ningwu, monkeypatch):
    monkeypatch.setattr(build, "PLAN", tuple(line for line in PLAN if line.key.startswith("i")))
    monkeypatch.setattr(build, "_drop_target", lambda county, almanac: None)
    build.build(at("2026-11-25 10:00"))
    assert set(SharedRecord.objects.values_list("stage", flat=True)) == set(SharedRecord.Stage.values)
    assert SharedRecord.objects.get(stage="asked").reply_over
    assert set(Claim.objects.values_list("stage", flat=True)) == set(Claim.Stage.values)
    awaited = Claim.objects.get(stage="claimed")
    assert len(awaited.pending) == 1
    assert Filing.objects.count() == len(awaited.units) - 1
    assert set(Breach.objects.values_list("stage", flat=True)) == set(Breach.Stage.values)
    assert Reading.objects.count() == 2
