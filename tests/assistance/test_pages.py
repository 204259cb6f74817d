"""What people see: the case offers the request, every form opens, one next step in a row, English is complete."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assistance.models import Assistance
from tests.county import at, person, picture

WHERE = {"draft": "ask", "approved": "approved", "sent": "sent", "received": "received", "answered": "answered"}


@pytest.fixture
def read():
    def reading(login: str, name: str, *args, query: str = "", **data):
        client = Client()
        client.force_login(person(login))
        address = reverse(name, args=args) + query
        return client.post(address, data) if data else client.get(address)

    return reading


def test_the_case_offers_the_request_and_shows_the_one_that_was_made(asking, read):
    asked = asking.received()
    page = read(asking.officer, "matter", asked.origin.number).content.decode()
    assert "请求协助" in page
    assert f"由此请求协助 · 执法协助 {asked.number}" in page
    form = read(asking.officer, "assistance:new", query=f"?from={asked.origin.number}").content.decode()
    assert "现场检查记录" in form
    assert form.count("checked") >= 2  # what the case has goes along
    assert read("dongzhai.officer1", "assistance:new", query=f"?from={asked.origin.number}").status_code == 404


@pytest.mark.parametrize("stage", WHERE)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_form_that_is_offered_opens(asking, stage, language):
    asked = getattr(asking, WHERE[stage])(evidence_at_risk=True) if stage != "answered" else asking.answered()
    for login in (asking.officer, asking.approver, asking.receiver):
        client = Client(headers={"accept-language": language})
        client.force_login(person(login))
        page = client.get(reverse("matter", args=[asked.number]))
        if page.status_code == 200:
            steps = set(re.findall(r'href="(/m/[^"/]+/\w+/(?:\?behalf=1)?)"', page.content.decode()))
            assert all(client.get(step).status_code in (200, 302) for step in steps), steps


def test_an_answer_is_given_on_the_page_with_its_paper_uploaded_in_the_same_form(asking, read):
    asked = asking.received()
    form = read(asking.receiver, "step", asked.number, "answer").content.decode()
    assert "1. \n2. " in form
    known = {
        "work_done": "采样三份",
        "conclusions": "1. 是\n2. 超标",
        "answer_basis": "排放标准",
        "experts": "甲\n乙",
        "version": asked.version,
    }
    refused = read(asking.receiver, "step", asked.number, "answer", **known)
    assert refused.status_code == 422
    assert "签字盖章的意见书" in refused.content.decode()
    done = read(asking.receiver, "step", asked.number, "answer", **known, opinion_paper_upload=picture())
    assert done.status_code == 302
    paper = Assistance.objects.get(pk=asked.pk).origin.materials.latest("pk")
    assert (paper.title, paper.kind) == ("签字盖章的意见书", "evidence")


@pytest.mark.parametrize(
    ("tale", "login", "label"),
    [
        ("ask", "yangfangkou.officer1", "提交审批"),
        ("approved", "yangfangkou.officer1", "发出协助函"),
        ("sent", "shengtai.officer1", "签收协助函"),
        ("received", "shengtai.officer1", "答复协助请求"),
        ("answered", "yangfangkou.officer1", "确认办结"),
        ("refused", "yangfangkou.officer1", "确认办结"),
    ],
)
def test_a_row_leads_on_by_one_step(asking, read, tale, login, label):
    asked = getattr(asking, tale)()
    page = read(login, "assistance:list").content.decode()
    row = page[page.index(asked.number) :]
    assert row.index(label) < 1500
    assert at("2026-09-21 09:00") <= asked.opened_at
