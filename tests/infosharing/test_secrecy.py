"""State secrets, trade secrets, privacy: what may not be stored, and what waits for its right holder."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.drafts import Draft
from coordination.kernel.journal import EntryWords
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import CST, now, travel_to
from coordination.kernel.organs import User
from coordination.kernel.steps import next_on_the_road, open_steps
from coordination.kernel.words import Refusal
from infosharing.models import Reading, SharedRecord, Version
from tests.county import at, organ, person, upload

SECRET_WORDS = "某重要目标的位置和警戒部署"


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


def client(login: str) -> Client:
    found = Client()
    found.force_login(person(login))
    return found


def offered(record: SharedRecord, login: str) -> set[str]:
    return {one.step.name for one in open_steps(record, person(login), now())}


@pytest.mark.rules("NW-4.25", "YY-1.12")
def test_a_state_secret_is_refused_and_nothing_of_it_is_stored_not_even_in_a_draft(sharing):
    browser, address = client(sharing.provider), f"{reverse('infosharing:new')}?content_class=other"
    typed = {"content_class": "other", "formed_at": "2026-09-21T08:30", "content": SECRET_WORDS, "title": SECRET_WORDS}
    saving = f"{reverse('draft')}?for={reverse('infosharing:new')}"
    for answer in ("", "state"):
        browser.post(saving, typed | {"secret": answer})
        assert not Draft.objects.exists(), "before the question is answered nothing is kept"
    browser.post(saving, typed | {"secret": "none"})
    assert Draft.objects.count() == 1
    page = browser.post(address, typed | {"secret": "state"})
    assert page.status_code == 422
    assert "不得在本平台录入" in page.content.decode()
    assert not Draft.objects.exists()
    assert not Version.objects.exists()
    assert not EntryWords.objects.filter(words__icontains="警戒").exists()
    assert not Matter.objects.filter(kind="infosharing").exists()


@pytest.mark.rules("NW-4.25")
def test_what_turns_out_to_be_a_state_secret_is_blotted_out_everywhere(sharing):
    record = sharing.shared(sharing.reviewed(content=SECRET_WORDS, title=SECRET_WORDS))
    record = sharing.take(record, "erase", sharing.reviewer)
    assert record.stage == "not_shared"
    assert record.version_now.facts == {}
    assert SECRET_WORDS not in record.title
    assert not Notice.objects.filter(title__contains="警戒").exists()
    assert not EntryWords.objects.filter(words__icontains="警戒").exists()


@pytest.mark.rules("NW-4.26")
def test_nothing_that_touches_a_right_holder_goes_out_before_he_has_agreed_in_writing(sharing):
    record = sharing.reviewed(secret="privacy")
    facts = {"recipients": [organ("shengtai")], "purpose": "监管", "scope": "本单位"}
    assert "书面征求权利人意见" in refused(sharing.take, record, "share", sharing.provider, **facts).message
    record = sharing.asked(record)
    assert refused(sharing.take, record, "record_consent", sharing.provider, consent_scan=None).field == "consent_scan"


@pytest.mark.rules("NW-4.26")
def test_a_right_holder_who_refuses_ends_it_with_his_reason(sharing):
    record = sharing.take(sharing.asked(), "record_refusal", sharing.provider, reason="属于核心工艺参数")
    assert (record.stage, record.opinion) == ("not_shared", "refused")
    assert record.not_shared_because == "属于核心工艺参数"
    assert record.closed_at is not None


@pytest.mark.rules("NW-4.26")
def test_silence_past_the_day_is_no_consent_and_offers_one_way_first(sharing):
    record = sharing.asked(reply_by=date(2026, 9, 28))
    travel_to(at("2026-09-28 23:30"))
    assert "close_unanswered" not in offered(record, sharing.provider)
    travel_to(at("2026-09-29 00:30"))
    possible = open_steps(record, person(sharing.provider), now())
    for limit in ("", "infosharing.opinion"):
        assert next_on_the_road(record, possible, limit).step.name == "close_unanswered"
    assert refused(sharing.consented, record).field == "answered_on"
    record = sharing.take(record, "close_unanswered", sharing.provider)
    assert (record.stage, record.opinion) == ("not_shared", "silent")
    assert "沉默不视为同意" in record.not_shared_because
    assert refused(sharing.consented, record, answered_on=date(2026, 9, 28)).code == "stage", "it is concluded"


@pytest.mark.rules("NW-4.26")
def test_a_consent_that_came_on_the_last_day_is_recorded_the_next_morning(sharing):
    record = sharing.asked(reply_by=date(2026, 9, 28))
    travel_to(at("2026-09-29 08:30"))
    for late in (date(2026, 9, 29), date(2026, 9, 30), date(2026, 9, 20)):
        assert refused(sharing.consented, record, answered_on=late).field == "answered_on"
    record = sharing.consented(record, answered_on=date(2026, 9, 28))
    assert (record.stage, record.opinion) == ("consented", "agreed")
    assert f"{record.replied_at.astimezone(CST):%Y-%m-%d}" == "2026-09-28"
    opinion = Clock.objects.get(matter=record, limit="infosharing.opinion")
    assert (opinion.state, opinion.ended_at) == ("met", record.replied_at)
    assert "2026-09-28" in str(record.entries.get(step="record_consent").readable.words)
    assert sharing.shared(record).stage == "shared"


@pytest.mark.rules("NW-4.26")
def test_so_is_a_refusal_that_came_in_time_and_it_needs_its_paper(sharing):
    record = sharing.asked(reply_by=date(2026, 9, 28))
    travel_to(at("2026-09-29 08:30"))
    said = {"reason": "属于核心工艺参数", "answered_on": date(2026, 9, 25)}
    assert refused(sharing.take, record, "record_refusal", sharing.provider, **said).field == "answer_scan"
    said["answer_scan"] = upload(record, sharing.provider, "scan", "权利人回函")
    record = sharing.take(record, "record_refusal", sharing.provider, **said)
    assert (record.stage, record.opinion) == ("not_shared", "refused")
    assert f"{record.replied_at.astimezone(CST):%Y-%m-%d}" == "2026-09-25"


@pytest.mark.rules("NW-4.26")
def test_an_answer_of_tomorrow_is_refused_also_in_time(sharing):
    record = sharing.asked(reply_by=date(2026, 9, 28))
    assert refused(sharing.consented, record, answered_on=date(2026, 9, 22)).field == "answered_on"
    answered = sharing.consented(record, answered_on=date(2026, 9, 21))
    assert answered.replied_at > answered.asked_at, "recorded on the day itself: the moment of the step"


@pytest.mark.rules("NW-4.26")
def test_the_page_asks_for_the_day_and_proposes_today_only_while_there_is_time(sharing):
    record, browser = sharing.asked(reply_by=date(2026, 9, 28)), client(sharing.provider)
    address = reverse("step", args=[record.number, "record_consent"])
    assert browser.get(address).context["form"]["answered_on"].value() == date(2026, 9, 21)
    travel_to(at("2026-09-29 08:30"))
    assert not browser.get(address).context["form"]["answered_on"].value()


@pytest.mark.rules("NW-4.26", "NW-4.34")
def test_consent_is_to_the_readers_whom_the_letter_named_and_to_no_others(sharing):
    record = sharing.consented()
    more = [organ("shengtai"), organ("shuili")]
    assert refused(sharing.shared, record, recipients=more).field == "recipients"


@pytest.mark.rules("NW-4.29", "NW-4.34")
def test_each_reading_of_a_restricted_record_is_asked_for_and_written_down(sharing):
    record = sharing.shared(sharing.consented())
    address = reverse("record_content", args=[record.number])
    browser = client(sharing.reader)
    assert "罚款二万元" not in browser.get(reverse("matter", args=[record.number])).content.decode()
    assert "罚款二万元" not in browser.get(address).content.decode()
    assert browser.post(address, {}).status_code == 422
    assert "罚款二万元" in browser.post(address, {"use": "inspection"}).content.decode()
    reading = Reading.objects.get()
    assert (reading.by.username, reading.organ, reading.use) == (sharing.reader, organ("shengtai"), "inspection")
    provider = client(sharing.provider).get(reverse("matter", args=[record.number])).content.decode()
    assert reading.by.name in provider
    assert "日常监管检查" in provider


@pytest.mark.rules("NW-4.34")
def test_no_form_and_no_paper_leads_past_the_log(sharing):
    record = sharing.shared(sharing.consented())
    browser = client(sharing.reader)
    for name in ("revise", "correct"):
        page = browser.get(reverse("step", args=[record.number, name]))
        assert "罚款二万元" not in page.content.decode(), name
    letter = record.documents.get(key="opinion_request")
    for name in ("document", "document_seal", "document_sealed", "document_correct"):
        assert browser.get(reverse(name, args=[letter.pk])).status_code == 404, name
    assert refused(sharing.shared, sharing.consented(), copy_notice=True).field == "copy_notice"


@pytest.mark.rules("NW-4.34")
def test_a_supervisors_reading_is_written_down_like_any_other(sharing):
    record = sharing.shared(sharing.consented())
    browser = client("sifa.supervisor1")
    assert "罚款二万元" not in browser.get(reverse("matter", args=[record.number])).content.decode()
    browser.post(reverse("record_content", args=[record.number]), {"use": "supervision"})
    assert Reading.objects.get().organ == organ("sifa")
    assert "执法监督" in browser.get(reverse("matter", args=[record.number])).content.decode()


@pytest.mark.rules("NW-4.34")
def test_an_ordinary_record_is_read_without_a_question_and_without_a_log(sharing):
    record = sharing.shared()
    page = client(sharing.reader).get(reverse("matter", args=[record.number])).content.decode()
    assert "罚款二万元" in page
    assert not Reading.objects.exists()


@pytest.mark.rules("NW-4.34")
def test_who_is_no_reader_opens_nothing(sharing):
    record = sharing.formed()
    guide = User.objects.get(username="shengtai.officer1")  # the department that guides the item knows of it
    assert Matter.objects.visible_to(guide).filter(pk=record.pk).exists()
    assert not record.may_open(guide)
    browser = client("shengtai.officer1")
    assert "罚款二万元" not in browser.get(reverse("matter", args=[record.number])).content.decode()
    assert browser.get(reverse("record_content", args=[record.number])).status_code == 404
    upload(record, sharing.provider, "other", "内部附件")
    assert "内部附件" not in browser.get(reverse("materials", args=[record.number])).content.decode()


@pytest.mark.rules("NW-4.25")
def test_the_answer_alone_decides_and_nothing_that_was_typed_comes_back(sharing):
    browser, address = client(sharing.provider), f"{reverse('infosharing:new')}?content_class=penalty"
    typed = {"content_class": "penalty", "secret": "state", "content": SECRET_WORDS, "title": SECRET_WORDS}
    page = browser.post(address, typed)
    assert page.status_code == 422
    assert dict(page.context["form"].errors) == {"secret": page.context["form"].errors["secret"]}
    assert "不得在本平台录入" in page.content.decode()
    assert "警戒" not in page.content.decode()
    assert refused(sharing.formed, secret="state", content=None, party=None).field == "secret"


@pytest.mark.rules("NW-4.25", "NW-4.32")
def test_so_it_is_in_the_review_and_in_a_correction(sharing):
    record = sharing.formed()
    page = client(sharing.reviewer).post(
        reverse("step", args=[record.number, "review"]), {"secret": "state", "words": SECRET_WORDS}
    )
    assert list(page.context["form"].errors) == ["secret"]
    assert "警戒" not in page.content.decode()
    record = sharing.shared(sharing.reviewed(record))
    page = client(sharing.provider).post(
        reverse("step", args=[record.number, "correct"]), {"secret": "state", "reason": SECRET_WORDS}
    )
    assert list(page.context["form"].errors) == ["secret"]
    assert "警戒" not in page.content.decode()


@pytest.mark.rules("NW-4.26", "NW-4.34")
@pytest.mark.parametrize("name", ["purpose", "scope"])
def test_consent_is_to_the_purpose_and_scope_that_the_letter_named(sharing, name):
    record = sharing.consented()
    assert refused(sharing.shared, record, **{name: "对外公开"}).field == name
    address = reverse("step", args=[record.number, "share"])
    keep = f"{reverse('draft')}?for={address}"
    client(sharing.provider).post(keep, {name: "早先的草稿"})
    form = client(sharing.provider).get(address).context["form"]
    assert form[name].value() == getattr(record, name)
    assert form.fields[name].widget.attrs["readonly"]
    assert getattr(sharing.shared(record), name) == getattr(record, name)


@pytest.mark.rules("NW-4.26")
def test_before_there_is_consent_the_right_holder_is_asked_first(sharing):
    record = sharing.reviewed(secret="trade")
    possible = open_steps(record, person(sharing.provider), now())
    for limit in ("", "infosharing.share", "infosharing.report"):
        assert next_on_the_road(record, possible, limit).step.name == "ask_right_holder"
    record = sharing.consented(sharing.asked(record))
    possible = open_steps(record, person(sharing.provider), now())
    assert next_on_the_road(record, possible, "infosharing.share").step.name == "share"
    assert next_on_the_road(record, possible, "").step.name == "share"


@pytest.mark.rules("NW-4.26", "NW-4.32")
def test_what_may_not_go_out_is_not_reported_to_the_platform_either(sharing):
    record = sharing.formed(secret="trade")
    for step in (sharing.reviewed, sharing.asked):
        assert "mark_reported" not in offered(record, sharing.provider)
        record = step(record)
    assert "mark_reported" not in offered(record, sharing.provider)
    assert "mark_reported" in offered(sharing.consented(record), sharing.provider)
