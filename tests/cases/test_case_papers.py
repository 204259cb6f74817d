"""The papers of a case come with the steps that they belong to."""

import pytest

from tests.county import at

ON_THE_SPOT = {"at": at("2026-09-21 08:30"), "words": "当面要求停止，当事人表示配合"}


@pytest.fixture
def own(story):
    story.item = 44
    return story.case(ongoing=True)


def keys(case) -> set[str]:
    return set(case.documents.values_list("key", flat=True))


@pytest.mark.rules("NW-1.4", "LAW-8", "LAW-11")
def test_each_step_leaves_its_paper(story, own):
    story.take(own, "dissuade", story.officer, **ON_THE_SPOT)
    story.take(own, "file_case", story.officer, words="立案")
    by_day = at("2026-10-15 00:00").date()
    story.take(own, "order_to_correct", story.officer, correction="拆除并恢复原状", correct_by=by_day)
    story.take(own, "ask_legal_review", story.officer, words="拟处罚")
    story.take(own, "return_review", "yangfangkou.legal", words="补充当事人身份证明")
    story.take(own, "ask_legal_review", story.officer, words="已补充")
    story.take(own, "pass_review", "yangfangkou.legal", words="合法")
    assert keys(own) == {"dissuasion_record", "case_filing", "order_to_correct", "legal_review_opinion"}
    opinions = own.documents.filter(key="legal_review_opinion")
    assert [("退回补正" in o.html, "同意" in o.html) for o in opinions] == [(True, False), (False, True)]


def test_not_filing_leaves_its_reasons_on_paper(story, own):
    story.take(own, "decline_to_file", story.officer, words="行为轻微并已改正")
    assert "行为轻微并已改正" in own.documents.get(key="case_not_filed").html
