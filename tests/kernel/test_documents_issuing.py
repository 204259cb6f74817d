"""Numbers without gaps, words that are frozen, and what is refused before a number is taken."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.template.loader import get_template
from django.utils import translation

from cases.documents import CASE_FILING
from coordination.kernel.documents import IssuedDocument, NumberSeries, issue, issue_all, preview
from coordination.kernel.journal import Entry
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, Organ, posts_of
from coordination.kernel.pdf import page_count
from coordination.kernel.words import Refusal
from tests.county import at, organ, person


def actor_of(login: str) -> Actor:
    user = person(login)
    return Actor(user, posts_of(user)[0])


def circumstances(story, case, **more) -> dict:
    """What a step would give to issue_all()."""
    actor = actor_of(story.officer)
    entry = Entry.objects.filter(matter=case.pk).first()
    return {
        "matter": case, "entry": entry, "organ": actor.organ, "actor": actor, "facts": {"words": "符合立案条件"},
        "moment": now(), **more,
    }  # fmt: skip


def serials(organ: Organ) -> list[int]:
    return sorted(IssuedDocument.objects.filter(organ=organ).values_list("serial", flat=True))


@pytest.mark.rules("NW-1.10", "NW-3.19", "NW-2.12")
def test_a_referral_that_is_sent_has_its_letter_and_sheet_with_numbers_of_the_sender(story):
    referral = story.sent()
    letter, sheet = IssuedDocument.objects.filter(matter=referral.pk)
    assert (letter.key, letter.number) == ("lead_letter", "阳政移线〔2026〕1号")
    assert (sheet.key, sheet.number) == ("handover_sheet", "阳政移交〔2026〕1号")
    assert letter.number in letter.html
    assert letter.number in sheet.html, "papers of one step know each other's numbers"
    assert "\ue000" not in letter.html + sheet.html


def test_numbers_go_on_through_the_year_and_begin_anew_on_new_year_s_day_in_china(story):
    case = story.case()
    moments = ("2026-12-31 23:59", "2026-12-31 23:59", "2027-01-01 00:01")
    numbers = [issue("case_filing", **circumstances(story, case, moment=at(each))).number for each in moments]
    assert numbers == ["阳政立〔2026〕1号", "阳政立〔2026〕2号", "阳政立〔2027〕1号"]


def test_a_step_that_is_undone_gives_its_number_back(story):
    case = story.case()
    _issue_or_undo(story, case, organ(story.township), undo=True)
    assert issue("case_filing", **circumstances(story, case)).serial == 1


@pytest.mark.django_db(transaction=True)
def test_eight_organs_that_issue_at_once_leave_no_gap_and_no_number_twice(story):
    case = story.case()
    organs = list(Organ.objects.filter(kind="township").exclude(mark="")[:8])
    at_once = Barrier(len(organs))

    def issue_many(one: Organ) -> None:
        try:
            at_once.wait()
            for turn in range(9):
                _issue_or_undo(story, case, one, undo=turn % 3 == 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(organs)) as pool:
        list(pool.map(issue_many, organs))
    assert len(organs) == 8
    assert all(serials(one) == [1, 2, 3, 4, 5, 6] for one in organs)


@pytest.mark.django_db(transaction=True)
def test_eight_officers_of_one_organ_that_issue_at_once_leave_no_gap_and_no_number_twice(story):
    case, one = story.case(), organ(story.township)
    at_once = Barrier(8)

    def issue_many(hand: int) -> None:
        try:
            at_once.wait()
            for turn in range(6):
                _issue_or_undo(story, case, one, undo=(turn + hand) % 3 == 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(issue_many, range(8)))
    assert serials(one) == list(range(1, 33))
    assert NumberSeries.objects.get(organ=one, series="立", year=2026).last == 32


def _issue_or_undo(story, case, one: Organ, *, undo: bool) -> None:
    with transaction.atomic():
        issue(CASE_FILING, **circumstances(story, case, organ=one))
        if undo:
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_steps_that_issue_the_same_kinds_in_another_order_do_not_lock_each_other_out(story):
    case, one = story.case(), organ(story.township)
    orders = [("case_filing", "stop_record"), ("stop_record", "case_filing")] * 4
    at_once = Barrier(len(orders))

    def issue_both(order: tuple[str, str]) -> None:
        try:
            at_once.wait()
            for _turn in range(4):
                with transaction.atomic():
                    issue_all(order, **circumstances(story, case, organ=one))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(orders)) as pool:
        list(pool.map(issue_both, orders))
    assert sorted(serials(one)) == sorted([*range(1, 33)] * 2)


def test_the_words_are_frozen_whatever_becomes_of_the_case(story):
    case = story.case()
    issued = issue("case_filing", **circumstances(story, case))
    before = issued.html
    type(case).objects.filter(pk=case.pk).update(title="改过的案由", basic_facts="改过的事实")
    issued.refresh_from_db()
    assert issued.html == before
    assert "改过" not in issued.html


def test_a_name_that_no_font_can_write_is_refused_before_a_number_is_taken(story):
    case = story.case(subject_name="宁武县\U0001f9ff洗选有限公司")
    with pytest.raises(Refusal, match="\U0001f9ff") as refused:
        issue("case_filing", **circumstances(story, case))
    assert "scripts/fonts.sh" in refused.value.message
    assert not NumberSeries.objects.exists()
    assert not IssuedDocument.objects.exists()


def test_an_organ_without_a_mark_is_told_where_to_set_it(story):
    case, one = story.case(), organ(story.township)
    one.mark = ""
    with pytest.raises(Refusal, match="发文机关代字"):
        issue("case_filing", **circumstances(story, case, organ=one))


@pytest.mark.rules("NW-1.8")
def test_a_letter_without_two_officers_gets_no_number(story):
    referral = story.approved()
    referral.officers.set([person(story.officer)])
    with pytest.raises(Refusal, match="2 名"):
        issue("lead_letter", **circumstances(story, referral))
    assert not NumberSeries.objects.exists()


def test_a_typed_mark_of_the_number_s_place_is_never_taken_for_it(story):
    case = story.case(basic_facts="占用\ue000基本农田倾倒建筑垃圾约二十立方米。")
    with pytest.raises(Refusal):
        issue("case_filing", **circumstances(story, case))


def test_a_document_speaks_chinese_whatever_the_reader_s_language(story):
    case = story.case()
    with translation.override("en"):
        issued = issue("case_filing", **circumstances(story, case))
    assert "日常巡查" in issued.html
    assert issued.title == "立案审批表"


def test_a_correction_is_a_new_document_that_names_the_old(story):
    case = story.case()
    first = issue("case_filing", **circumstances(story, case))
    second = issue("case_filing", **circumstances(story, case), corrects=first)
    assert second.corrects == first
    assert second.number != first.number
    assert f"替代{first.number}" in second.html


def test_what_an_organ_off_the_platform_did_is_recorded_and_not_issued_in_its_name(story):
    referral = story.sent()
    recorder = actor_of(story.officer)
    behalf = Actor(recorder.user, recorder.post, on_behalf_of=referral.receiver)
    given = circumstances(story, referral, actor=behalf, organ=behalf.organ, facts={"signer": "王芳"})
    assert issue("acceptance_reply", **given) is None, "its own paper lies in the scan"
    receipt = issue("service_receipt", **given)
    assert receipt.organ == recorder.post.organ


@pytest.mark.rules("NW-3.21")
def test_a_handover_before_the_service_is_refused(story):
    referral = story.sent()
    referral.handed_over_at = at("2026-09-20 09:00")
    with pytest.raises(Refusal, match="交接时间"):
        issue("handover_sheet_done", **circumstances(story, referral, facts={"receiver_person": "王芳"}))


@pytest.mark.rules("NW-3.21", "NW-1.13")
def test_the_completed_sheet_names_both_sides_people_and_the_first_sheet(story):
    referral = story.accepted()
    done = IssuedDocument.objects.get(matter=referral.pk, key="handover_sheet_done")
    first = IssuedDocument.objects.get(matter=referral.pk, key="handover_sheet")
    assert first.number in done.html
    assert "接收人</th><td>王芳" in done.html
    assert all(officer.certificate_number in done.html for officer in referral.officers.all())
    receipt = IssuedDocument.objects.filter(matter=referral.pk, key="service_receipt").last()
    assert receipt.organ == referral.receiver


@pytest.mark.rules("NW-1.17")
def test_an_objection_says_why_whose_and_where_it_can_go_from_there(story):
    referral = story.sent()
    facts = {
        "finding": "洗煤点位于乡镇管辖事项范围内。", "legal_basis": "清单第53项", "proposal": "请派员会商。",
        "competent_organ": organ("shuili"),
    }  # fmt: skip
    story.take(referral, "object", story.receiver, **facts)
    words = IssuedDocument.objects.get(key="objection").html
    for said in (facts["finding"], facts["legal_basis"], facts["proposal"], organ("shuili").name, "第53项"):
        assert said in words
    assert "报请司法局调解，仍未解决的，报请人民政府裁决" in words


def test_a_preview_takes_no_number_and_stores_nothing(story):
    referral = story.approved()
    content = preview("lead_letter", referral, actor_of(story.officer), {})
    assert page_count(content) >= 1
    assert not NumberSeries.objects.exists()
    assert not IssuedDocument.objects.exists()


def test_a_county_s_own_wording_goes_before_the_common_one(story, settings, tmp_path):
    folder = tmp_path / "documents" / "ningwu"
    folder.mkdir(parents=True)
    (folder / "case_filing.html").write_text(
        '{% extends "documents/case_filing.html" %}{% block heading %}宁武{% endblock %}'
    )
    engine, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}, *others]
    assert "<title>宁武</title>" in issue("case_filing", **circumstances(story, story.case())).html
    assert "<title>宁武</title>" not in get_template("documents/case_filing.html").template.source


def test_three_documents_of_a_step_cost_few_statements(story, django_assert_max_num_queries):
    case = story.found_other(story.case())
    case.properties.create(name="煤泥", quantity=2, unit="吨", value=600)
    referral = story.approved(story.draft(case, property_declared="listed"))
    given = circumstances(story, type(referral).fetch(referral.pk))
    with django_assert_max_num_queries(12):
        issued = issue_all(["lead_letter", "property_list", "handover_sheet"], **given)
    assert len(issued) == 3


def test_the_code_of_the_last_checkpoint_stands_under_every_page(story, monkeypatch):
    monkeypatch.setattr("coordination.kernel.journal.last_checkpoint_code", lambda: "7-3FA2-11C0")
    issued = issue("case_filing", **circumstances(story, story.case()))
    assert "存证校验码 7-3FA2-11C0" in issued.html
