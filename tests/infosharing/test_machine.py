"""Whatever people do in whatever order: what holds of a shared record holds after every step."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Participation
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Organ
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from infosharing.flow import OUT
from infosharing.models import SharedRecord
from tests.county import at, organ, person, upload
from tests.everyone import some_facts
from tests.infosharing.tale import SharingStory

pytestmark = pytest.mark.django_db
PEOPLE = ("yangfangkou.officer1", "yangfangkou.officer2", "shengtai.officer1", "shuili.officer1", "dongzhai.officer1")
STEPS = tuple(name for name, step in SharedRecord.steps().items() if not step.first)
SECRETS = ("none", "trade", "state")
READERS = ("shengtai", "shuili")


class Sharing(RuleBasedStateMachine):
    """One record, five people of four organs, days that pass; each run is undone at its end."""

    @initialize(secret=st.sampled_from(["none", "trade"]), kind=st.sampled_from(["penalty", "basis_change", "other"]))
    def begin(self, secret, kind):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        travel_to(at("2026-09-21 09:00"))
        self.story, self.day = SharingStory(), 21
        self.record = self.story.formed(kind, secret=secret)
        self.slip = upload(self.record, self.story.provider, "scan", "回执")
        self.versions = {version.pk: version.facts for version in self.record.versions.all()}

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(name=st.sampled_from(STEPS), login=st.sampled_from(PEOPLE), secret=st.sampled_from(SECRETS))
    def somebody_tries(self, name, login, secret):
        """A step is taken whole, and then it had been offered; or it is refused in words, and nothing has changed."""
        record = SharedRecord.objects.get(pk=self.record.pk)
        user = person(login)
        offered = name in {one.step.name for one in open_steps(record, user, now()) if not one.behalf}
        if self.taken(record, name, user, self.facts(record, name, secret)):
            assert offered
        else:
            assert SharedRecord.objects.get(pk=record.pk).version == record.version

    def taken(self, record, name, user, facts) -> bool:
        with suppress(Refusal), transaction.atomic():
            perform(record, name, user, **facts)
            return True
        return False

    def facts(self, record, name, secret) -> dict:
        step = SharedRecord.steps()[name]
        chosen = {"secret": secret, "accurate": True, "recipients": [organ(key) for key in READERS]}
        chosen |= {"consent_scan": self.slip, "copy_notice": False, "purpose": record.purpose, "scope": record.scope}
        fields = step.form.base_fields if step.form else {}
        plain = {field: value for field, value in chosen.items() if field in fields}
        given = {n: f for n, f in fields.items() if n not in plain}
        told = some_facts(type("Part", (), {"form": type("F", (), {"base_fields": given})})(), record)
        return told | plain

    @rule(days=st.integers(1, 5))
    def days_pass(self, days):
        self.day = min(self.day + days, 30)
        travel_to(at(f"2026-09-{self.day} 09:00"))

    @invariant()
    def what_must_hold_holds(self):
        if not hasattr(self, "record"):
            return
        record = SharedRecord.objects.get(pk=self.record.pk)
        assert record.secret != "state"
        assert record.holder_id == record.provider_id
        if record.stage in OUT:
            assert record.opinion == "agreed" or record.secret == "none", "silence is no consent"
        inside = set(Participation.objects.filter(matter=record).values_list("organ", flat=True))
        if record.shared_at is None:
            assert inside == {record.provider_id}, "nobody is let in before it is shared"
        assert set(record.awaited) <= set(record.recipients) <= inside | set(record.recipients)
        assert not (record.closed_at and Clock.objects.filter(matter=record, state__in=OPEN).exists())
        self.no_reader_opens_what_is_not_out(record)
        self.versions_never_change(record)

    def no_reader_opens_what_is_not_out(self, record):
        for key in READERS:
            opens = record.may_read(person(f"{key}.officer1"))
            assert opens == (record.stage in OUT and Organ.objects.get(key=f"ningwu.{key}").pk in record.recipients)
        assert not record.may_read(person("dongzhai.officer1"))

    def versions_never_change(self, record):
        for version in record.versions.all():
            assert version.erased_at or self.versions.setdefault(version.pk, version.facts) == version.facts
        assert record.versions.count() == max(version.number for version in record.versions.all())


@pytest.mark.rules("NW-4.26", "NW-4.30", "NW-4.34")
def test_a_record_keeps_its_promises_whatever_is_tried(ningwu):
    machine = settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    runner = Sharing.TestCase
    runner.settings = machine
    runner("runTest").runTest()
