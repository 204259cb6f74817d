"""The order flow as a state machine: whatever people try in whatever sequence, the promises hold."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from supervision.flow import Stage
from supervision.models import Order
from tests.county import at, organ, person
from tests.everyone import some
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db
PEOPLE = ("sifa.supervisor1", "sifa.approver", "sifa.head", "shengtai.officer1", "shengtai.liaison", "zhujian.officer1")
STEPS = tuple(name for name, step in Order.steps().items() if not step.first)
WITH_THEM = {Stage.ISSUED, Stage.RETURNED}


def refusal_of(order: Order, name: str, user, facts: dict) -> Refusal | None:
    """None: it was done."""
    try:
        with transaction.atomic():
            perform(order, name, user, **facts)
    except Refusal as refusal:
        return refusal
    return None


class OrderMachine(RuleBasedStateMachine):
    """One order; people of both sides and a stranger try every step; days pass."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        travel_to(at("2026-09-21 09:00"))
        self.order = OrderStory().order()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(name=st.sampled_from(STEPS), login=st.sampled_from(PEOPLE), days=st.integers(-2, 9))
    def somebody_tries(self, name: str, login: str, days: int) -> None:
        step, user, before = Order.steps()[name], person(login), Order.objects.get(pk=self.order.pk)
        offered = {one.step.name for one in open_steps(before, user, now())}
        chosen = {"answer_by": now().date() + timedelta(days=days), "leader": person("shengtai.head")}
        chosen |= {"supervised": organ("shengtai"), "clock": None, "reply_scan": None}
        asked = step.form.base_fields if step.form else {}
        facts = {one: chosen[one] if one in chosen else some(field, before) for one, field in asked.items()}
        refused = refusal_of(before, name, user, facts)
        taken = refused is None
        assert Order.objects.get(pk=before.pk).version == before.version + taken
        assert name in offered if taken else name not in offered or refused.code not in {"permission", "stage"}

    @precondition(lambda self: now() < at("2027-06-01 09:00"))
    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        travel_to(now() + timedelta(days=days))

    @invariant()
    def the_answer_is_owed_exactly_while_the_paper_is_with_them(self) -> None:
        order = Order.objects.get(pk=self.order.pk)
        owed = Clock.objects.filter(matter=order, limit="supervision.answer", state="running")
        assert owed.count() == (order.stage in WITH_THEM)
        if owed:
            assert owed[0].due_at == kept_rules(order.county_id).end_of(order.answer_by)
            assert owed[0].organ_id == order.supervised_id

    @invariant()
    def one_paper_signed_by_another_and_seen_only_then(self) -> None:
        order = Order.objects.get(pk=self.order.pk)
        papers = IssuedDocument.objects.filter(matter=order)
        assert papers.count() == (order.issued_at is not None)
        assert order.signed_by_id != order.drafted_by_id
        seen = Matter.objects.visible_to(person("shengtai.officer1")).filter(pk=order.pk).exists()
        assert seen == (order.issued_at is not None)
        assert not Matter.objects.visible_to(person("zhujian.officer1")).filter(pk=order.pk).exists()

    @invariant()
    def what_is_over_owes_nothing(self) -> None:
        order = Order.objects.get(pk=self.order.pk)
        over = order.stage in {Stage.CLOSED, Stage.REVOKED}
        assert (order.closed_at is not None) == over
        assert not (over and Clock.objects.filter(matter=order, state__in=("running", "paused")).exists())


@pytest.mark.rules("LAW-23", "LAW-24", "NW-4.27")
def test_whatever_is_tried_the_promises_of_an_order_hold(ningwu):
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    machine = OrderMachine.TestCase
    machine.settings = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=slow)
    machine().runTest()
