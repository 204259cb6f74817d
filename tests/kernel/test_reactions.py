"""What one matter owes to another: done once, by the rights of the web process, and found again after a fault."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from coordination.kernel.clocks import Clock
from coordination.kernel.steps import perform
from coordination.kernel.steps.after import Reaction, do_reaction, do_reactions
from tests.complaints.tale import ComplaintStory
from tests.county import at, person


@pytest.fixture
def closed(story) -> Case:
    """The receiver's case of a referral, closed; the result is owed to the sender."""
    referral = story.take(story.accepted(), "file_case", story.receiver, words="符合立案条件")
    case = Case.objects.get(holder=referral.receiver)
    story.decided(case, "shengtai.legal")
    story.take(case, "serve_decision", story.receiver, at=at("2026-09-21 09:00"))
    story.take(case, "record_execution", story.receiver, at=at("2026-09-21 09:00"))
    do_reactions()  # what the steps before owe elsewhere
    return story.take(case, "close", story.receiver, words="已缴清")


#: perform() may ask the database no more than this (docs/benchmarks.md).
BUDGET = 25


def statements(matter, name: str, login: str, **facts) -> int:
    """What a step asks of the database, without the marks of its transaction."""
    user = person(login)
    with CaptureQueriesContext(connection) as asked:
        perform(matter, name, user, **facts)
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_where_nobody_waits_no_row_is_written_and_nothing_is_asked(story):
    """Of a referral that no complaint has led to, and of the finder's own case."""
    assert statements(story.approved(), "send", story.officer, service_method="platform") < BUDGET
    case = story.take(story.case(), "verify", story.officer, words="核实")
    story.take(case, "decline_to_file", story.officer, words="未发现违法行为")
    assert not Reaction.objects.exists()


@pytest.mark.rules("NW-2.8")
def test_where_a_complaint_waits_one_row_is_written_within_the_budget(ningwu):
    told = ComplaintStory()
    lead = told.item_of(told.transferred()).case
    referral = told.approved(told.draft(lead))
    assert not Reaction.objects.exists()
    assert statements(referral, "send", told.officer, service_method="platform") <= BUDGET
    assert [row.name for row in Reaction.objects.all()] == ["complaints.reactions.follow_referral"]


def the_result() -> Reaction:
    return Reaction.objects.get(done_at=None, name="referrals.reactions.owe_the_result")


def test_a_reaction_is_done_once_with_the_rights_of_the_app_role(closed, as_app_role):
    owed = the_result()
    with as_app_role():
        do_reaction(owed.pk)
        do_reaction(owed.pk)
    assert Reaction.objects.get(pk=owed.pk).done_at
    assert Clock.objects.filter(limit="referrals.return_result").count() == 1


def test_a_reaction_whose_task_was_lost_is_found_again(closed):
    owed = Reaction.objects.filter(done_at=None).count()
    assert do_reactions() == owed > 0
    assert do_reactions() == 0
    assert Clock.objects.filter(limit="referrals.return_result", state=Clock.State.RUNNING).count() == 1


def test_a_reaction_that_fails_says_why_and_stays_owed(closed, monkeypatch):
    owed = the_result()
    with monkeypatch.context() as broken:
        broken.setattr("referrals.reactions.owe_the_result", lambda entry, case: 1 / 0)
        do_reaction(owed.pk)
    owed.refresh_from_db()
    assert (owed.tries, owed.done_at) == (1, None)
    assert "ZeroDivisionError" in owed.fault
    do_reactions()
    owed.refresh_from_db()
    assert owed.done_at
    assert owed.fault == ""
