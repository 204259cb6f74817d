"""A confirmed change of the calendar reaches the open clocks; until then they do not fire; what fired is corrected."""

from datetime import date

import pytest

from coordination.kernel.calendar import Day, confirm, record_notice
from coordination.kernel.clocks import Claim, Clock, explain
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.sweep import run
from coordination.kernel.sweep.due import lock_due, lock_lagging
from tests.county import at, person
from tests.faults.copies import copies


@pytest.fixture
def sending(story) -> Clock:
    """Found on Monday 2026-09-21 at 09:00: three working days, due at the end of the 24th; the 25th is a holiday."""
    return Clock.objects.get(matter=story.found_other(story.case()), limit="referrals.send")


def rest_on(*days: str, works: bool = False, county=None) -> None:
    """Two persons confirm a notice that these days are off (or worked)."""
    said = [(date.fromisoformat(day), Day(works, "县庆")) for day in days]
    notice = record_notice(2026, "县庆放假", f"测试〔2026〕{days[0]}{works}", date(2026, 9, 1), said, county=county)
    confirm(confirm(notice, person("sifa.supervisor1"), now()), person("admin"), now())


def events(clock: Clock) -> list[tuple]:
    return list(clock.events.order_by("pk").values_list("kind", "before", "after"))


def test_a_new_holiday_moves_the_date_with_an_entry_and_tells_the_bearer(sending):
    rest_on("2026-09-24")
    assert run().redated == 1
    sending.refresh_from_db()
    assert sending.due_at == at("2026-09-29 00:00")
    assert events(sending) == [("redate", at("2026-09-25 00:00"), at("2026-09-29 00:00"))]
    assert sending.events.get().entry.words["clocks"][0]["change"] == "redate"
    told = Notice.objects.filter(entry=sending.events.get().entry).values_list("organ__key", "role")
    assert list(told) == [("ningwu.yangfangkou", "officer")]
    assert explain(sending).current


def test_the_date_that_lists_sort_by_follows(sending):
    rest_on("2026-09-24")
    run()
    assert sending.matter.as_child().next_due_at == at("2026-09-29 00:00")


def test_a_clock_behind_the_calendar_does_not_fire(sending):
    travel_to(at("2026-09-23 08:31"))
    assert lock_due(now(), 10) == [sending.pk]
    rest_on("2026-09-24")
    assert lock_due(now(), 10) == []
    assert lock_lagging(10) == [sending.pk]
    done = run()
    assert (done.redated, done.claimed) == (1, 1)
    assert Claim.objects.get().due == at("2026-09-23 08:30")


def test_the_same_version_is_applied_once(sending):
    rest_on("2026-09-24")
    run()
    assert run().redated == 0
    assert sending.events.count() == 1


def test_a_rung_that_fired_stays_is_corrected_and_never_fires_twice(sending):
    travel_to(at("2026-09-25 00:01"))
    run()
    rest_on("2026-09-24")
    run()
    words = sending.events.get().entry.words
    assert [label for label, _text in words["facts"]] == ["更正已触发的超期提醒"]
    told = Notice.objects.filter(entry=sending.events.get().entry).values_list("role", flat=True)
    assert set(told) == {"officer", "approver", "leader_in_charge"}
    rest_on("2026-09-28")
    travel_to(at("2026-11-20 09:00"))
    run()
    rungs = list(Claim.objects.filter(clock=sending).values_list("rung", flat=True))
    assert rungs == ["remind", "overdue", "supervise", "report"]


def test_a_day_that_becomes_worked_brings_the_date_forward_and_the_rung_fires_late(sending):
    travel_to(at("2026-09-24 09:00"))
    rest_on("2026-09-22", "2026-09-23")
    run()
    rest_on("2026-09-22", "2026-09-23", works=True)
    assert (run().redated, Clock.objects.get(pk=sending.pk).due_at) == (1, at("2026-09-25 00:00"))


def test_a_reminder_dropped_at_birth_does_not_come_back(story):
    travel_to(at("2026-09-24 09:00"))
    case = story.found_other(story.case(discovered_at=at("2026-09-21 09:00")))
    rest_on("2026-09-23", works=True)
    rest_on("2026-09-26")
    run()
    clock = Clock.objects.get(matter=case, limit="referrals.send")
    assert [rung["key"] for rung in clock.rungs] == ["overdue", "supervise", "report"]


def test_a_clock_whose_span_meets_no_changed_day_only_takes_the_version_over(sending):
    rest_on("2026-12-01")
    assert run().redated == 1
    assert events(sending) == []
    assert lock_lagging(10) == []


def test_a_changed_day_after_the_due_date_still_moves_the_later_rungs(sending):
    rest_on("2026-09-28")
    run()
    sending.refresh_from_db()
    moments = {rung["key"]: rung["at"] for rung in sending.rungs}
    assert sending.due_at == at("2026-09-25 00:00")
    assert moments["supervise"] == "2026-09-29T08:30:00+08:00"
    assert events(sending) == []


def test_another_countys_own_holiday_leaves_the_clocks_alone(sending, ningwu):
    other = type(ningwu).objects.create(code="other", name="邻县", mechanism="ningwu")
    rest_on("2026-09-24", county=other)
    assert run().redated == 0


def test_the_number_of_statements_does_not_depend_on_the_number_of_clocks(sending):
    rest_on("2026-09-24")
    one = run()
    copies(sending.matter.as_child(), 30)
    Clock.objects.filter(matter__number__contains="C").update(due_at=at("2026-09-25 00:00"))
    rest_on("2026-09-24", works=True)
    many = run()
    assert (one.redated, many.redated) == (1, 31)
    assert many.statements == one.statements
