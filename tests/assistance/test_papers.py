"""Every paper of a request, issued by its step, said in its words and printed."""

from datetime import date

import pytest

from assistance.paper_words import given
from coordination.kernel import pdf
from coordination.kernel.documents import Style, preview, registry
from coordination.kernel.organs import Actor, posts_of
from tests.county import person, picture, upload


def printed(asked, key: str) -> str:
    paper = asked.documents.get(key=key)
    assert "None" not in paper.html
    assert pdf.page_count(pdf.render(paper.html)) >= 1
    return paper.html


@pytest.mark.rules("NW-3.55", "JH-6.1", "QX-4.8", "YY-6.6", "LAW-4")
def test_the_letter_says_what_is_asked_on_what_ground_by_what_law_and_by_when(asking):
    words = printed(asking.sent(evidence_at_risk=True), "assistance_letter")
    for said in (
        "请求对洗煤点未取得排污许可证排污一案予以协助的函",
        "认定违法行为需要鉴定、检验、检测等技术支持。",
        "请你单位协助检测，并逐项答复",
        "2. 悬浮物是否超过排放标准",
        "依照《中华人民共和国行政处罚法》第二十六条的规定",
        "请自收到本函之日起3个工作日内提出书面意见和相关证据材料",
        "证据可能灭失，请及时指派执法人员到现场处置",
        "现场检查记录（1份1页）",
        f"联系人：{person(asking.officer).name}",
    ):
        assert said in words.replace("<br>", ""), said


def test_where_the_source_has_no_number_the_letter_names_none(asking):
    asked = asking.sent(asking.ask(kind_of="personnel", technique="", contact="张明 0350-1"))
    words = printed(asked, "assistance_letter")
    assert "请及时予以协助，并书面答复。" in words
    assert "工作日" not in words
    assert "联系人及电话：张明 0350-1" in words


def test_the_other_papers_answer_the_letter_by_its_number(asking):
    asked = asking.supplement(asking.received(), date(2026, 9, 25))
    asked = asking.take(asked, "supply", asking.officer, words="已补充")
    asked = asking.extended(asked, date(2026, 10, 9))
    asked = asking.answered(asked)
    number = asked.documents.get(key="assistance_letter").number
    for key in ("assistance_supplement_notice", "assistance_extension_notice", "assistance_reply"):
        words = printed(asked, key)
        assert f"《执法协助函》（{number}）" in words, key
        assert "阳方口镇人民政府：" in words, key
    other = asking.received(asking.sent(asking.ask(kind_of="archives", technique="")))
    asking.take(other, "list_archive", asking.receiver, name="卷", how="consulted", copies=2, pages=9)
    other = asking.take(other, "lend", asking.receiver, reader="张明")
    assert other.documents.get(key="assistance_letter").number in printed(other, "consultation_list")
    assert "合计 1 件" in printed(other, "consultation_list")


def test_a_preview_is_made_before_anything_is_taken(asking):
    asked = asking.received()
    user = person(asking.receiver)
    actor = Actor(user, posts_of(user)[0])
    facts = {
        "assistance_extension_notice": {"until": date(2026, 10, 9), "extension_ground": "复测"},
        "assistance_refusal": {"refusal_ground": "forbidden", "refusal_reasons": "涉密", "refusal_basis": "规章"},
        "assistance_reply": {"conclusions": "1. 是", "work_done": "采样", "answer_basis": "标准"},
        "assistance_supplement_notice": {"items": "照片", "why": "不清", "by_day": date(2026, 9, 25)},
        "consultation_list": {"reader": "张明"},
    }
    for key, typed in facts.items():
        assert preview(key, type(asked).fetch(asked.pk), actor, typed)[:4] == b"%PDF", key


def test_letters_are_letters_and_the_list_is_a_table():
    keys = {key: document for key, document in registry().items() if "assistance" in key or key == "consultation_list"}
    assert len(keys) == 6
    assert {key for key, one in keys.items() if one.style != Style.LETTER} == {"consultation_list"}
    assert len({document.series for document in keys.values()}) == 6


@pytest.mark.rules("NW-3.57")
def test_the_reply_lists_the_opinion_paper_and_hands_over_nothing_where_there_is_nothing(asking):
    asked = asking.received()
    photo = upload(asked, asking.receiver, "photo", "采样照片")
    words = printed(asking.answered(asked, evidence=[photo]), "assistance_reply")
    assert words.index("1. 监测报告（1份1页）") < words.index("2. 采样照片（1份1页）")
    assert "以上意见和材料移交你单位" in words
    asked = asking.received(asking.sent(asking.ask(kind_of="information", technique="")))
    words = printed(asking.answered(asked, experts="", opinion_paper=None), "assistance_reply")
    assert "移交" not in words
    assert "提供的证据材料" not in words


def test_the_preview_of_the_reply_lists_the_paper_that_is_uploaded_with_it(asking):
    facts = {"opinion_paper": None, "opinion_paper_upload": picture(), "evidence": []}
    assert given(facts) == ["签字盖章的意见书（1份）"]
