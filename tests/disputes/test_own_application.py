"""Whoever asks the next rung asks for what he himself holds; what the other has asked for stays the other's."""

import pytest
from django.test import Client
from django.urls import reverse

from disputes.models import Dispute
from tests.county import organ, person
from tests.disputes.tale import CLAIM
from tests.disputes.test_papers import in_order, paper

OWN = {
    "outcome": "sender",
    "request": "请求裁决由移送方办理，现场已竣工。",
    "basis": "县住建局权责清单第7项",
    "talks": "调解时本局已提交竣工材料。",
}


def browser(login: str) -> Client:
    client = Client()
    client.force_login(person(login))
    return client


def form(login: str, dispute: Dispute):
    return browser(login).get(reverse("step", args=[dispute.number, "apply"])).context["form"]


def values(login: str, dispute: Dispute) -> dict:
    bound = form(login, dispute)
    return {name: bound[name].value() for name in ("outcome", "request", "basis", "talks")}


@pytest.fixture
def asked(story) -> Dispute:
    """By the respondent, after the bureau's mediation has failed."""
    return story.take(story.unsettled(), "apply", story.receiver, **OWN)


@pytest.mark.rules("NW-1.19", "JH-7.4", "JH-7.6")
def test_the_paper_of_the_respondent_carries_its_own_request_and_names_it_as_the_one_who_applies(asked):
    html = paper(asked, "dispute_application")
    assert asked.documents.filter(key="dispute_application").latest("pk").organ == organ("zhujian")
    sides = ("宁武县人民政府：", "申请单位", "宁武县住房和城乡建设局", "被申请单位", "阳方口镇人民政府", "争议类型")
    own = ("由移送方管辖（阳方口镇人民政府）", OWN["request"], OWN["basis"])
    assert in_order(html, *sides, "阳方口镇人民政府提出争议时陈述", "请求、理由和依据", *own)
    assert CLAIM["request"] not in html
    assert "由受移送方管辖" not in html.partition("请求、理由和依据")[2]


@pytest.mark.rules("NW-1.19", "JH-7.6")
def test_the_paper_tells_what_became_of_the_talks_and_of_the_rung_before(story):
    dispute = story.raised(story.objected())
    talk = {"at": dispute.opened_at, "participants": "双方分管领导", "words": "各自坚持清单"}
    dispute = story.take(dispute, "record_talks", story.receiver, **talk)
    dispute = story.take(dispute, "end_talks", story.officer, words="两次协商未成")
    first = story.take(dispute, "apply", story.officer, outcome="receiver", request="请求调解", basis="清单")
    html = paper(first, "dispute_application")
    assert in_order(
        html, "自行协商情况", "记录双方协商", "各自坚持清单", "协商未成", "两次协商未成", "请求、理由和依据"
    )
    assert "前一级的处理情况" not in html
    dispute = story.take(story.heard(first), "end_settling", story.bureau, words="双方坚持各自意见")
    html = paper(story.take(dispute, "apply", story.receiver, **OWN), "dispute_application")
    told = (
        "自行协商情况",
        "两次协商未成",
        "前一级的处理情况",
        "2026年9月21日，宁武县司法局调解（协调）未成：双方坚持各自意见。",
        OWN["talks"],
    )
    assert in_order(html, *told, "请求、理由和依据")


@pytest.mark.rules("JH-7.4")
def test_nothing_of_the_first_applicants_claim_is_lost(asked, story):
    assert (asked.request, asked.basis, asked.claim_outcome) == (CLAIM["request"], CLAIM["basis"], "receiver")
    page = browser(story.officer).get(reverse("matter", args=[asked.number])).content.decode()
    for words in (
        *CLAIM.values(),
        "由受移送方管辖（宁武县住房和城乡建设局）",
        OWN["request"],
        OWN["basis"],
        OWN["talks"],
    ):
        assert words in page
    assert "提请处理：裁决（宁武县人民政府）" in page


@pytest.mark.rules("JH-7.4")
def test_the_form_knows_what_its_own_organ_asked_for_and_nothing_of_the_other(story):
    dispute = story.unsettled()
    assert values(story.receiver, dispute) == {"outcome": None, "request": "", "basis": "", "talks": ""}
    first = {"outcome": "receiver", "request": CLAIM["request"], "basis": CLAIM["basis"], "talks": ""}
    assert values(story.officer, dispute) == first
    assert form(story.receiver, dispute).fields["outcome"].required


@pytest.mark.rules("JH-7.4")
def test_what_was_given_back_is_there_to_be_bettered(asked, story):
    back = story.take(asked, "return_application", story.government, words="请补充竣工材料")
    assert values(story.receiver, back)["request"] == OWN["request"]
    again = story.take(back, "apply", story.receiver, **(OWN | {"request": "补充后再次请求裁决"}))
    assert "请补充竣工材料" in paper(again, "dispute_application")


@pytest.mark.rules("JH-7.5")
def test_the_recommendation_names_whoever_asked_for_it(story):
    dispute = story.take(story.raised(story.objected()), "end_talks", story.officer, words="未成")
    dispute = story.heard(story.take(dispute, "apply", story.receiver, **OWN))
    dispute.ladder[1]["act"] = "recommend"
    Dispute.objects.filter(pk=dispute.pk).update(ladder=dispute.ladder)
    facts = {"outcome": "sender", "finding": "清单", "words": "由镇办理", "reply_by": dispute.opened_at.date()}
    html = paper(story.take(dispute, "recommend", story.bureau, **facts), "dispute_recommendation")
    assert "<p>宁武县住房和城乡建设局就" in html


@pytest.mark.rules("NW-1.19", "JH-7.4")
def test_a_look_at_the_paper_before_says_on_which_rule_the_next_rung_is_asked(story, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "coordination.kernel.documents.issuing.drafted", lambda words, kind: seen.append(words) or b"%PDF"
    )
    dispute = story.unsettled()
    address = reverse("step", args=[dispute.number, "apply"])
    browser(story.receiver).post(address, OWN | {"version": dispute.version, "_preview": "1"})
    assert in_order(
        seen[0], "宁武县人民政府：", "宁武县住房和城乡建设局", "调解（协调）未成", "依照《案件移送制度》四（十）"
    )
