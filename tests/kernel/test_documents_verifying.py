"""Whether a paper is the one issued, and who may have its PDF."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coordination.kernel.documents import IssuedDocument, issue, render_document, verify
from coordination.kernel.documents.verification import ALPHABET, new_code, qr
from tests.county import organ, person
from tests.kernel.test_documents_issuing import circumstances
from tests.kernel.test_documents_printing import UNPRINTABLE, content, shelf

__all__ = ["shelf"]


@pytest.fixture
def issued(story, shelf) -> IssuedDocument:
    document = issue("case_filing", **circumstances(story, story.case()))
    render_document(document.pk)
    document.refresh_from_db()
    return document


def upload(words: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("立案审批表.pdf", words, "application/pdf")


def test_codes_are_long_unlike_one_another_and_without_look_alikes():
    codes = {new_code() for _each in range(2000)}
    assert len(codes) == 2000
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)


def test_a_code_is_found_however_it_is_typed(issued):
    for typed in (issued.code, issued.code.lower(), f" {issued.code[:4]}-{issued.code[4:8]} {issued.code[8:]}"):
        assert verify(typed).number == issued.number
    assert verify("ABCD-EFGH-2345") is None
    assert verify("") is None


def test_the_qr_code_leads_to_the_page_and_lies_in_the_words(issued, settings):
    settings.PUBLIC_URL = "https://zfxz.example.gov.cn"
    assert qr(issued.code).startswith("<svg")
    assert "<svg" in issued.html
    assert issued.code[:4] + "-" in issued.html


def test_anyone_sees_the_number_the_organ_the_date_and_the_hash_and_nothing_else(client, issued):
    page = client.get(reverse("verify"), {"code": issued.code})
    words = page.content.decode()
    for said in (issued.number, organ("yangfangkou").name, "2026-09-21", issued.sha256, "立案审批表"):
        assert said in words
    for unsaid in (issued.matter.title, issued.matter.subject_name, issued.matter.number):
        assert unsaid not in words
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_the_file_issued_is_told_from_any_other(client, issued):
    true, false = content(issued), content(issued) + b"\n"
    page = client.post(reverse("verify"), {"code": issued.code, "file": upload(true)}).content.decode()
    assert "与制发的文书一致，没有被改动" in page
    page = client.post(reverse("verify"), {"code": issued.code, "file": upload(false)}).content.decode()
    assert "不一致" in page


def test_a_file_offered_before_the_pdf_is_made_is_not_called_false(client, story, shelf):
    waiting = issue("case_filing", **circumstances(story, story.case()))
    page = client.post(reverse("verify"), {"code": waiting.code, "file": upload(b"%PDF-")}).content.decode()
    assert "还在制作" in page


def test_an_unknown_code_and_a_file_too_large_are_answered_in_words(client, issued, monkeypatch):
    assert "没有这个验证码" in client.get(reverse("verify"), {"code": "ABCDEFGH2345"}).content.decode()
    monkeypatch.setattr("coordination.kernel.web.verify.LARGEST", 10)
    page = client.post(reverse("verify"), {"code": issued.code, "file": upload(content(issued))}).content.decode()
    assert "超过 20 MB" in page
    assert "没有这个验证码" not in page


def test_the_page_without_a_question_asks_for_the_code(client, db):
    page = client.get(reverse("verify"))
    assert page.status_code == 200
    assert "没有这个验证码" not in page.content.decode()


def test_the_pdf_is_handed_to_those_who_may_see_the_matter_and_hidden_from_others(client, issued, story):
    address = reverse("document", args=[issued.pk])
    assert client.get(address).status_code == 302, "login first"
    client.force_login(person(story.officer))
    page = client.get(address)
    assert b"".join(page.streaming_content) == content(issued)
    assert page.headers["Content-Type"] == "application/pdf"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Content-Disposition"].startswith("inline")
    saved = client.get(address, {"download": ""})
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content) == content(issued)
    assert client.post(address).status_code == 405
    client.force_login(person("dongzhai.officer1"))
    assert client.get(address).status_code == 404


def test_whoever_opens_a_document_that_was_not_printed_has_it_printed(client, story, shelf):
    waiting = issue("case_filing", **circumstances(story, story.case()))
    client.force_login(person(story.officer))
    page = client.get(reverse("document", args=[waiting.pk]))
    assert b"".join(page.streaming_content).startswith(b"%PDF-")


def test_a_document_that_cannot_be_printed_shows_its_fault_and_a_retry(client, story, shelf):
    waiting = issue("case_filing", **circumstances(story, story.case()))
    IssuedDocument.objects.filter(pk=waiting.pk).update(html=UNPRINTABLE)
    client.force_login(person(story.officer))
    page = client.get(reverse("document", args=[waiting.pk]))
    assert page.status_code == 503
    assert "再试一次" in page.content.decode()
    assert "notdef" in page.content.decode()


def test_a_preview_is_for_those_who_may_take_the_step(client, story):
    referral = story.approved()
    address = reverse("document_preview", args=[referral.number, "lead_letter"])
    client.force_login(person(story.officer))
    page = client.get(address)
    assert page.content.startswith(b"%PDF-")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("document_preview", args=[referral.number, "result_letter"])).status_code == 404
    client.force_login(person("dongzhai.officer1"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("stage", "step"), [("draft", "submit"), ("awaiting_approval", "approve")])
def test_the_letter_is_read_before_it_is_submitted_and_before_it_is_approved(client, story, stage, step):
    referral = story.draft()
    if step == "approve":
        referral = story.take(referral, "submit", story.officer)
    client.force_login(person(story.approver if step == "approve" else story.officer))
    address = reverse("step", args=[referral.number, step])
    assert "预览文书" in client.get(address).text
    page = client.post(address, {"_preview": "yes", "version": referral.version})
    assert page.content.startswith(b"%PDF-")
    assert type(referral).objects.get(pk=referral.pk).stage == stage
    assert not referral.documents.exists()


def test_a_preview_that_lacks_something_says_so_on_the_matter_s_page(client, story):
    referral = story.approved()
    referral.officers.set([])
    client.force_login(person(story.officer))
    page = client.get(reverse("document_preview", args=[referral.number, "lead_letter"]), follow=True)
    assert "2 名以上持证执法人员" in page.content.decode()
