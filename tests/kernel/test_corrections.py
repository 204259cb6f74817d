"""更正: another document takes the place of an issued one: words put right, a number, a date and codes of its own."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from coordination.kernel.documents import IssuedDocument, NumberSeries, Style, issue, render_document, verify
from coordination.kernel.journal import Entry, timeline
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import travel_to
from coordination.kernel.steps.correcting import correct, may_correct
from coordination.kernel.words import Refusal
from tests.county import at, person
from tests.kernel.test_documents_issuing import circumstances
from tests.kernel.test_documents_printing import shelf

__all__ = ["shelf"]
SIGNER = "yangfangkou.approver"
CHANGES = [("黑岭洗选", "黑岭选煤")]
REASON = "当事人名称有误"


@pytest.fixture
def letter(story, shelf) -> IssuedDocument:
    return story.sent().documents.get(key="lead_letter")


def text_of(issued: IssuedDocument) -> str:
    return re.sub(r"\s+", "", re.sub(r"<style>.*?</style>|<[^>]*>", "", issued.html, flags=re.DOTALL))


def corrected(letter, changes=CHANGES, login: str = SIGNER) -> IssuedDocument:
    return correct(letter, changes, REASON, person(login))


def test_the_new_one_has_the_words_put_right_and_all_that_is_its_own(letter):
    travel_to(at("2026-10-09 10:00"))
    before = letter.html
    new = corrected(letter)
    assert (new.corrects, new.key, new.title, new.series) == (letter, letter.key, letter.title, letter.series)
    assert new.serial == letter.serial + 1
    told = text_of(new)
    assert "黑岭选煤" in told
    assert "黑岭洗选" not in told
    assert f"本函替代{letter.number}《{letter.title}》，该函同时作废。" in told
    assert told.count(letter.number) == 1
    assert new.number in told
    assert "2026年10月9日" in told
    assert "-".join(re.findall("....", new.code)) in told
    assert "-".join(re.findall("....", letter.code)) not in told
    letter.refresh_from_db()
    assert letter.html == before
    assert "本函替代" not in text_of(letter)


def test_what_is_not_marked_stays_as_it_was_issued(letter):
    """But for what was put right, the number, the date, the codes and the note, the two are the same."""
    travel_to(at("2026-10-09 10:00"))
    new = corrected(letter)
    note = f"本函替代{letter.number}《{letter.title}》，该函同时作废。"
    bare = text_of(new).replace(note, "").replace(new.number, letter.number).replace("黑岭选煤", "黑岭洗选")
    old = text_of(letter)
    assert bare[: bare.index("验证码")].replace("2026年10月9日", "2026年9月21日") == old[: old.index("验证码")]


def test_it_is_printed_and_the_verification_of_the_old_one_says_so(letter):
    render_document(letter.pk)
    new = corrected(letter)
    render_document(new.pk)
    new.refresh_from_db()
    assert new.printed
    assert verify(letter.code).later == str(new)
    assert verify(new.code).later == ""


def test_the_next_document_names_the_corrected_one_and_a_second_correction_the_first(letter):
    new = corrected(letter)
    with pytest.raises(Refusal, match="请更正后一份"):
        corrected(letter)
    last = corrected(new, [("黑岭选煤", "黑岭煤业")])
    told = text_of(last)
    assert f"本函替代{new.number}" in told
    assert letter.number not in told
    assert last.corrects.corrects == letter


def test_it_stands_in_the_journal_and_the_other_organ_is_told(letter):
    matter = Matter.objects.get(pk=letter.matter_id)
    new = corrected(letter)
    last = Entry.objects.get(matter=matter, step="correct_document")
    assert last in timeline(matter)
    facts = dict(last.words["facts"])
    assert facts["更正内容"] == "黑岭洗选 → 黑岭选煤"
    assert facts["更正的理由"] == REASON
    assert last.actor == person(SIGNER)
    told = Notice.objects.filter(entry=last)
    assert {notice.organ.key for notice in told} == {"ningwu.shengtai"}
    assert new.number in told.get().title
    after = Matter.objects.get(pk=matter.pk)
    assert (after.version, after.stage) == (matter.version, matter.stage)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([("黑岭洗煤厂有限责任公司", "x")], "文书正文中没有"),
        ([], "请填写文书中有误的文字"),
        ([("黑岭洗选", "黑岭洗选")], "请填写文书中有误的文字"),
        ([("<p", "x")], "文书正文中没有"),
        ([("验证码", "x")], "文书正文中没有"),
        ([("〔2026〕", "x")], "文书正文中没有"),
        ([("同时作废", "x")], "文书正文中没有"),
        ([("\ue004", "x")], "文书正文中没有"),
    ],
)
def test_what_does_not_stand_in_the_words_is_refused_before_a_number_is_taken(letter, changes, says):
    taken = list(NumberSeries.objects.values_list("pk", "last"))
    with pytest.raises(Refusal, match=says):
        corrected(letter, changes)
    assert list(NumberSeries.objects.values_list("pk", "last")) == taken


def test_what_is_typed_is_text_and_no_page(letter):
    new = corrected(letter, [("黑岭洗选", "<b>黑岭&洗选</b>")])
    assert "&lt;b&gt;黑岭&amp;洗选&lt;/b&gt;" in new.html


@pytest.mark.parametrize("login", ["yangfangkou.officer1", "shengtai.approver", "sifa.supervisor1"])
def test_only_who_signs_for_the_organ_that_issued_it_corrects_it(letter, login):
    assert not may_correct(letter, person(login))
    with pytest.raises(Refusal, match="请联系"):
        corrected(letter, login=login)


def test_a_sheet_says_in_its_own_words_what_it_replaces(story, shelf):
    sheet = story.sent().documents.get(key="handover_sheet")
    told = text_of(corrected(sheet, [("接收单位：", "接收方单位：")]))
    assert f"本件替代{sheet.number}《{sheet.title}》，该件同时作废。" in told
    assert "接收方单位：" in told


def test_every_template_of_a_document_marks_what_a_correction_writes_anew():
    for style in Style:
        about = {"document": SimpleNamespace(style=style), "organ": SimpleNamespace(name="阳方口镇人民政府")}
        words = render_to_string(f"documents/base_{style}.html", about)
        assert words.count("<!--corrects--><!--/corrects-->") == 1, style
        assert "<!--proof-->" in words, style
        assert ("<!--issued-->" in words) == (style is not Style.TABLE), style


# The page


def page(issued: IssuedDocument) -> str:
    return reverse("document_correct", args=[issued.pk])


FORM = {"was_1": "黑岭洗选", "reads_1": "黑岭选煤", "reason": REASON}


def test_it_is_done_on_a_page_that_the_page_of_the_seal_leads_to(client, letter):
    client.force_login(person(SIGNER))
    assert page(letter) in client.get(reverse("document_seal", args=[letter.pk])).content.decode()
    assert client.get(page(letter)).status_code == 200
    draft = client.post(page(letter), FORM | {"preview": "1"})
    assert (draft["Content-Type"], letter.corrections.count()) == ("application/pdf", 0)
    assert client.post(page(letter), FORM).status_code == 302
    shown = client.get(reverse("matter", args=[letter.matter.number])).content.decode()
    new = letter.corrections.get()
    assert f"已更正，见{new.number}" in shown
    assert page(letter) not in client.get(reverse("document_seal", args=[letter.pk])).content.decode()
    assert client.get(page(letter)).status_code == 403


def test_a_fault_keeps_what_was_typed_and_says_where_it_is(client, letter):
    client.force_login(person(SIGNER))
    again = client.post(page(letter), FORM | {"was_2": "没有这句话"})
    assert again.status_code == 422
    assert "第 2 处" in again.content.decode()
    assert "黑岭选煤" in again.content.decode()
    assert client.post(page(letter), FORM | {"reason": ""}).status_code == 422
    assert not letter.corrections.exists()


def test_whoever_may_not_is_told_so_and_a_stranger_finds_nothing(client, letter):
    for login, status in (("yangfangkou.officer1", 403), ("shengtai.officer1", 403), ("zhujian.officer1", 404)):
        client.force_login(person(login))
        assert client.get(page(letter)).status_code == status, login
        assert client.post(page(letter), FORM).status_code in (403, 404, 422), login
    assert not letter.corrections.exists()


def test_a_form_without_a_seal_is_corrected_from_the_list_of_papers(client, story, shelf):
    case = story.case()
    issued = issue("case_filing", **circumstances(story, case))
    assert not issued.document.sealed
    for login, there in ((SIGNER, True), (story.officer, False)):
        client.force_login(person(login))
        shown = client.get(reverse("matter", args=[case.number])).content.decode()
        assert (page(issued) in shown) == there, login
