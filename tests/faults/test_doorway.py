"""The doorway under pressure: of many who take one step at once, one wins; no step costs more than 25 statements."""

import inspect
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from coordination.kernel.matters import Matter
from coordination.kernel.steps import begin, perform
from coordination.kernel.words import Refusal
from tests import county
from tests.county import Story, person
from tests.faults.at_once import at_once
from tests.faults.invariants import broken_chains

MOST = 25
CONTENDERS = 6


def tell(story: Story) -> None:
    """The main story, from the finding to the conclusion."""
    referral = story.accepted()
    referral = story.take(referral, "file_case", story.receiver, words="符合立案条件")
    case = Case.objects.get(holder=referral.receiver)
    story.decided(case, "shengtai.legal")
    story.take(case, "serve_decision", story.receiver, at=case.opened_at)
    story.take(case, "record_execution", story.receiver, at=case.opened_at)
    story.take(case, "close", story.receiver, words="已缴清")
    story.take(referral, "return_result", story.receiver, result="已罚款二万元并责令停止")
    story.take(referral, "conclude", story.officer)


class Costs(dict):
    """The statements of each step by name. What it brings about on another matter is a step of its own there."""

    def __init__(self) -> None:
        super().__init__()
        self.nested = 0

    def door(self, take: Callable) -> Callable:
        """`perform` or `begin`, counted."""

        def through(matter, name, user, **facts):
            self.nested = 0
            done, cost = self._count(take, matter, name, user, **facts)
            self[name] = cost - self.nested
            return done

        return through

    def further(self, follow: Callable) -> Callable:
        """The steps that a step brings about."""

        def through(matter, act, entry):
            _nothing, cost = self._count(follow, matter, act, entry)
            steps = len(act.then) + len(act.births)
            self.nested += cost
            if steps:
                self[f"after {act.step.name}"] = cost / steps

        return through

    def _count(self, take: Callable, *arguments, **facts) -> tuple:
        with CaptureQueriesContext(connection) as queries:
            done = take(*arguments, **facts)
        return done, sum("SAVEPOINT" not in query["sql"] for query in queries)


def test_no_step_of_the_main_story_costs_more_than_25_statements(story, monkeypatch):
    costs = Costs()
    monkeypatch.setattr(county, "perform", costs.door(perform))
    monkeypatch.setattr(county, "begin", costs.door(begin))
    doorway = inspect.unwrap(perform).__globals__
    monkeypatch.setitem(doorway, "_follow", costs.further(doorway["_follow"]))
    tell(story)
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
