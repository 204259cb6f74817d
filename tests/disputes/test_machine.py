"""Whatever people do in whatever order, a dispute keeps its promises (stateful searches over a referral and a case)."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import booleans, integers, sampled_from

from coordination.kernel import sweep
from coordination.kernel.clocks import OPEN as RUNNING
from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Organ
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.county import at, organ, person
from tests.disputes.tale import OBJECTION, DisputeStory
from tests.everyone import some_facts
from tests.faults.invariants import counted

pytestmark = pytest.mark.django_db
PEOPLE = (
    *("yangfangkou.officer1", "zhujian.officer1", "sifa.supervisor1", "xianfu.supervisor", "xianfu.head"),
    "shuili.officer1",
)
OUTCOMES = integers(0, 2)
SETTLED = ("agreed", "decided", "concluded", "withdrawn")
#: Which limit runs where a dispute stands.
OWED = {
    "negotiating": "negotiate",
    "proposed": "answer",
    "unsettled": "escalate",
    "applied": "accept",
    "in_hand": "settle",
    "drafted": "settle",
    "agreed": "conclude",
    "decided": "conclude",
}


class Disputing(RuleBasedStateMachine):
    """Anybody takes any step that is offered to him, on the dispute or on the matter below; hours pass."""

    outcomes: tuple[str, str, str]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        travel_to(at("2026-09-21 09:00"))
        self.story = DisputeStory()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(talked=booleans())
    def somebody_disputes_it(self, talked) -> None:
        self.below = self.matter_below(talked)
        self.dispute = self.story.raised(self.below, outcome=self.outcomes[0])

    def matter_below(self, talked: bool) -> Matter:
        raise NotImplementedError

    @rule(login=sampled_from(PEOPLE), pick=integers(0, 20), outcome=OUTCOMES)
    def somebody_acts_on_the_dispute(self, login, pick, outcome) -> None:
        self.act(Dispute.fetch(self.dispute.pk), login, pick, outcome)

    @rule(outcome=OUTCOMES)
    def it_goes_one_step_on(self, outcome) -> None:
        """By the first whose turn it is, so that searches come to decisions."""
        dispute = Dispute.fetch(self.dispute.pk)
        for login in PEOPLE:
            offered = [one.step for one in open_steps(dispute, person(login), now()) if not one.behalf]
            for step in offered:
                if step.primary and step.name not in ("record_talks", "hear"):
                    return self.take(dispute, step.name, login, self.facts(step, dispute, outcome))
        return None

    @rule(hours=sampled_from([1, 20, 70]))
    def time_goes_on(self, hours) -> None:
        travel_to(now() + timedelta(hours=hours))
        assert not sweep.run().faults
        assert counted().wrong == {}

    def act(self, matter: Matter, login: str, pick: int, outcome: int) -> None:
        offered = [one.step for one in open_steps(matter, person(login), now()) if not one.behalf]
        if offered:
            step = offered[pick % len(offered)]
            self.take(matter, step.name, login, self.facts(step, matter, outcome))

    def facts(self, step, matter: Matter, outcome: int) -> dict:
        chosen = self.outcomes[outcome]
        known = {"outcome": chosen, "designated": organ("shuili") if chosen == "designated" else None}
        facts = some_facts(step, matter)
        return facts | {name: known[name] for name in known if name in facts}

    def take(self, matter: Matter, name: str, login: str, facts: dict) -> None:
        before = Entry.objects.count()
        try:
            with transaction.atomic():
                entry = perform(matter, name, person(login), **facts)
        except Refusal:
            assert Entry.objects.count() == before
            return
        touched = list(Entry.objects.filter(at=entry.at).values_list("matter_id", flat=True))
        assert matter.pk in touched
        assert len(touched) == len(set(touched)) == Entry.objects.count() - before, "one entry a step"

    @invariant()
    def somebody_bears_it_and_somebody_acts_meanwhile(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        assert dispute.holder_id in {*dispute.parties, dispute.body_id}
        assert dispute.closed_at or dispute.keeper is not None

    @invariant()
    def no_clock_of_the_matter_below_is_paused(self) -> None:
        assert not Clock.objects.filter(matter=self.below, state="paused").exists()

    @invariant()
    def an_open_dispute_waits_for_somebody_and_a_closed_one_for_nobody(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        running = set(Clock.objects.filter(matter=dispute, state__in=RUNNING).values_list("limit", flat=True))
        assert bool(running) == (dispute.closed_at is None)
        assert dispute.closed_at or f"disputes.{OWED[dispute.stage]}" in running

    @invariant()
    def whoever_waits_for_an_answer_owes_no_talks_and_is_locked_in_by_nobody(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        if dispute.stage != "proposed":
            return
        talking = Clock.objects.filter(matter=dispute, limit="disputes.negotiate", state__in=RUNNING)
        assert not talking.filter(organ=dispute.proposed_by).exists()
        free = ("yangfangkou.officer1", "zhujian.officer1") if dispute.rung == 0 else ("sifa.supervisor1",)
        for login in free:
            offered = {one.step.name for one in open_steps(dispute, person(login), now()) if not one.behalf}
            assert offered & {"end_talks", "end_settling"}, login

    @invariant()
    def only_who_takes_part_or_watches_the_county_is_told(self) -> None:
        inside = set(self.dispute.participations.values_list("organ", flat=True))
        watching = set(Organ.objects.filter(key__in=["ningwu.sifa", "ningwu.xianfu"]).values_list("pk", flat=True))
        told = Notice.objects.filter(matter=self.dispute).exclude(entry__step__startswith="rung.")
        assert set(told.values_list("organ", flat=True)) <= inside | watching

    @invariant()
    def the_staircase_stands_on_one_rung(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        marks = [rung["state"] for rung in dispute.stairs()["rungs"]]
        over = dispute.stage in ("agreed", "decided", "concluded")
        assert marks.count("now") == (not over)
        assert marks.count("done") == dispute.rung + over

    @invariant()
    def the_chains_verify(self) -> None:
        for matter in (self.dispute, self.below):
            rows = list(matter.entries.order_by("seq"))
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            for before, after in pairwise(rows):
                assert bytes(after.prev_hash) == bytes(before.hash)


class AboutAReferral(Disputing):
    outcomes = ("receiver", "sender", "designated")
    designated = False

    def matter_below(self, talked) -> Matter:
        return self.story.negotiated() if talked else self.story.objected()

    @precondition(lambda self: self.below.as_child().stage != "in_dispute")
    @rule(login=sampled_from(PEOPLE))
    def somebody_objects_to_the_referral(self, login) -> None:
        self.take(self.below.as_child(), "object", login, OBJECTION)

    @invariant()
    def the_referral_has_exactly_one_holder_among_its_organs(self) -> None:
        referral = self.below.as_child()
        assert referral.holder_id in {referral.sender_id, referral.keeper_id, referral.receiver_id}

    @invariant()
    def what_was_settled_is_objected_to_no_more(self) -> None:
        referral = self.below.as_child()
        self.designated = self.designated or referral.designated
        assert referral.designated == self.designated
        assert not (self.designated and referral.stage in ("objected", "negotiating", "in_dispute"))

    @invariant()
    def the_referral_is_in_dispute_as_long_as_the_dispute_is_open(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        assert dispute.stage in SETTLED or self.below.as_child().stage == "in_dispute"


class AboutACase(Disputing):
    outcomes = ("competent", "holder", "designated")

    def matter_below(self, talked) -> Matter:
        case = self.story.case()
        self.story.evidence(case)
        return self.story.found_other(case)

    @rule(pick=integers(0, 30), outcome=OUTCOMES)
    def whoever_bears_the_case_does_something(self, pick, outcome) -> None:
        self.act(self.below.as_child(), "yangfangkou.officer1", pick, outcome)

    @invariant()
    def enforcement_does_not_stop_while_it_is_in_dispute(self) -> None:
        case, dispute = self.below.as_child(), Dispute.fetch(self.dispute.pk)
        assert case.in_dispute == (dispute.stage not in SETTLED)
        assert case.holder == organ("yangfangkou")
        if case.in_dispute:
            assert case.stage not in ("suspended", "not_filed", "passed_up", "transferred")
            assert case.sending_runs()

    @invariant()
    def once_it_is_settled_it_is_the_holders_or_one_others(self) -> None:
        case = self.below.as_child()
        if case.jurisdiction_settled_at:
            assert case.designated == (case.competent_organ_id is None)
            assert case.designated == (Dispute.fetch(self.dispute.pk).outcome == "holder")
            assert not case.disputable


@pytest.mark.rules("NW-1.17", "NW-1.18", "NW-1.19", "LAW-3", "QX-5.5")
@pytest.mark.parametrize("machine", [AboutAReferral, AboutACase])
def test_a_dispute_keeps_its_promises(ningwu, machine):
    machine.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a tale of twenty steps is short enough to be read
    )
    machine.TestCase().runTest()
