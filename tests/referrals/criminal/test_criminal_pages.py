"""The pages of a criminal transfer: offered on the case, begun in a form, listed, recorded for the police."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.county import ningwu, person  # noqa: F401
from tests.referrals.criminal.test_the_way_to_the_police import crime  # noqa: F401


@pytest.fixture
def client(crime) -> Client:  # noqa: F811
    browser = Client()
    browser.force_login(person(crime.officer))
    return browser


@pytest.mark.rules("LAW-5")
def test_it_is_offered_on_the_case_and_begun_there(crime, client):  # noqa: F811
    case = crime.case()
    page = client.get(reverse("matter", args=[case.number])).content.decode()
    address = f"{reverse('criminal:new')}?from={case.number}"
    assert "移送涉嫌犯罪案件" in page
    assert address in page
    form = client.get(address).content.decode()
    for words in ("专案组成员", "县公安局", "县检察院", "涉嫌罪名"):
        assert words in form, words


@pytest.mark.rules("LAW-14")
def test_the_sender_is_offered_the_record_for_the_police(crime, client):  # noqa: F811
    transfer = crime.sent()
    page = client.get(reverse("matter", args=[transfer.number])).content.decode()
    assert f"{reverse('step', args=[transfer.number, 'sign_receipt'])}?behalf=1" in page
    assert client.get(f"{reverse('step', args=[transfer.number, 'sign_receipt'])}?behalf=1").status_code == 200


def test_transfers_have_a_list_of_their_own_and_the_case_says_that_one_is_open(crime, client):  # noqa: F811
    transfer = crime.received()
    assert transfer.number in client.get(reverse("criminal:list")).content.decode()
    assert "涉嫌犯罪移送未办结" in client.get(reverse("matter", args=[transfer.origin.number])).content.decode()


@pytest.mark.rules("LAW-12")
def test_the_head_reads_what_the_group_proposes_where_he_approves(crime):  # noqa: F811
    transfer, browser = crime.reported(), Client()
    browser.force_login(person("shengtai.head"))
    for step in ("approve", "refuse"):
        page = browser.get(reverse("step", args=[transfer.number, step])).content.decode()
        for words in ("建议移送公安机关", transfer.crime, transfer.report_words):
            assert words in page, (step, words)


@pytest.mark.rules("LAW-14")
def test_what_the_police_do_next_is_offered_before_what_may_be_opened_beside(crime, client):  # noqa: F811
    transfer = crime.sent()
    offered = [one["name"] for one in client.get(reverse("matter", args=[transfer.number])).context["actions"]]
    assert offered.index("sign_receipt") < offered.index("ask_supervision")
