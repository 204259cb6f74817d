"""Whatever people do with a joint operation or a meeting, in whatever order, the invariants of the house hold."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from jointops.flow import Stage
from jointops.meetings.flow import Stage as M
from jointops.models import Meeting, Operation
from tests.county import organ, person
from tests.jointops.searching import OTHERS, SEARCH, Together

pytestmark = pytest.mark.django_db


class Operations(Together):
    """One plan of three organs, which each answers for itself and acts on in its own name."""

    model = Operation

    def first(self, special) -> Operation:
        return self.story.proposed(needs_government=special)

    def chosen(self, matter, organs, days) -> dict:
        begins = now().date() + timedelta(days=days)
        return {
            "participants": [organ(key) for key in organs],
            "planned_from": begins,
            "planned_to": begins + timedelta(days=1),
            "number": "立〔2026〕1号" if days % 2 else "",
            "at": now() + timedelta(days=min(days, 0)),
            "police": organ("gongan"),
            "needs_government": matter.needs_government,
            "words": "写明理由" if days % 3 else "",
            "decision_scan": None,
        }

    @invariant()
    def nobody_but_the_initiator_knows_of_it_before_it_is_signed(self) -> None:
        plan = self.matter
        for key in OTHERS:
            seen = Matter.objects.visible_to(person(f"{key}.officer1")).filter(pk=plan.pk).exists()
            assert plan.circulated_at or not seen
            assert seen or not (plan.circulated_at and organ(key).pk in plan.participant_ids)

    @invariant()
    def each_clock_binds_whose_turn_it_is(self) -> None:
        plan = self.matter
        stage, mine, government = plan.stage, [plan.initiator_id], [plan.government_id]
        assert self.bound("jointops.confirm") == (sorted(plan.awaited_ids) if stage == Stage.CIRCULATED else [])
        assert self.bound("jointops.decide") == (government if stage == Stage.AWAITING_DECISION else [])
        assert self.bound("jointops.carry_out") == (mine if stage == Stage.SETTLED else [])
        assert self.bound("jointops.outcome") == (sorted(plan.owing_ids) if stage == Stage.CARRIED_OUT else [])
        assert self.bound("jointops.summary") == (mine if stage == Stage.CARRIED_OUT else [])

    @invariant()
    def who_acts_has_said_yes_and_each_decides_for_itself(self) -> None:
        plan = self.matter
        if plan.stage in (Stage.AWAITING_DECISION, Stage.SETTLED, Stage.CARRIED_OUT, Stage.CONCLUDED):
            assert plan.participant_ids
            assert sorted(plan.participant_ids) == sorted(plan.joining)
        decided = set(plan.outcomes.values_list("organ", flat=True))
        everybody = {plan.initiator_id, *plan.participant_ids}
        if plan.stage in (Stage.CARRIED_OUT, Stage.CONCLUDED):
            assert decided | set(plan.owing_ids) == everybody
            assert not decided & set(plan.owing_ids)
        assert plan.stage != Stage.CONCLUDED or decided == everybody


class Meetings(Together):
    """One meeting of three organs, and what it obliges them to."""

    model = Meeting

    def first(self, special) -> Meeting:
        return self.story.called(meeting_kind="special" if special else "ad_hoc", planned_at=now() + timedelta(days=2))

    def chosen(self, matter, organs, days) -> dict:
        return {
            "attending": [organ(key) for key in organs],
            "organ": organ((*OTHERS, "yangfangkou")[days % 4]),
            "by_day": now().date() + timedelta(days=days),
            "at": now() + timedelta(days=min(days, 0)),
        }

    @invariant()
    def each_clock_binds_whose_turn_it_is(self) -> None:
        meeting = self.matter
        called = meeting.stage == M.CALLED
        assert self.bound("meetings.reply") == (sorted(meeting.awaited_ids) if called else [])
        assert self.bound("meetings.minutes") == ([meeting.convener_id] if called else [])

    @precondition(lambda self: self.matter.stage == M.HELD)
    @rule(days=st.integers(0, 6))
    def something_was_agreed(self, days) -> None:
        self.attempt("assign", self.story.initiator, list(OTHERS), days)

    @invariant()
    def what_was_agreed_is_owed_until_it_is_done(self) -> None:
        meeting = self.matter
        open_ones = sorted(meeting.follow_ups.filter(done_at=None).values_list("organ", flat=True))
        assert self.bound("meetings.follow_up") == open_ones
        assert sorted(set(open_ones)) == sorted(meeting.owing_ids)
        assert meeting.stage != M.CONCLUDED or not open_ones

    @invariant()
    def whoever_came_was_invited(self) -> None:
        assert set(self.matter.attending_ids) <= set(self.matter.invited_ids)
        replied = set(self.matter.replies.values_list("organ", flat=True))
        assert not replied & set(self.matter.awaited_ids)


@pytest.mark.rules("YY-5.7", "YY-5.8", "JH-5.7")
def test_an_operation_keeps_the_invariants(ningwu):
    run_state_machine_as_test(Operations, settings=SEARCH)


@pytest.mark.rules("NW-3.48", "NW-3.49")
def test_a_meeting_keeps_the_invariants(ningwu):
    run_state_machine_as_test(Meetings, settings=SEARCH)
