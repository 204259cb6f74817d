"""The main story as a whole, and what each of its steps costs."""

import inspect
import re
from collections.abc import Callable
from contextlib import ExitStack
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from coordination.kernel.steps import begin, perform
from tests import county
from tests.county import Story


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


#: What opens and closes a transaction costs nothing that a step could save.
TRANSACTION = re.compile(r"BEGIN|COMMIT|(RELEASE )?SAVEPOINT")


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
        return done, sum(not TRANSACTION.match(query["sql"]) for query in queries)


def costs_of_the_main_story() -> dict[str, float]:
    """The statements of each step, BEGIN and savepoints left out."""
    costs = Costs()
    doorway = inspect.unwrap(perform).__globals__
    with ExitStack() as doors:
        doors.enter_context(patch.object(county, "perform", costs.door(perform)))
        doors.enter_context(patch.object(county, "begin", costs.door(begin)))
        doors.enter_context(patch.dict(doorway, {"_follow": costs.further(doorway["_follow"])}))
        tell(Story())
    return dict(costs)
