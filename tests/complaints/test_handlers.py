"""Who handles an item where it was received: named there, able to look up whom he tells, till the complaint ends."""

import pytest
from django.test import Client
from django.urls import reverse

from complaints.identity import may_reveal
from complaints.models import Complaint, ComplaintItem
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.now import now
from coordination.kernel.organs import Post
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from tests.complaints.tale import NAME
from tests.complaints.test_identity import REASON, at_the_window, identity
from tests.county import at, organ, person, upload

CLERK = "zhujian.officer1"


@pytest.fixture
def passed(told):
    """Told to the township by the department."""
    told.item = 44
    return told.passed_on(told.verifying(CLERK), CLERK)


def taken_up(told, complaint: Complaint, login: str = "yangfangkou.registry") -> Complaint:
    return told.take(complaint, "take_up", login, about=told.item_of(complaint))


def resulted(told, complaint: Complaint) -> Complaint:
    facts = {"about": told.item_of(complaint), "result": "已责令清理。"}
    return told.take(complaint, "record_result", told.officer, **facts)


def named(told, complaint: Complaint, login: str, by: str = "yangfangkou.registry") -> Complaint:
    facts = {"about": told.item_of(complaint), "handler": person(login), "words": "由执法队承办"}
    return told.take(complaint, "name_handler", by, **facts)


def ask_of(login: str, complaint: Complaint) -> tuple[str, list[str]]:
    answer = at_the_window(login).get(identity(complaint))
    assert answer.status_code == 403, login
    return answer.context["exception"], [one["name"] for one in answer.context["ask"]]


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_the_receivers_handler_prints_the_copy_for_service_after_he_has_told_till_the_end(told, passed, monkeypatch):
    complaint = told.told(resulted(told, taken_up(told, passed, told.officer)), told.officer)
    letter = IssuedDocument.objects.get(key="complaint_result_notice")
    client = at_the_window(told.officer)
    assert NAME in client.post(identity(complaint), REASON, follow=True).content.decode()
    monkeypatch.setattr("complaints.serving.pdf.render", lambda html: b"%PDF-1.7")
    copy = reverse("complaints-service", args=[complaint.number, letter.pk])
    assert client.get(copy).status_code == 200
    complaint = told.take(complaint, "report_back", told.officer, about=told.item_of(complaint))
    assert may_reveal(complaint, person(told.officer))
    complaint = told.take(complaint, "conclude", CLERK)
    assert not may_reveal(complaint, person(told.officer))
    assert may_reveal(complaint, person(CLERK))
    assert client.get(copy).status_code == 403


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_the_receiver_names_who_handles_the_item_though_a_clerk_has_signed_for_it(told, passed):
    complaint = taken_up(told, passed)
    assert told.item_of(complaint).handler == person("yangfangkou.registry")
    complaint = named(told, complaint, "yangfangkou.officer2")
    assert told.item_of(complaint).handler == person("yangfangkou.officer2")
    assert may_reveal(complaint, person("yangfangkou.officer2"))
    assert not may_reveal(complaint, person("yangfangkou.registry"))
    complaint = told.told(resulted(told, complaint), told.officer)
    named(told, complaint, told.officer)


@pytest.mark.rules("LAW-22")
def test_a_handler_is_in_post_there_and_the_item_in_its_hands(told, passed):
    with pytest.raises(Refusal) as refused:
        named(told, passed, "yangfangkou.officer2")
    assert refused.value.code == "stage"
    complaint = taken_up(told, passed)
    with pytest.raises(Refusal, match="本单位人员"):
        named(told, complaint, CLERK)
    Post.objects.filter(user=person("yangfangkou.officer2")).update(until=at("2026-09-20 00:00").date())
    with pytest.raises(Refusal, match="本单位人员"):
        named(told, complaint, "yangfangkou.officer2")
    with pytest.raises(Refusal):
        named(told, complaint, CLERK, by=CLERK)  # the organ asked names its own, not the township's


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_recorded_on_its_behalf_nobody_handles_it_till_the_receiver_names_one(told, passed):
    facts = {"about": told.item_of(passed), "behalf": {"scan": "回执", "words": "电话核实"}}
    complaint = told.take(passed, "take_up", CLERK, **facts)
    assert told.item_of(complaint).handler is None
    assert told.item_of(complaint).teller == organ("yangfangkou")
    words, asked = ask_of(told.officer, complaint)
    assert "确定、更换接办承办人" in words
    assert asked
    complaint = named(told, complaint, told.officer, by=told.officer)
    assert may_reveal(complaint, person(told.officer))


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_a_handover_recorded_by_the_sender_makes_none_of_its_people_the_receivers_handler(told):
    complaint = told.transferred()
    referral = told.referral_of(complaint)
    officers = [person(told.officer), person(told.second)]
    sealed = upload(referral, told.officer, "scan", "盖章交接单")
    told.take(referral, "confirm_sent", told.officer, officers=officers, sealed_scan=sealed)
    facts = {"receiver_person": "王芳", "sealed_scan": sealed, "checked": list(referral.lines())}
    told.take(referral, "confirm_received", told.officer, **facts, behalf={"scan": sealed, "words": "当面签收"})
    told.learn()
    about = told.item_of(complaint)
    assert (about.state, about.handler) == ("taken", None)
    assert about.teller == organ("shengtai")


@pytest.mark.rules("LAW-22")
def test_who_may_not_look_is_sent_to_somebody_of_his_own_organ(told, passed):
    complaint = named(told, taken_up(told, passed), "yangfangkou.officer2")
    assert ask_of(told.officer, complaint)[1] == [person("yangfangkou.officer2").name]
    assert ask_of("zhujian.officer2", complaint)[1] == [person(CLERK).name]
    ComplaintItem.objects.update(handler=None)
    assert person("yangfangkou.registry").name in ask_of("yangfangkou.head", complaint)[1]
    assert person(CLERK).name not in ask_of("yangfangkou.head", complaint)[1]


def test_where_secrecy_was_asked_for_the_receiver_is_sent_to_whom_it_was_told(told):
    told.item = 44
    complaint = told.passed_on(told.verifying(CLERK, asks_secrecy=True), CLERK)
    assert ask_of(told.officer, taken_up(told, complaint))[1] == [person(CLERK).name]


def test_nobody_is_offered_to_name_a_handler_before_another_organ_has_the_item(told, passed):
    def offered(complaint: Complaint, login: str) -> set[str]:
        return {one.step.name for one in open_steps(complaint, person(login), now())}

    assert "name_handler" not in offered(passed, told.officer)
    complaint = taken_up(told, passed)
    assert "name_handler" in offered(complaint, told.officer)
    page = Client()
    page.force_login(person(told.officer), backend="django.contrib.auth.backends.ModelBackend")
    form = page.get(reverse("step", args=[complaint.number, "name_handler"])).content.decode()
    assert person("yangfangkou.officer2").name in form
    assert person(CLERK).name not in form
