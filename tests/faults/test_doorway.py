"""The doorway under pressure: of many who take one step at once, one wins; no step costs more than 25 statements."""

import pytest

from coordination.kernel.matters import Matter
from coordination.kernel.steps import perform
from coordination.kernel.words import Refusal
from tests import county
from tests.county import person
from tests.faults.at_once import at_once
from tests.faults.invariants import broken_chains
from tests.faults.main_story import costs_of_the_main_story, tell

MOST = 25
CONTENDERS = 6


def test_no_step_of_the_main_story_costs_more_than_25_statements(ningwu):
    costs = costs_of_the_main_story()
    assert len(costs) >= 17
    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_the_same_step_at_once_one_wins_and_the_others_get_a_reason(
    transactional_db, story, monkeypatch
):
    steps: dict[str, list] = {}

    def contested(matter, name, user, **facts):
        """Six people press the same button on the same page."""
        seen = Matter.objects.get(pk=matter.pk).version

        def press():
            try:
                return perform(matter, name, person(user.username), version=seen, **facts)
            except Refusal as refusal:
                return refusal

        steps[name] = at_once([press] * CONTENDERS)
        return next(result for result in steps[name] if not isinstance(result, Refusal))

    monkeypatch.setattr(county, "perform", contested)
    tell(story)
    for name, results in steps.items():
        refusals = [result for result in results if isinstance(result, Refusal)]
        assert len(refusals) == CONTENDERS - 1, name
        assert all(refusal.message and refusal.code == "stale" for refusal in refusals), name
    assert broken_chains() == []
