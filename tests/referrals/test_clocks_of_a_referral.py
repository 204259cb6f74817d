"""The limits of 案件移送制度 二 and 执法线索相互告知工作机制 二 on a living matter, in travelled time."""

import pytest

from cases.models import Case
from coordination.kernel import sweep
from coordination.kernel.clocks import Clock
from coordination.kernel.notices import Notice
from coordination.kernel.now import travel_to
from tests.county import at, organ


def sending(matter) -> Clock:
    return Clock.objects.filter(matter=matter, limit="referrals.send").latest("pk")


@pytest.mark.rules("NW-1.1", "NW-2.1", "NW-3.15")
def test_a_case_found_before_national_day_is_due_on_the_make_up_saturday(story):
    travel_to(at("2026-09-30 17:00"))
    assert sending(story.found_other(story.case())).due_at == at("2026-10-11 00:00")


@pytest.mark.rules("NW-1.2", "NW-2.2", "NW-3.16")
def test_an_urgent_case_is_due_after_twenty_four_hours_through_the_holiday(story):
    travel_to(at("2026-09-30 20:15"))
    case = story.found_other(story.case(urgency="urgent", discovered_at=at("2026-09-30 20:15")))
    assert sending(case).due_at == at("2026-10-01 20:15")


@pytest.mark.rules("NW-2.3", "NW-2.4", "NW-2.5")
def test_a_major_violation_is_due_at_once_and_overdue_after_the_countys_grace(story):
    case = story.found_other(story.case(urgency="major", category="work_safety", discovered_at=at("2026-09-21 08:00")))
    clock = sending(case)
    assert clock.due_at == at("2026-09-21 08:00")
    assert clock.overdue_at == at("2026-09-21 10:00")
    assert clock.within == "at once"


@pytest.mark.rules("NW-2.5")
def test_a_change_of_urgency_replaces_the_clock_from_the_same_moment(story):
    case = story.found_other(story.case(discovered_at=at("2026-09-20 09:00")))
    story.take(case, "reclassify", story.officer, urgency="urgent", words="污水流向水源地")
    old, new = Clock.objects.filter(matter=case, limit="referrals.send").order_by("pk")
    assert old.state == "replaced"
    assert new.started_at == old.started_at
    assert new.due_at == at("2026-09-21 09:00")
    assert new.overdue(at("2026-09-21 09:30"))


@pytest.mark.rules("NW-1.1")
def test_the_clock_runs_on_the_case_and_goes_over_to_the_referral(story):
    case = story.found_other(story.case())
    first = sending(case)
    travel_to(at("2026-09-22 10:00"))
    referral = story.draft(case)
    first.refresh_from_db()
    assert first.state == "moved"
    assert sending(referral).started_at == first.started_at
    assert sending(referral).due_at == first.due_at


@pytest.mark.rules("NW-1.1")
def test_it_stops_when_the_referral_is_served_and_late_is_shown_as_late(story):
    referral = story.approved()
    travel_to(at("2026-09-25 08:00"))
    story.sent(referral)
    clock = sending(referral)
    assert clock.state == "met"
    assert clock.overdue(at("2026-12-01 00:00"))


@pytest.mark.rules("NW-1.1")
def test_a_withdrawn_referral_gives_the_running_clock_back_to_the_case(story):
    case = story.found_other(story.case())
    referral = story.draft(case)
    travel_to(at("2026-09-23 10:00"))
    story.take(referral, "withdraw", story.officer, words="受移送方有误")
    clock = sending(case)
    assert clock.state == "running"
    assert clock.started_at == case.competence_found_at


@pytest.mark.rules("NW-1.1", "NW-1.17")
def test_taken_back_it_starts_anew(story):
    referral = _objected(story)
    elsewhere = {"competent_organ": organ("zhujian"), "words": "重新移送"}
    travel_to(at("2026-09-28 09:00"))
    story.take(referral, "agree_return", story.officer, again="again", **elsewhere)
    case = Case.objects.get(pk=referral.origin_id)
    assert case.stage == "verifying"
    assert sending(case).due_at == at("2026-10-09 00:00")


def test_reminder_overdue_and_supervision_fire_once_and_tell_the_right_desks(story):
    referral = story.draft()
    travel_to(at("2026-09-24 09:00"))
    sweep.run()
    assert _told(referral) >= {("yangfangkou", "officer", "remind")}
    travel_to(at("2026-09-25 09:00"))
    sweep.run()
    sweep.run()
    assert Notice.objects.filter(matter=referral, level="overdue", role="officer").count() == 1
    travel_to(at("2026-09-28 09:00"))
    sweep.run()
    assert {role for _key, role, level in _told(referral) if level == "supervise"} >= {"principal_head", "supervisor"}


def test_a_reclassified_or_met_clock_never_fires(story):
    referral = story.sent()
    travel_to(at("2026-09-30 09:00"))
    sweep.run()
    assert not Notice.objects.filter(
        matter=referral, entry__step__startswith="rung", title__contains="有管辖权"
    ).exists()


def _told(matter) -> set[tuple[str, str, str]]:
    rows = Notice.objects.filter(matter=matter).values_list("organ__key", "role", "level")
    return {(key.split(".")[1], role, level) for key, role, level in rows}


def _objected(story):
    facts = {"finding": "排污口位于河道管理范围内", "legal_basis": "河道管理条例", "proposal": "请协商"}
    return story.take(story.accepted(), "object", story.receiver, **facts)
