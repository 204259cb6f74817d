"""The sweep fires each due rung once, on time or late, records it and tells whom it concerns."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from coordination.kernel import journal
from coordination.kernel.clocks import Claim, Clock, ClockBook
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import SYSTEM
from coordination.kernel.sweep import SweepRun, run, silent_since
from coordination.kernel.sweep.due import lock_due
from coordination.kernel.sweep.firing import fire
from referrals.flow import SENDING
from tests.county import at
from tests.faults.copies import copies


@pytest.fixture
def sending(story) -> Clock:
    """Found on Monday 2026-09-21 at 09:00: three working days, due at the end of the 24th; the 25th is a holiday."""
    return Clock.objects.get(matter=story.found_other(story.case()), limit="referrals.send")


def fired(clock: Clock) -> list[tuple[int, str]]:
    return list(Claim.objects.filter(clock=clock).order_by("pk").values_list("term", "rung"))


def sweep_at(words: str, **options):
    travel_to(at(words))
    return run(**options)


def move(clock: Clock, verb: str, *arguments) -> None:
    """Pause, resume or extend as a step does it."""
    with transaction.atomic():
        matter = Matter.locked(clock.matter_id)
        book = ClockBook(matter, now())
        getattr(book, verb)(SENDING, *arguments)
        words = {"label": verb}
        moved = journal.append(
            matter, step=verb, before=matter.stage, after=matter.stage, actor=SYSTEM, moment=now(), words=words
        )
        book.write(moved)


def test_nothing_fires_before_its_moment(sending):
    assert sweep_at("2026-09-23 08:29").claimed == 0
    assert sweep_at("2026-09-23 08:31").claimed == 1
    assert fired(sending) == [(1, "remind")]


def test_the_ladder_climbs_rung_by_rung_and_the_last_one_tells_the_government(sending):
    for moment in ("2026-09-23 08:31", "2026-09-25 00:01", "2026-09-28 08:31", "2026-09-30 08:31"):
        assert sweep_at(moment).claimed == 1
    assert [rung for _term, rung in fired(sending)] == ["remind", "overdue", "supervise", "report"]
    told = Notice.objects.filter(entry__step="rung.report").values_list("organ__key", "role")
    assert set(told) == {("ningwu.sifa", "supervisor"), ("ningwu.xianfu", "supervisor")}


def test_a_second_pass_at_the_same_moment_finds_nothing(sending):
    assert sweep_at("2026-09-23 08:31").claimed == 1
    assert run().claimed == 0


def test_after_an_outage_each_rung_is_in_the_record_as_late_and_one_notice_tells_everybody(sending):
    assert sweep_at("2026-11-20 08:31").claimed == 4
    entries = list(sending.matter.entries.filter(step__startswith="rung.").order_by("seq"))
    assert [entry.step for entry in entries] == ["rung.remind", "rung.overdue", "rung.supervise", "rung.report"]
    assert all(entry.words["clocks"][0]["late"] and entry.words["facts"] for entry in entries)
    notices = Notice.objects.filter(matter=sending.matter, entry__in=entries)
    assert {notice.entry_id for notice in notices} == {entries[-1].pk}
    assert {notice.level for notice in notices} == {"report"}
    told = set(notices.values_list("organ__key", "role"))
    assert {("ningwu.yangfangkou", "officer"), ("ningwu.yangfangkou", "principal_head")} < told
    assert ("ningwu.xianfu", "supervisor") in told


def test_a_rung_that_fires_in_time_is_not_called_late(sending):
    sweep_at("2026-09-23 08:31")
    words = Claim.objects.get(clock=sending).entry.words
    assert not words["clocks"][0]["late"]
    assert words["facts"] == []


def test_a_paused_clock_never_fires(sending):
    travel_to(at("2026-09-22 10:00"))
    move(sending, "pause", "测试依据", "等待鉴定")
    assert sweep_at("2026-11-20 08:31").claimed == 0


def test_a_resumed_clock_climbs_the_ladder_of_a_new_term(sending):
    sweep_at("2026-09-23 08:31")
    move(sending, "pause", "测试依据", "等待鉴定")
    travel_to(at("2026-09-28 10:00"))
    move(sending, "resume", "鉴定意见已出")
    sweep_at("2026-10-20 08:31")
    assert fired(sending)[0] == (1, "remind")
    assert {term for term, _rung in fired(sending)[1:]} == {2}


def test_a_clock_that_a_step_has_met_after_it_was_found_due_does_not_fire(sending, story):
    travel_to(at("2026-09-23 08:31"))
    found = lock_due(now(), 10)
    story.draft(sending.matter.as_child())
    assert sending.pk in found
    assert fire(found, now()) == 0


def test_a_stored_moment_that_is_too_early_is_put_right_and_nothing_fires(sending):
    Clock.objects.filter(pk=sending.pk).update(next_rung_at=now() - timedelta(days=1))
    assert run().claimed == 0
    sending.refresh_from_db()
    assert sending.next_rung_at == at("2026-09-23 08:30")


def test_the_number_of_statements_does_not_depend_on_the_number_of_clocks(sending):
    one = sweep_at("2026-09-23 08:31")
    copies(sending.matter.as_child(), 3)
    four = sweep_at("2026-09-25 00:01")
    copies(sending.matter.as_child(), 40)
    many = sweep_at("2026-09-28 08:31")
    assert (one.claimed, many.claimed) == (1, 4 + 40)
    assert one.statements == four.statements == many.statements


def test_an_idle_pass_takes_three_statements_whatever_runs(sending):
    run()
    copies(sending.matter.as_child(), 50)
    assert run().statements == 3


def test_several_due_clocks_of_one_matter_fire_in_one_batch_and_its_chain_holds(sending):
    Clock.objects.filter(pk=sending.pk).update(title="甲")
    twin = Clock.objects.get(pk=sending.pk)
    twin.pk, twin._state.adding = None, True
    twin.save(force_insert=True)
    assert sweep_at("2026-09-25 00:01").claimed == 4
    assert list(sending.matter.entries.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_small_batches_come_to_the_same(sending):
    copies(sending.matter.as_child(), 9)
    done = sweep_at("2026-09-23 08:31", batch=3)
    assert (done.claimed, Claim.objects.count()) == (10, 10)
    assert done.batches == 4


def test_idle_passes_leave_one_heartbeat_and_busy_ones_each_their_own(sending):
    run()
    run()
    assert SweepRun.objects.count() == 1
    sweep_at("2026-09-23 08:31")
    run()
    run()
    assert list(SweepRun.objects.order_by("pk").values_list("claimed", flat=True)) == [0, 1, 0]


def test_a_sweep_that_has_been_silent_for_five_minutes_is_told(ningwu):
    assert silent_since(now()) is not None
    run()
    assert silent_since(now()) is None
    assert silent_since(now() + timedelta(minutes=6)) is not None


def test_the_command_prints_what_the_pass_did_as_json(sending, capsys):
    travel_to(at("2026-09-23 08:31"))
    call_command("sweep", "--json")
    printed = capsys.readouterr().out
    assert '"claimed": 1' in printed
    for key in ("batches", "statements", "seconds", "faults"):
        assert f'"{key}"' in printed
