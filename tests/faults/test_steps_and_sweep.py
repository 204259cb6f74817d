"""A step that meets a clock while the sweep is at it: the rung or the step comes first, never a rung on a met clock."""

import pytest
from django.db import transaction

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import perform
from coordination.kernel.sweep import run
from tests.county import person
from tests.faults.at_once import at_once
from tests.faults.invariants import counted

pytestmark = pytest.mark.django_db(transaction=True)


def test_while_a_step_holds_the_matter_the_sweep_passes_it_by_and_fires_nothing_once_it_is_met(due, story):
    (matter,) = due(1)
    with transaction.atomic():
        Matter.locked(matter)
        (swept,) = at_once([run])
        assert swept.claimed == 0
        meet(matter)
    assert run().claimed == 0
    assert counted().wrong == {}


def test_a_step_that_waits_for_the_sweep_sees_the_rung_that_fired(due, story):
    (matter,) = due(1)
    assert run().claimed == 1
    meet(matter)
    clock = Clock.objects.get(matter=matter, limit="referrals.send")
    assert (clock.state, clock.rung_index) == ("cancelled", 1)
    assert counted().wrong == {}


def test_steps_and_sweepers_on_the_same_clocks_at_the_same_time(due, story):
    matters = due(60)
    half = len(matters) // 2

    def meet_all(mine: list[int]) -> None:
        for matter in mine:
            meet(matter)

    def sweep_on() -> None:
        for _pass in range(12):
            run(5)

    at_once([lambda: meet_all(matters[:half]), lambda: meet_all(matters[:half:-1]), sweep_on, sweep_on])
    counts = counted()
    assert counts.wrong == {}
    ended = Clock.objects.filter(matter__in=matters, limit="referrals.send", ended_at__isnull=False)
    assert ended.count() == len(matters) - 1
    assert Claim.objects.filter(clock__ended_at=None).count() == 1
    assert run().claimed == 0


def meet(matter: int) -> None:
    """The case is passed up, which ends all its clocks."""
    perform(matter, "pass_up", person("yangfangkou.officer1"), words=f"超出本级权限 {now():%H:%M}")
