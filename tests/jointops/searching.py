"""What the stateful searches of joint operations and of meetings share: one matter, its people, time that goes on."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coordination.kernel import sweep
from coordination.kernel.clocks import OPEN, Claim, Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from tests.county import at, organ, person
from tests.everyone import some
from tests.faults.invariants import broken_chains, counted
from tests.jointops.tale import JointStory

OTHERS = ("shengtai", "ziran", "shuili")
PEOPLE = (
    *("yangfangkou.officer1", "yangfangkou.approver", "shengtai.officer1", "ziran.officer1", "shuili.officer1"),
    *("xianfu.supervisor", "zhujian.officer1"),
)
SOME = st.lists(st.sampled_from(OTHERS), min_size=1, unique=True)
SEARCH = settings(
    max_examples=12,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


class Together(RuleBasedStateMachine):
    """Anybody takes any step, in the right stage or not; whatever is run is undone at its end."""

    model: type[Matter]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        travel_to(at("2026-09-21 09:00"))
        self.story = JointStory()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def first(self, special: bool) -> Matter:
        raise NotImplementedError

    def chosen(self, matter: Matter, organs: list[str], days: int) -> dict:
        """Facts that only this flow knows to choose well."""
        raise NotImplementedError

    @property
    def matter(self) -> Matter:
        return self.model.objects.get(pk=self.pk)

    @rule(name=st.data(), login=st.sampled_from(PEOPLE), organs=SOME, days=st.integers(-2, 6))
    def somebody_tries(self, name, login, organs, days) -> None:
        steps = [one.name for one in self.model.steps().values() if not one.first]
        self.attempt(name.draw(st.sampled_from(steps)), login, organs, days)

    @rule(login=st.sampled_from(PEOPLE), pick=st.integers(0, 9), organs=SOME, days=st.integers(0, 6))
    def somebody_does_what_is_offered(self, login, pick, organs, days) -> None:
        offered = [one.step.name for one in open_steps(self.matter, person(login), now()) if not one.behalf]
        if offered:
            self.attempt(offered[pick % len(offered)], login, organs, days)

    @initialize(special=st.booleans(), depth=st.integers(0, 6), organs=SOME)
    def it_has_come_some_way(self, special, depth, organs) -> None:
        self.pk = self.first(special).pk
        self.scan = self.story.scan(self.matter, self.story.initiator)
        for _again in range(depth):
            self.the_next_thing_is_done(organs, 1)

    @rule(organs=SOME, days=st.integers(1, 3))
    def the_next_thing_is_done(self, organs, days) -> None:
        """By the first who may and is not refused, so that runs come to their end."""
        version = self.matter.version
        for login in PEOPLE:
            offered = [one.step for one in open_steps(self.matter, person(login), now())]
            for step in offered:
                if step.primary and self.matter.version == version:
                    self.attempt(step.name, login, organs, days)

    @rule(absent=st.sampled_from(OTHERS), pick=st.integers(0, 9))
    def the_first_organ_records_what_another_did_on_paper(self, absent, pick) -> None:
        steps = [one.name for one in self.model.steps().values() if one.behalf]
        behalf = {"scan": self.scan, "organ": organ(absent)}
        self.attempt(steps[pick % len(steps)], self.story.initiator, [absent], 3, behalf=behalf)

    @rule(hours=st.sampled_from([1, 8, 24, 60]))
    def time_goes_on(self, hours) -> None:
        travel_to(now() + timedelta(hours=hours))
        assert not sweep.run().faults

    def attempt(self, name: str, login: str, organs: list[str], days: int, behalf: dict | None = None) -> None:
        """Taken whole, with one entry and a version more, having been offered; or refused in words, with nothing."""
        before, entries = self.matter, Entry.objects.count()
        step, user = self.model.steps()[name], person(login)
        fields = step.form.base_fields if step.form else {}
        chosen = self.chosen(before, organs, days)
        facts = {one: chosen[one] if one in chosen else some(field, before) for one, field in fields.items()}
        offered = name in {one.step.name for one in open_steps(before, user, now()) if one.behalf == bool(behalf)}
        done = 0
        with suppress(Refusal), transaction.atomic():
            perform(before, name, user, behalf=behalf, **facts)
            done = 1
        assert offered >= done
        assert (self.matter.version, Entry.objects.count()) == (before.version + done, entries + done)

    def bound(self, limit: str) -> list[int]:
        """The organs for which a limit runs, once for each clock."""
        running = Clock.objects.filter(matter=self.pk, limit=limit, state__in=OPEN)
        return sorted(running.values_list("organ", flat=True))

    @invariant()
    def only_who_takes_part_is_told(self) -> None:
        inside = set(self.matter.participations.values_list("organ", flat=True))
        told = Notice.objects.filter(matter=self.pk).exclude(entry__step__startswith="rung.")
        assert set(told.values_list("organ", flat=True)) <= inside

    @invariant()
    def what_is_closed_owes_nothing_and_what_is_open_waits_for_somebody(self) -> None:
        running = Clock.objects.filter(matter=self.pk, state__in=OPEN)
        assert not (self.matter.closed_at and running.exists())
        assert all(clock.due_at is None or clock.due_at > clock.started_at for clock in running)

    @invariant()
    def every_due_rung_is_claimed_once_and_never_early(self) -> None:
        sweep.run()
        assert counted().wrong == {}
        assert all(one.due <= one.claimed_at for one in Claim.objects.filter(clock__matter=self.pk))

    @invariant()
    def the_chains_verify(self) -> None:
        assert broken_chains() == []
