"""The main job as a tale: what was formed today is written down, reviewed, and shared on the same day."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.now import travel_to
from coordination.kernel.words import Refusal
from tests.county import at, organ


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


def clock(record, limit: str) -> Clock:
    return Clock.objects.filter(matter=record, limit=f"infosharing.{limit}").latest("pk")


@pytest.mark.rules("NW-3.46", "NW-4.22", "NW-4.23", "NW-4.1")
def test_what_is_formed_today_is_due_tonight_and_on_the_platform_in_three_working_days(sharing):
    record = sharing.formed()
    assert clock(record, "share").due_at == at("2026-09-22 00:00")
    assert clock(record, "report").due_at == at("2026-09-25 00:00")


@pytest.mark.rules("NW-4.22")
def test_what_is_formed_on_a_day_of_rest_is_due_on_the_next_working_day(sharing):
    travel_to(at("2026-09-26 10:00"))  # a Saturday
    assert clock(sharing.formed(), "share").due_at == at("2026-09-29 00:00")


@pytest.mark.rules("NW-3.36", "NW-4.2", "NW-4.13", "NW-4.32", "NW-4.33")
def test_a_decision_is_shared_after_another_person_has_reviewed_it(sharing):
    record = sharing.shared()
    assert record.stage == "shared"
    assert record.provider == organ("yangfangkou")
    assert record.reviewed_by.username == "yangfangkou.officer2"
    assert record.recipients == [organ("shengtai").pk]
    assert clock(record, "share").state == "met"
    assert record.closed_at is None, "the report to the platform is still owed"


@pytest.mark.rules("NW-4.23")
def test_the_report_to_the_platform_ends_the_matter_with_who_when_and_receipt(sharing):
    record = sharing.shared()
    facts = {"at": at("2026-09-21 09:00"), "receipt_number": "HLW-2026-0099"}
    record = sharing.take(record, "mark_reported", sharing.provider, **facts)
    assert (record.receipt_number, record.reported_by.username) == ("HLW-2026-0099", "yangfangkou.officer1")
    assert clock(record, "report").state == "met"
    assert record.closed_at is not None


@pytest.mark.rules("NW-4.26")
def test_a_trade_secret_is_shared_when_its_right_holder_has_agreed_in_writing(sharing):
    record = sharing.asked()
    letter = IssuedDocument.objects.get(matter=record, key="opinion_request")
    assert "回执" in letter.html
    assert "宁武县黑岭洗选有限公司" in letter.html
    assert "2026年9月28日" in letter.html
    assert clock(record, "opinion").due_at == at("2026-09-29 00:00")
    assert clock(record, "share").due_at == at("2026-09-30 00:00"), "it waits for the answer, and one working day more"
    assert sharing.shared(sharing.consented(record)).stage == "shared"


@pytest.mark.rules("NW-4.23", "NW-4.32")
def test_nothing_is_reported_before_it_was_formed_and_reviewed_nor_tomorrow(sharing):
    record = sharing.formed()
    travel_to(at("2026-09-21 10:00"))
    record = sharing.reviewed(record)
    for moment in ("2026-09-20 09:00", "2026-09-21 09:30", "2026-09-22 09:00"):
        facts = {"at": at(moment), "receipt_number": "HLW-1"}
        assert refused(sharing.take, record, "mark_reported", sharing.provider, **facts).field == "at"
    record = sharing.take(record, "mark_reported", sharing.provider, **facts | {"at": at("2026-09-21 10:00")})
    assert record.reported_at == at("2026-09-21 10:00")
