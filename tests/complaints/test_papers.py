"""The papers of a complaint as they are printed: what they say, to whom, and that they name nobody."""

import pytest

from coordination.kernel import pdf
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.now import now
from tests.complaints.tale import NAME
from tests.county import organ


def printed(matter, key: str) -> str:
    paper = IssuedDocument.objects.filter(matter=matter, key=key).latest("pk")
    assert "None" not in paper.html
    assert NAME not in paper.html
    assert pdf.page_count(pdf.render(paper.html)) == 1
    return paper.html


@pytest.mark.rules("NW-2.13", "YY-3.5")
def test_the_notice_of_a_transfer_says_what_went_when_and_to_whom(told):
    complaint = told.transferred()
    told.referral_of(complaint)
    told.take(complaint, "tell_transfer", told.officer, way="written", at=now())
    words = printed(complaint, "complaint_transfer_notice")
    assert "于2026年9月21日移送忻州市生态环境局宁武分局" in words
    assert "处理结果由上述机关以适当方式告知你（单位）" in words


@pytest.mark.rules("NW-3.30", "NW-3.31")
def test_the_notice_of_the_other_way_names_the_township_to_go_to(told):
    told.item = 44
    complaint = told.passed_on(told.verifying("zhujian.officer1"), "zhujian.officer1")
    words = printed(complaint, "complaint_transfer_notice")
    assert f"请向{organ('yangfangkou').name}反映" in words
    assert "由其组织调查，依法受理" in words


@pytest.mark.rules("NW-2.15", "NW-3.26", "NW-3.34", "NW-3.35")
def test_the_result_goes_to_the_complainant_and_the_feedback_to_the_department(told):
    told.item = 44
    complaint = told.passed_on(told.verifying("zhujian.officer1"), "zhujian.officer1")
    complaint = told.take(complaint, "take_up", told.officer, about=told.item_of(complaint))
    result = {"about": told.item_of(complaint), "result": "已责令清理，当事人已恢复原状。"}
    complaint = told.take(complaint, "record_result", told.officer, **result)
    complaint = told.told(complaint, told.officer)
    assert "已责令清理，当事人已恢复原状。" in printed(complaint, "complaint_result_notice")
    complaint = told.take(complaint, "report_back", told.officer, about=told.item_of(complaint))
    letter = printed(complaint, "complaint_feedback")
    assert f"{organ('zhujian').name}：" in letter
    assert "处理结果已于2026年9月21日告知投诉举报人" in letter
