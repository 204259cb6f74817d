"""Moments in their order: nobody makes another organ overdue by a time in the past."""

from datetime import datetime, timedelta

import pytest

from complaints.models import Complaint
from coordination.kernel.clocks import Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.words import Refusal
from tests.complaints.tale import ComplaintStory
from tests.county import at

CLERK = "zhujian.officer1"
RECEIVED, ENDED = "收到投诉举报的时间（2026-09-21（周一）09:00）", "办结的时间（2026-09-21（周一）09:00）"


def before(since: datetime) -> datetime:
    return since - timedelta(minutes=1)


def refused(words: str):
    return pytest.raises(Refusal, match=words.replace("（", "[（]").replace("）", "[）]"))


@pytest.mark.rules("NW-3.30", "NW-3.31")
def test_a_township_is_not_told_of_a_complaint_before_it_came_in(told):
    told.item = 44
    complaint = told.verifying(CLERK)
    with refused(RECEIVED) as caught:
        told.passed_on(complaint, CLERK, at=at("2026-08-21 09:00"))
    assert caught.value.field == "at"
    assert told.passed_on(complaint, CLERK, at=complaint.received_at).stage == "in_hand"


@pytest.mark.rules("NW-2.12")
def test_nobody_is_found_competent_before_it_came_in(told):
    complaint = told.verifying(received_at=at("2026-09-18 10:00"))
    with refused("2026-09-18（周五）10:00") as caught:
        told.transferred(complaint, found_at=at("2026-09-18 09:59"))
    assert caught.value.field == "found_at"
    case = told.item_of(told.transferred(complaint, found_at=at("2026-09-18 10:00"))).case
    assert Clock.objects.get(matter=case, limit="referrals.send").started_at == at("2026-09-18 10:00")


@pytest.mark.rules("NW-2.15", "NW-3.34")
def test_the_complainant_is_not_told_a_result_before_there_is_one_but_in_the_same_minute(told):
    complaint = told.verifying()
    travel_to(at("2026-09-22 15:00"))
    complaint = told.answered(complaint)
    facts = {"about": told.item_of(complaint), "way": "telephone"}
    with refused("该事项有处理结果的时间（2026-09-22（周二）15:00）"):
        told.take(complaint, "tell_complainant", told.officer, **facts, at=at("2026-09-22 14:59"))
    assert told.take(complaint, "tell_complainant", told.officer, **facts, at=at("2026-09-22 15:00")).stage == "told"


@pytest.mark.rules("NW-2.13", "YY-3.5")
def test_the_word_of_a_transfer_follows_upon_the_transfer(told):
    complaint = told.transferred()
    travel_to(at("2026-09-22 10:00"))
    told.referral_of(complaint)
    complaint = Complaint.objects.get(pk=complaint.pk)
    with refused("移送的时间（2026-09-22（周二）10:00）"):
        told.take(complaint, "tell_transfer", told.officer, way="telephone", at=before(complaint.transferred_at))
    told.take(complaint, "tell_transfer", told.officer, way="telephone", at=complaint.transferred_at)


@pytest.mark.rules("LAW-19", "LAW-21")
def test_no_word_to_the_complainant_goes_out_before_his_own_came_in(told):
    petition = told.complaint(channel="petition")
    with refused(RECEIVED):
        told.take(petition, "tell_receipt", told.officer, at=before(petition.received_at), words="由本镇核实")
    declined = {"reasons": "同一事项法院已经受理", "way": "telephone"}
    with refused(RECEIVED):
        told.take(petition, "decline", told.officer, **declined, at=before(petition.received_at))
    assert told.take(petition, "decline", told.officer, **declined, at=now()).stage == "not_accepted"


@pytest.mark.rules("NW-2.8")
def test_a_file_is_not_put_away_before_its_end(told):
    complaint = told.take(told.told(told.answered(), told.officer), "conclude", told.officer)
    with refused(ENDED):
        told.take(complaint, "archive", told.officer, at=before(complaint.closed_at))
    assert told.take(complaint, "archive", told.officer, at=complaint.closed_at).stage == "archived"


def test_when_it_came_in_may_lie_in_the_past(told: ComplaintStory):
    assert told.complaint(received_at=at("2026-09-01 08:00")).received_at == at("2026-09-01 08:00")
