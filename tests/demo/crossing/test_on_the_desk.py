"""Where the crossing tale stands at its end: on the supervisor's desk, in the record, and sealed."""

import pytest

from coordination.demo.tales import crossing
from coordination.kernel import journal
from coordination.kernel.journal import Entry
from coordination.kernel.now import now
from coordination.kernel.verifier import Verifier
from supervision.figures import figures, period_of
from tests.county import organ, person


@pytest.mark.rules("NW-2.21", "NW-4.28", "LAW-24")
def test_the_desk_counts_it_and_each_number_opens_where_it_stands(telling, client):
    telling.through(crossing.told_back)
    told = telling.wait("2026-11-13 09:00")
    client.force_login(person("sifa.supervisor1"))
    desk = client.get("/supervision/?from=2026-11&to=2026-11")
    numbers = {one["label"].partition("（")[0]: one for one in desk.context["counters"]}
    assert numbers["当前超期"]["count"] == 1
    assert numbers["在办督办"]["count"] == 1
    late = client.get(numbers["当前超期"]["url"]).content.decode()
    assert told.record.number in late
    assert "薛家洼乡" in late
    assert told.order.number in client.get(numbers["在办督办"]["url"]).content.decode()
    assert told.record.number in client.get("/supervision/due/?which=late&from=2026-11&to=2026-11").content.decode()


@pytest.mark.rules("NW-4.22", "NW-4.28")
def test_one_late_duty_is_counted_once_though_two_matters_carried_it(telling):
    telling.through(crossing.told_back)
    telling.wait("2026-11-13 09:00")
    moment = now()
    found = figures("ningwu", period_of({"from": "2026-11", "to": "2026-11"}, moment), moment)
    assert found.law.total - found.law.kept == 2  # the sharing and the report


@pytest.mark.rules("LAW-23", "LAW-24")
def test_who_missed_it_was_urged_and_then_written_to_with_the_computed_trace(telling):
    told = telling.through(crossing.followed_up)
    urged = Entry.objects.get(step="nudge")
    assert (urged.matter_id, urged.organ) == (told.own.pk, organ("sifa"))
    paper = told.order.documents.get()
    assert paper.key == "supervision_opinion"
    assert "互联网+监管" in paper.html
    assert "2026-11-06" in paper.html or "2026年11月6日" in paper.html


@pytest.mark.rules("LAW-13")
def test_the_record_of_all_of_it_verifies(telling):
    telling.through(crossing.told_back)
    telling.wait("2026-11-13 20:30")
    with journal.snapshot():
        verifier = Verifier(journal.public_keys())
        assert list(verifier.run(journal.records())) == []
    assert verifier.counts.unsealed == 0
    assert verifier.counts.entries == Entry.objects.count() > 60
