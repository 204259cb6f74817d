"""Versions, withdrawal, signatures, extensions, subscriptions, copy-notices: what happens around the sharing."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import Refusal
from infosharing.models import Subscription
from tests.county import at, organ, person
from tests.infosharing.tale import FACTS


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


def page(login: str, record) -> str:
    browser = Client()
    browser.force_login(person(login))
    return browser.get(reverse("matter", args=[record.number])).content.decode()


@pytest.mark.rules("NW-4.30", "NW-4.33")
def test_a_correction_is_a_new_version_and_its_readers_are_told(sharing):
    record = sharing.shared()
    facts = {"secret": "none", "reason": "金额有误"} | FACTS | {"content": "罚款三万元"}
    record = sharing.take(record, "correct", sharing.provider, **facts)
    assert record.stage == "corrected"
    assert [version.facts["content"] for version in record.versions.all()] == ["罚款二万元", "罚款三万元"]
    assert Notice.objects.filter(matter=record, organ=organ("shengtai"), entry__step="correct").exists()
    old = Client()
    old.force_login(person(sharing.reader))
    words = old.get(reverse("record_version", args=[record.number, 1])).content.decode()
    assert "旧版本" in words
    assert "罚款二万元" in words


@pytest.mark.rules("NW-4.33")
def test_a_reader_may_say_that_something_is_wrong(sharing):
    record = sharing.take(sharing.shared(), "doubt", sharing.reader, words="决定书载明三万元")
    assert Notice.objects.filter(matter=record, organ=organ("yangfangkou"), entry__step="doubt").exists()


@pytest.mark.rules("NW-4.30")
def test_a_withdrawn_record_stays_and_hides_its_content_from_its_readers(sharing):
    record = sharing.take(sharing.shared(), "withdraw", sharing.provider, reason="决定书已撤销")
    assert record.closed_at is not None
    words = page(sharing.reader, record)
    assert "决定书已撤销" in words
    assert "罚款二万元" not in words
    assert "罚款二万元" in page(sharing.provider, record)


@pytest.mark.rules("NW-3.10", "NW-3.11")
@pytest.mark.parametrize("content_class", ["basis_change", "item_list"])
def test_a_change_of_basis_or_list_is_signed_for_by_each_reader_under_its_own_clock(sharing, content_class):
    readers = [organ("shengtai"), organ("shuili")]
    record = sharing.shared(sharing.reviewed(content_class=content_class), recipients=readers)
    clocks = Clock.objects.filter(matter=record, limit="infosharing.acknowledge", state="running")
    assert {clock.organ for clock in clocks} == set(readers)
    record = sharing.take(record, "acknowledge", sharing.reader, signer="王芳")
    assert record.awaited == [organ("shuili").pk]
    assert clocks.get().organ == organ("shuili")
    assert refused(sharing.take, record, "acknowledge", sharing.reader, signer="王芳").code == "permission"
    record = sharing.take(record, "acknowledge", "shuili.officer1", signer="乔润芳")
    assert record.closed_at is not None


@pytest.mark.rules("NW-3.10")
def test_nothing_else_asks_for_a_signature(sharing):
    record = sharing.shared()
    assert record.awaited == []
    assert not Clock.objects.filter(matter=record, limit="infosharing.acknowledge").exists()


@pytest.mark.rules("LX-7.7", "YY-1.1")
def test_a_copy_notice_goes_out_with_its_receipt(sharing):
    record = sharing.shared(copy_notice=True)
    paper = IssuedDocument.objects.get(matter=record, key="copy_notice")
    assert "回执" in paper.html
    assert "罚款二万元" in paper.html
    assert record.awaited == [organ("shengtai").pk]


@pytest.mark.rules("NW-3.47", "NW-4.22", "QX-6.12")
def test_the_time_is_extended_with_a_ground_to_a_definite_day_before_it_is_over(sharing):
    record = sharing.formed()
    asked = {"until": date(2026, 9, 24), "ground": "案卷正在整理"}
    record = sharing.take(record, "extend", sharing.provider, **asked)
    clock = Clock.objects.get(matter=record, limit="infosharing.share")
    assert clock.due_at == at("2026-09-25 00:00")
    travel_to(at("2026-09-25 09:00"))
    late = refused(sharing.take, record, "extend", sharing.provider, **asked | {"until": date(2026, 9, 29)})
    assert "已经届满" in late.message


@pytest.mark.rules("JH-4.12")
def test_where_the_county_caps_it_the_extension_ends_with_the_seventh_working_day(sharing):
    MechanismOverride.objects.create(
        county_id="ningwu",
        kind="option",
        key="infosharing.extension_cap",
        value=7,
        basis="行政执法信息共享 三（三）",
        since=date(2026, 9, 1),
        made_by=person("admin"),
    )
    record = sharing.formed()
    refusal = refused(sharing.take, record, "extend", sharing.provider, until=date(2026, 10, 9), ground="整理案卷")
    assert (refusal.field, "2026-10-08" in refusal.message) == ("until", True)  # 09-25 and 10-01 to 10-07 are off
    record = sharing.take(record, "extend", sharing.provider, until=date(2026, 10, 8), ground="整理案卷")
    assert Clock.objects.get(matter=record, limit="infosharing.share").due_at == at("2026-10-09 00:00")


@pytest.mark.rules("JH-4.11", "QX-6.11", "YY-1.11", "LX-7.2", "NW-4.35")
@pytest.mark.parametrize(
    ("within", "due"),
    [("same day", "2026-09-22 00:00"), ("5 working days", "2026-09-30 00:00"), ("promptly", None)],
)
def test_another_county_says_otherwise_how_soon_and_the_flow_stays_the_same(sharing, within, due):
    MechanismOverride.objects.create(
        county_id="ningwu",
        kind="limit",
        key="infosharing.share",
        value=within,
        basis="其他县的规定",
        since=date(2026, 9, 1),
        made_by=person("admin"),
    )
    clock = Clock.objects.get(matter=sharing.formed(), limit="infosharing.share")
    assert clock.due_at == (due and at(due))


@pytest.mark.rules("NW-3.39", "JH-4.4", "NW-3.36")
def test_who_has_subscribed_is_given_it_without_being_chosen(sharing):
    subscribe("shuili", content_class="penalty")
    subscribe("jiaotong", item_id=1)
    record = sharing.shared()
    assert record.recipients == sorted([organ("shengtai").pk, organ("shuili").pk])


@pytest.mark.rules("NW-4.26")
def test_a_subscription_brings_nothing_that_a_right_holder_has_agreed_to_for_others(sharing):
    subscribe("shuili", content_class="penalty")
    assert sharing.shared(sharing.consented()).recipients == [organ("shengtai").pk]


def subscribe(key: str, **wanted) -> Subscription:
    return Subscription.objects.create(organ=organ(key), by=person(f"{key}.officer1"), since=now(), **wanted)


@pytest.mark.rules("NW-4.32")
def test_nobody_reviews_what_he_wrote_down_himself(sharing):
    record = sharing.formed()
    refusal = refused(sharing.take, record, "review", sharing.provider, accurate=True, secret="none")
    assert refusal.code == "permission"
    refusal = refused(sharing.take, record, "review", sharing.reviewer, accurate=False, secret="none")
    assert refusal.field == "accurate"


@pytest.mark.rules("LX-7.7", "YY-1.1", "NW-4.33")
def test_after_a_correction_the_new_version_is_signed_for_and_a_new_copy_notice_names_the_old(sharing):
    record = sharing.shared(copy_notice=True, recipients=[organ("shengtai"), organ("shuili")])
    record = sharing.signed(record)
    travel_to(at("2026-09-22 10:00"))
    record = sharing.corrected(record)
    assert set(record.awaited) == {organ("shengtai").pk, organ("shuili").pk}
    assert record.closed_at is None
    running = Clock.objects.filter(matter=record, limit="infosharing.acknowledge", state="running")
    assert {clock.started_at for clock in running} == {record.corrected_at}
    old, new = record.documents.filter(key="copy_notice")
    assert new.corrects == old
    assert f"本函替代{old.number}《抄告函》" in new.html
    assert "罚款三万元" in new.html
    words = page(sharing.provider, record)
    assert words.count("待签收") >= 2


@pytest.mark.rules("LX-7.7", "NW-3.10")
def test_who_has_signed_is_shown_with_the_time_and_who_only_received_it_as_such(sharing):
    record = sharing.signed(sharing.shared(copy_notice=True, recipients=[organ("shengtai"), organ("shuili")]))
    words = page(sharing.provider, record)
    signed = record.entries.get(step="acknowledge").at
    assert f"{moment_words(signed)}</span> 已签收" in words
    assert "待签收" in words
    assert "已送达" in page(sharing.provider, sharing.shared(sharing.reviewed(document_number="宁阳罚〔2026〕9号")))


def test_the_slip_of_a_letter_is_no_section_of_it_and_its_blanks_are_not_broken(sharing):
    notice = sharing.shared(copy_notice=True).documents.get(key="copy_notice")
    request = sharing.asked().documents.get(key="opinion_request")
    for paper in (notice, request):
        slip = paper.html.partition('<div class="slip">')[2]
        assert slip.count("<h2>") == 1
        assert "＿" not in slip
        assert ".slip h2::before { content: none }" in paper.html
        assert ".filled { white-space: nowrap }" in paper.html
