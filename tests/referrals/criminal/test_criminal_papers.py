"""Every document of a criminal transfer, issued by its step, printed, and without a hole where a fact is missing."""

import re

import pytest
from django.conf import settings

from coordination.kernel import pdf
from coordination.kernel.documents import registry
from tests.county import ningwu  # noqa: F401
from tests.referrals.criminal.test_the_way_to_the_police import crime  # noqa: F401

ARTICLE = re.compile(r"《行政执法机关移送涉嫌犯罪案件的规定》(第[一二三四五六七八九十]+条)")


@pytest.mark.rules("LAW-12", "LAW-13", "LAW-16", "LAW-17")
def test_each_paper_is_issued_on_its_way_and_can_be_printed(crime):  # noqa: F811
    refused = crime.take(crime.reported(), "refuse", crime.head, refusal_reasons="证据不足")
    upheld = crime.told(crime.reconsidering(), "uphold", words="维持")
    handed = crime.handed_over(crime.filed(crime.told(crime.supervised(upheld), "order_filing", words="应当立案")))
    papers = [*refused.documents.all(), *handed.documents.all()]
    declared = {key for key in registry() if key.startswith("criminal_")}
    assert {paper.key for paper in papers} == declared - {"criminal_receipt"}, "the police sign on paper of their own"
    for paper in papers:
        assert "None" not in paper.html, paper.key
        assert pdf.page_count(pdf.render(paper.html)) >= 1


@pytest.mark.rules("LAW-12")
def test_the_papers_cite_the_articles_on_which_they_rest():
    cited = {
        path.stem: set(ARTICLE.findall(path.read_text(encoding="utf-8")))
        for path in (settings.BASE_DIR / "templates" / "documents").glob("criminal_*.html")
    }
    assert cited == {
        "criminal_report": {"第五条"},
        "criminal_refusal": {"第五条"},
        "criminal_transfer_form": {"第五条"},
        "criminal_property_list": set(),
        "criminal_receipt": {"第七条"},
        "criminal_reconsideration": {"第九条"},
        "criminal_supervision_request": {"第九条"},
        "criminal_handover_sheet": {"第十二条"},
    }
