"""Whatever people do with a request, in whatever order and at whatever time, the invariants of the house hold."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from assistance.models import Assistance
from coordination.kernel import journal, sweep
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.journal import Entry
from coordination.kernel.materials import Material
from coordination.kernel.matters import Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import perform
from coordination.kernel.steps.perform import system_step
from coordination.kernel.verifier import Verifier
from coordination.kernel.words import Refusal
from tests.assistance.counties import SEVEN_DAYS_AND_A_PAUSE, live_under
from tests.assistance.tale import AssistanceStory
from tests.county import at, person, upload
from tests.everyone import some_facts

STEPS = [step for step in Assistance.steps().values() if not step.first and not step.caused]
WHO = {
    "asker": ("yangfangkou.officer1", "yangfangkou.approver", "yangfangkou.registry"),
    "helper": ("shengtai.officer1", "shengtai.registry"),
}
PEOPLE = [login for logins in WHO.values() for login in logins]


class Requests(RuleBasedStateMachine):
    """One request, everybody who may have to do with it, and the time that goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        travel_to(at("2026-09-21 09:00"))
        self.story = AssistanceStory()
        case = self.story.case(urgency="urgent")
        self.asked = self.story.ask(case, questions="是不是洗煤废水")

    def teardown(self) -> None:
        self.check_journal()
        connection.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    def attempt(self, call) -> None:
        """Taken whole, or refused in words and nothing has changed."""
        before, refusal = self.picture(), None
        try:
            with transaction.atomic():
                call()
        except Refusal as said:
            refusal = said
        row, entries = self.picture()
        if refusal is not None:
            assert len(refusal.message) > 3
            assert (row, entries) == before
        else:
            assert (row["version"], entries) == (before[0]["version"] + 1, before[1] + 1)
        self.asked = Assistance.objects.get(pk=self.asked.pk)

    def picture(self) -> tuple[dict, int]:
        return Assistance.objects.filter(pk=self.asked.pk).values().get(), self.asked.entries.count()

    @rule(step=st.sampled_from(STEPS), login=st.sampled_from(PEOPLE), days=st.integers(-2, 30), data=st.data())
    def somebody_does_something(self, step, login, days, data) -> None:
        facts = some_facts(step, self.asked)
        for name in facts.keys() & {"until", "by_day", "return_by"}:
            facts[name] = (now() + timedelta(days=days)).date()
        for name in facts.keys() & {"at"}:
            facts[name] = now()
        if "helper" in facts:
            facts |= {"helper": self.asked.helper, "kind_of": data.draw(st.sampled_from(["technical", "archives"]))}
            facts["technique"] = "testing"
        if step.name == "answer":
            facts |= {"experts": "甲\n乙", "opinion_paper": upload(self.asked, "shengtai.officer1", "evidence", "意见")}
        self.attempt(lambda: perform(self.asked.pk, step.name, person(login), **facts))

    @rule()
    def the_right_one_does_the_next_thing(self) -> None:
        """So that runs come further than the draft."""
        for step in STEPS:
            if step.primary and self.asked.stage in step.source:
                facts = some_facts(step, self.asked)
                facts |= {"service_method": "platform", "at": now()} if facts.keys() & {"service_method", "at"} else {}
                if step.name == "answer":
                    facts |= {"experts": "甲\n乙", "opinion_paper": self.report()}
                login = WHO[step.by[0].key][1 if "approver" in step.roles else 0]
                return self.attempt(lambda step=step, facts=facts, login=login: self.take(step, login, facts))
        return None

    def report(self) -> Material:
        return upload(self.asked, "shengtai.officer1", "evidence", "意见")

    def take(self, step, login: str, facts: dict) -> None:
        known = (step.form.base_fields if step.form else {}).keys()
        given = {name: value for name, value in facts.items() if name in known}
        perform(self.asked.pk, step.name, person(login), **given)

    @rule(outcome=st.sampled_from(["assist", "refusal_stands"]))
    @precondition(lambda self: self.asked.in_dispute)
    def a_dispute_is_decided(self, outcome) -> None:
        last = Entry.objects.latest("pk")
        self.attempt(lambda: system_step(self.asked.pk, "abide_by", last, outcome=outcome))

    @rule()
    @precondition(lambda self: not self.asked.in_dispute)
    def a_dispute_is_opened(self) -> None:
        last = Entry.objects.latest("pk")
        self.attempt(lambda: system_step(self.asked.pk, "enter_dispute", last))

    @rule(hours=st.integers(1, 100))
    def time_goes_on(self, hours) -> None:
        travel_to(now() + timedelta(hours=hours))
        assert not sweep.run().faults
        self.asked = Assistance.objects.get(pk=self.asked.pk)

    @invariant()
    def there_is_one_holder_who_takes_part(self) -> None:
        assert self.asked.holder_id in (self.asked.asker_id, self.asked.helper_id)
        assert Participation.objects.filter(matter=self.asked, organ=self.asked.holder_id).exists()

    @invariant()
    def the_helper_sees_it_only_when_it_was_sent(self) -> None:
        seen = Participation.objects.filter(matter=self.asked, side="helper").exists()
        assert seen == (self.asked.sent_at is not None)

    @invariant()
    def a_closed_request_has_no_open_clock_and_an_open_answer_one_bearer(self) -> None:
        clocks = Clock.objects.filter(matter=self.asked)
        running = [clock for clock in clocks if clock.open]
        assert not (self.asked.closed_at and running)
        answers = [clock for clock in running if clock.limit == "assistance.answer"]
        assert len(answers) == (self.asked.stage in ("sent", "received", "supplement_asked"))
        assert all(clock.organ_id == self.asked.helper_id for clock in answers)
        assert not [clock for clock in running if clock.state == "paused" and self.asked.stage != "supplement_asked"]

    @invariant()
    def nothing_fires_twice_early_or_on_a_clock_that_stands(self) -> None:
        claims = Claim.objects.filter(clock__matter=self.asked).select_related("entry")
        assert len({(one.clock_id, one.term, one.rung) for one in claims}) == len(claims)
        for claim in claims:
            assert claim.due <= claim.claimed_at
        if claims:  # rungs that fall together are told once
            assert Notice.objects.filter(entry__claims__in=claims).exists()
        for clock in Clock.objects.filter(matter=self.asked):
            assert clock.next_rung_at is None or (clock.state == "running" and clock.next_rung_at > clock.started_at)

    def check_journal(self) -> None:
        journal.seal(now())
        with journal.snapshot():
            assert list(Verifier(journal.public_keys()).run(journal.records())) == []


CALM = settings(
    max_examples=10,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("county", ["ningwu", "pausing"])
def test_requests_keep_the_invariants(ningwu, tmp_path, monkeypatch, county):
    if county == "pausing":
        live_under(SEVEN_DAYS_AND_A_PAUSE, tmp_path, monkeypatch)
    run_state_machine_as_test(Requests, settings=CALM)
