"""Every date of the crossing tale, counted by hand with the State Council's notice for 2026: 1–7 October are off,
Saturday 10 October is worked."""

import pytest

from coordination.demo.tales import crossing
from coordination.kernel.clocks import Claim, Clock
from tests.county import at
from tests.demo.crossing.telling import due, running


@pytest.mark.rules("NW-2.1", "NW-3.15", "NW-1.1")
def test_found_before_national_day_it_is_to_be_sent_by_the_make_up_saturday(telling):
    told = telling.through(crossing.complained)
    sending = Clock.objects.get(matter=told.case, limit="referrals.send")
    assert sending.started_at == at("2026-09-30 15:40")
    assert sending.due_at == at("2026-10-11 00:00")  # 8, 9 and 10 October
    assert (sending.basis, sending.nature) == ("案件移送制度 二（一）", "statutory")
    assert sending.state == "moved"
    carried_on = Clock.objects.get(matter=told.referral, limit="referrals.send")
    assert (carried_on.due_at, carried_on.state) == (sending.due_at, "met")
    assert due(told.referral, "referrals.answer") == ("yangfangkou", at("2026-10-13 00:00"), "案件移送制度 三（七）")
    assert due(told.referral, "referrals.hand_over")[:2] == ("shuili", at("2026-10-11 00:00"))


@pytest.mark.rules("NW-1.17", "NW-1.18", "NW-1.19", "NW-3.61", "NW-3.62")
def test_the_dispute_has_its_own_time_and_nobody_is_late_for_the_others_objection(telling):
    told = telling.through(crossing.objected)
    assert due(told.referral, "referrals.negotiate") == ("yangfangkou", at("2026-10-16 00:00"), "案件移送制度 四（十）")
    told = telling.through(crossing.mediated)
    last = Clock.objects.filter(matter=told.dispute.pk, limit="disputes.settle").latest("pk")
    assert (last.organ.key, last.due_at) == ("ningwu.sifa", at("2026-10-27 00:00"))
    told = telling.through(crossing.ruled)
    settled = Clock.objects.filter(matter=told.dispute.pk, limit="disputes.settle").latest("pk")
    assert (settled.organ.key, settled.due_at, settled.state) == ("ningwu.xianfu", at("2026-10-31 00:00"), "met")
    assert not Claim.objects.filter(rung__in=("overdue", "supervise", "report")).exists()
    assert due(told.referral, "referrals.answer")[:2] == ("xuejiawa", at("2026-10-23 00:00"))
    assert due(told.referral, "referrals.hand_over")[:2] == ("shuili", at("2026-10-22 00:00"))


@pytest.mark.rules("LAW-9", "NW-1.20")
def test_ninety_days_run_from_the_filing_into_a_year_without_a_notice(telling):
    told = telling.through(crossing.taken_over)
    clock = running(told.own, "cases.decide")
    assert clock.due_at == at("2027-01-20 00:00")  # ten days of October, 30, 31, and nineteen of January
    assert clock.provisional


@pytest.mark.rules("NW-3.55", "NW-3.56", "NW-3.57")
def test_a_townships_question_to_a_department_is_answered_in_three_working_days(telling):
    told = telling.through(crossing.assisted)
    clock = Clock.objects.get(matter=told.assistance, limit="assistance.answer")
    assert (clock.started_at, clock.due_at) == (told.assistance.served_at, at("2026-10-28 00:00"))  # 23, 26, 27 October
    assert (clock.basis, clock.state) == ("县乡执法协助工作机制 三（五）", "met")
    assert told.own.materials.filter(title="执法协助意见书").exists()


@pytest.mark.rules("NW-4.22", "NW-3.46", "NW-4.23")
def test_the_decision_itself_starts_the_time_for_sharing_it(telling):
    told = telling.through(crossing.decided)
    share = due(told.own, "infosharing.share")
    assert share == ("xuejiawa", at("2026-11-04 00:00"), "执法信息共享工作机制 三（三）")
    told = telling.through(crossing.shared_late)
    fired = Claim.objects.filter(clock__matter=told.own, clock__limit="infosharing.share")
    assert set(fired.values_list("rung", flat=True)) == {"overdue", "supervise"}
    carried_on = Clock.objects.get(matter=told.record, limit="infosharing.share")
    assert (carried_on.started_at, carried_on.due_at) == (told.own.decided_at, at("2026-11-04 00:00"))
    assert carried_on.ended_at == told.record.shared_at > carried_on.due_at
    report = due(told.record, "infosharing.report")
    assert report == ("xuejiawa", at("2026-11-07 00:00"), "执法信息共享工作机制 三（三）")  # 4, 5 and 6 November


@pytest.mark.rules("NW-2.14", "NW-2.15", "NW-3.34")
def test_the_result_is_owed_to_two_each_with_a_clock_from_the_end_of_the_case(telling):
    told = telling.through(crossing.closed)
    department = due(told.referral, "referrals.return_result")
    complainant = due(told.complaint, "complaints.tell")
    assert department == ("xuejiawa", at("2026-11-19 00:00"), "执法线索相互告知工作机制 二（二）")  # 7 working days
    assert complainant == ("xuejiawa", at("2026-11-17 00:00"), "执法线索相互告知工作机制 二（二）")  # 5 working days
    told = telling.through(crossing.told_back)
    assert (told.referral.stage, told.complaint.stage) == ("concluded", "concluded")
    ended = Clock.objects.filter(limit__in=("referrals.return_result", "complaints.tell"))
    assert {clock.state for clock in ended} == {"met"}
