"""Whatever people do in whatever order, a dispute keeps its promises (a stateful search)."""

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import integers, sampled_from

from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.county import organ, person
from tests.disputes.tale import OBJECTION, DisputeStory
from tests.everyone import some_facts

pytestmark = pytest.mark.django_db
PEOPLE = (
    *("yangfangkou.officer1", "zhujian.officer1", "sifa.supervisor1", "xianfu.supervisor", "xianfu.head"),
    "shuili.officer1",
)
OUTCOMES = ("receiver", "sender", "designated")


class DisputeMachine(RuleBasedStateMachine):
    """Anybody takes any step that is offered to him, on the dispute or on the referral below."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        story = DisputeStory()
        self.referral = story.objected()
        self.dispute = story.raised(self.referral)
        self.entries = Entry.objects.count()
        self.designated = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(login=sampled_from(PEOPLE), pick=integers(0, 20), outcome=sampled_from(OUTCOMES))
    def somebody_acts_on_the_dispute(self, login, pick, outcome) -> None:
        self.act(Dispute.fetch(self.dispute.pk), login, pick, outcome)

    @precondition(lambda self: self.referral.as_child().stage != "in_dispute")
    @rule(login=sampled_from(PEOPLE))
    def somebody_objects_to_the_referral(self, login) -> None:
        self.take(self.referral.as_child(), "object", login, OBJECTION)

    def act(self, matter: Matter, login: str, pick: int, outcome: str) -> None:
        user = person(login)
        offered = [one.step for one in open_steps(matter, user, now()) if not one.behalf]
        if offered:
            step = offered[pick % len(offered)]
            third = organ("shuili") if outcome == "designated" else None
            facts = some_facts(step, matter)
            known = {"outcome": outcome, "designated": third}
            self.take(matter, step.name, login, facts | {name: known[name] for name in known if name in facts})

    def take(self, matter: Matter, name: str, login: str, facts: dict) -> None:
        before = Entry.objects.count()
        try:
            entry = perform(matter, name, person(login), **facts)
        except Refusal:
            assert Entry.objects.count() == before
            return
        touched = list(Entry.objects.filter(at=entry.at).values_list("matter_id", flat=True))
        assert matter.pk in touched
        assert len(touched) == len(set(touched)) == Entry.objects.count() - before, "one entry a step"

    @invariant()
    def the_matter_below_has_exactly_one_holder_among_its_organs(self) -> None:
        referral = self.referral.as_child()
        assert referral.holder_id in {referral.sender_id, referral.keeper_id, referral.receiver_id}
        dispute = Dispute.fetch(self.dispute.pk)
        assert dispute.holder_id in {*dispute.parties, dispute.body_id}
        assert dispute.closed_at or dispute.keeper is not None

    @invariant()
    def no_clock_of_the_matter_below_is_paused(self) -> None:
        assert not Clock.objects.filter(matter=self.referral, state="paused").exists()

    @invariant()
    def what_was_settled_is_objected_to_no_more(self) -> None:
        referral = self.referral.as_child()
        self.designated = self.designated or referral.designated
        assert referral.designated == self.designated
        assert not (self.designated and referral.stage in ("objected", "negotiating", "in_dispute"))

    @invariant()
    def an_open_dispute_waits_for_somebody_and_a_closed_one_for_nobody(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        running = Clock.objects.filter(matter=dispute, state="running").exists()
        assert running == (dispute.closed_at is None)

    @invariant()
    def the_referral_is_in_dispute_as_long_as_the_dispute_is_open(self) -> None:
        dispute = Dispute.fetch(self.dispute.pk)
        unsettled = dispute.stage not in ("agreed", "decided", "concluded", "withdrawn")
        assert not unsettled or self.referral.as_child().stage == "in_dispute"

    @invariant()
    def the_chains_verify(self) -> None:
        for matter in (self.dispute, self.referral):
            rows = list(matter.entries.order_by("seq"))
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            for before, after in pairwise(rows):
                assert bytes(after.prev_hash) == bytes(before.hash)


def test_a_dispute_keeps_its_promises(ningwu):
    DisputeMachine.TestCase.settings = settings(
        max_examples=8,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a tale of fourteen steps is short enough to be read
    )
    DisputeMachine.TestCase().runTest()
