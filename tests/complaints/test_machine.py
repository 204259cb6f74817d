"""Complaints of several items driven at random: whatever is done in whatever order, what must hold does."""

from contextlib import contextmanager, suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from complaints.models import Complaint, ComplaintItem
from complaints.words import State
from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import perform
from coordination.kernel.steps.after import Reaction
from coordination.kernel.words import Refusal
from tests.complaints.tale import ComplaintStory
from tests.county import organ, person
from tests.faults.invariants import broken_chains

PEOPLE = ("zhujian.officer1", "yangfangkou.officer1", "fenghuang.officer1", "sifa.supervisor1")
POSITIONS = st.integers(1, 3)
#: Steps about one item, and the facts that they ask for beside it.
ABOUT = {
    "answer": lambda: {"result": "未发现违法行为"},
    "open_case": lambda: {"words": "属实"},
    "transfer": lambda: {"competent": organ("fenghuang"), "found_at": now(), "words": "属实", "choice_reason": "x"},
    "pass_on": lambda: {
        "competent": organ("yangfangkou"), "at": now(), "person": "高敏", "papers": "none",
        "complainant_told": "电话", "choice_reason": "要求直接反映",
    },
    "take_up": dict,
    "record_result": lambda: {"result": "已清理"},
    "tell_complainant": lambda: {"way": "telephone", "at": now()},
    "note_unreachable": lambda: {"words": "没有联系方式"},
    "report_back": dict,
    "name_handler": lambda: {"handler": person("yangfangkou.officer2"), "words": "轮岗"},
}  # fmt: skip
WHOLE = {
    "accept": dict,
    "add_item": lambda: {"words": "另一事项"},
    "assign": lambda: {"handler": person("zhujian.officer1"), "words": "轮岗"},
    "tell_transfer": lambda: {"way": "telephone", "at": now()},
    "decline": lambda: {"reasons": "重复", "way": "telephone", "at": now()},
    "conclude": dict,
    "archive": lambda: {"at": now()},
}


@contextmanager
def forgotten():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Complaints(RuleBasedStateMachine):
    """One complaint at a department, its own, a township's and another township's items in it."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = forgotten()
        self.undo.__enter__()
        self.told, self.entries = ComplaintStory(), 0

    def teardown(self) -> None:
        self.undo.__exit__(None, None, None)

    @initialize(contact=st.booleans(), secrecy=st.booleans())
    def somebody_complains(self, contact: bool, secrecy: bool) -> None:
        self.told.item = 44
        nobody = {"anonymous": True, "sealed_name": "", "sealed_phone": ""}
        known = {"asks_secrecy": secrecy} if contact else nobody
        self.pk = self.told.complaint("zhujian.officer1", **known).pk
        self.entries = self.written()

    def written(self) -> int:
        return Entry.objects.filter(matter=self.pk).count()

    def attempt(self, name: str, login: str, facts: dict) -> None:
        """Whole, with one entry and a version more; or refused in words, with nothing."""
        before, version = self.written(), Matter.objects.get(pk=self.pk).version
        done = 0
        with suppress(Refusal), transaction.atomic():
            perform(self.pk, name, person(login), **facts)
            done = 1
        assert (self.written(), Matter.objects.get(pk=self.pk).version) == (before + done, version + done)

    @rule(name=st.sampled_from(sorted(WHOLE)), login=st.sampled_from(PEOPLE))
    def of_the_whole(self, name: str, login: str) -> None:
        self.attempt(name, login, WHOLE[name]())

    @rule(name=st.sampled_from(sorted(ABOUT)), login=st.sampled_from(PEOPLE[:3]), position=POSITIONS)
    def of_one_item(self, name: str, login: str, position: int) -> None:
        about = ComplaintItem.objects.filter(complaint=self.pk, position=position).first()
        if about is not None:
            self.attempt(name, login, ABOUT[name]() | {"about": about})

    @rule(position=POSITIONS)
    def its_case_is_not_filed(self, position: int) -> None:
        about = ComplaintItem.objects.filter(complaint=self.pk, position=position).exclude(case=None).first()
        if about is not None:
            with suppress(Refusal), transaction.atomic():
                perform(about.case_id, "decline_to_file", person("zhujian.officer1"), words="证据不足")
            self.told.learn()

    @invariant()
    def nothing_is_left_undone(self) -> None:
        assert not Reaction.objects.filter(done_at=None).exists()

    @invariant()
    def one_organ_holds_it_and_one_is_first_responsible(self) -> None:
        complaint = Complaint.objects.get(pk=self.pk)
        items = list(complaint.items.select_related("competent"))
        involved = {complaint.asked_id, *(one.competent_id for one in items)}
        assert complaint.holder_id in involved
        assert complaint.first_responsible_id in involved
        if any(one.responsible_id is None for one in items):
            assert complaint.first_responsible_id == complaint.asked_id

    @invariant()
    def whoever_owes_a_word_has_a_clock_for_it_and_nobody_else(self) -> None:
        complaint = Complaint.objects.get(pk=self.pk)
        owing = {one.teller.pk for one in complaint.items.filter(state=State.RESULTED)}
        clocks = Clock.objects.filter(matter=self.pk, limit="complaints.tell", state="running")
        assert sorted(clocks.values_list("organ_id", flat=True)) == sorted(owing)
        assert owing <= {*complaint.tellers}

    @invariant()
    def what_is_closed_owes_nothing(self) -> None:
        complaint = Complaint.objects.get(pk=self.pk)
        if complaint.closed_at:
            assert not Clock.objects.filter(matter=self.pk, state="running").exists()
        if complaint.stage in ("told", "concluded", "archived"):
            over = State.TOLD if complaint.has_contact else State.UNREACHABLE
            assert {one.state for one in complaint.items.all()} == {over}

    @invariant()
    def the_chains_verify(self) -> None:
        assert broken_chains() == []


@pytest.mark.rules("NW-2.8", "NW-2.15", "NW-3.71")
def test_whatever_is_done_in_whatever_order_what_must_hold_does(ningwu):
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    known = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Complaints, settings=known)
