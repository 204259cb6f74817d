"""The items of a complaint: each with a name, an end and readers of its own."""

import pytest
from django.urls import reverse

from complaints.models import Complaint
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.journal import Entry
from coordination.kernel.now import now
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from tests.complaints.tale import ComplaintStory
from tests.complaints.test_identity import at_the_window, page_of
from tests.county import organ, person

DUST = "工地扬尘"
NAMELESS = {"anonymous": True, "sealed_name": "", "sealed_phone": ""}


def two(told: ComplaintStory) -> Complaint:
    return told.take(told.verifying(), "add_item", told.officer, words="工地没有洒水，扬尘很大。")


@pytest.mark.rules("NW-2.11", "NW-2.12")
def test_of_several_items_each_case_and_letter_bears_its_own_name_and_place(told):
    complaint = two(told)
    assert complaint.step_initial("transfer", now())["title"] == ""
    with pytest.raises(Refusal, match="有几个事项") as refused:
        told.transferred(complaint, about=told.item_of(complaint, 2))
    assert refused.value.field == "title"
    own = {"title": DUST, "place": organ("fenghuang"), "place_text": "东关工地", "item": complaint.item}
    complaint = told.transferred(complaint, about=told.item_of(complaint, 2), **own)
    case = told.item_of(complaint, 2).case
    assert (case.title, case.place, case.place_text) == (DUST, organ("fenghuang"), "东关工地")
    told.sent(told.approved(told.draft(case)))
    letter = IssuedDocument.objects.get(key="lead_letter").html
    assert DUST in letter
    assert complaint.title not in letter


@pytest.mark.rules("NW-2.10")
def test_a_single_item_is_called_as_the_complaint_and_stands_ready_so(told):
    told.item = 44
    complaint = told.verifying()
    assert complaint.step_initial("open_case", now())["title"] == complaint.title
    told.take(complaint, "open_case", told.officer, about=told.item_of(complaint), words="属实")
    case = told.item_of(complaint).case
    assert (case.title, case.place, case.place_text) == (complaint.title, complaint.place, complaint.place_text)


@pytest.mark.rules("NW-2.10", "NW-3.26", "NW-3.27", "LAW-20")
def test_what_is_true_is_answered_without_a_case_only_of_conduct_or_by_who_enforces_nothing(told):
    handled = {"result": "已对当事人批评教育，并公开道歉。", "finding": "handled"}
    violation = told.verifying()
    with pytest.raises(Refusal, match="立案办理") as refused:
        told.take(violation, "answer", told.officer, about=told.item_of(violation), **handled)
    assert refused.value.field == "finding"
    conduct = told.verifying("xianfu.supervisor", accused=organ("yangfangkou"))
    conduct = told.take(conduct, "answer", "xianfu.supervisor", about=told.item_of(conduct), **handled)
    told.told(conduct, "xianfu.supervisor")
    letter = IssuedDocument.objects.get(matter=conduct, key="complaint_result_notice").html
    assert "核实结论：情况属实，已作处理。" in letter
    assert "未发现违法行为" not in letter
    plain = told.told(told.answered(), told.officer)
    assert "核实结论：未发现违法行为。" in IssuedDocument.objects.get(matter=plain).html


@pytest.mark.rules("NW-2.16", "YY-3.8")
def test_an_item_of_which_nobody_could_be_told_does_not_stand_as_told(told):
    told.item, clerk = 44, "zhujian.officer1"
    complaint = told.passed_on(told.verifying(clerk, **NAMELESS), clerk)
    complaint = told.take(complaint, "take_up", told.officer, about=told.item_of(complaint))
    result = {"about": told.item_of(complaint), "result": "已责令清理。"}
    complaint = told.take(complaint, "record_result", told.officer, **result)
    facts = {"about": told.item_of(complaint), "words": "匿名来电，没有留下联系方式"}
    complaint = told.take(complaint, "note_unreachable", told.officer, **facts)
    assert (complaint.stage, told.item_of(complaint).state) == ("told", "unreachable")
    assert "无法告知" in told.item_of(complaint).get_state_display()
    complaint = told.take(complaint, "report_back", told.officer, about=told.item_of(complaint))
    assert "联系方式不详，处理结果无法告知" in IssuedDocument.objects.get(key="complaint_feedback").html
    assert told.take(complaint, "conclude", clerk).stage == "concluded"


@pytest.mark.rules("NW-2.15")
def test_to_tell_the_result_is_offered_to_nobody_before_there_is_one(told):
    def offered(complaint: Complaint, login: str) -> set[str]:
        return {one.step.name for one in open_steps(complaint, person(login), now())}

    telling = {"tell_complainant", "note_unreachable"}
    complaint = told.transferred()
    told.accepted(told.referral_of(complaint))
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    for login in (told.officer, told.receiver):
        assert not telling & offered(complaint, login)
    assert telling & offered(told.answered(), told.officer) == {"tell_complainant"}
    assert telling & offered(told.answered(told.verifying(**NAMELESS)), told.officer) == {"note_unreachable"}


@pytest.mark.rules("LAW-20", "NW-2.15")
def test_who_received_one_item_reads_its_words_alone_and_nothing_of_whom_it_accuses(told):
    complaint = told.verifying(accused=organ("fagai"), accused_words="股长钱某")
    complaint = told.take(complaint, "add_item", told.officer, words="发改局股长收受好处。")
    own = {"title": "洗煤点排放废水"}
    complaint = told.transferred(complaint, about=told.item_of(complaint), **own)
    told.accepted(told.referral_of(complaint))
    told.learn()
    sections = Complaint.objects.get(pk=complaint.pk).sections_for(person(told.receiver))
    assert "收受好处" not in str(sections)
    assert "黑水排进村东的土坑" in str(sections)
    page = page_of(told.receiver, complaint)
    assert "钱某" not in page
    assert "被反映的行政机关" not in page
    api = reverse("api-complaints-detail", args=[complaint.number])
    assert "钱某" not in at_the_window(told.receiver).get(api).content.decode()
    whole = page_of(told.officer, complaint)
    for words in ("钱某", "收受好处", "黑水排进村东的土坑"):
        assert words in whole


@pytest.mark.rules("NW-2.14")
def test_the_progress_of_a_referral_names_a_result_only_where_there_is_one_and_once(told):
    complaint = told.transferred()
    referral = told.accepted(told.referral_of(complaint))
    told.learn()
    followed = Entry.objects.filter(matter=complaint, step="follow")
    taken = [one.words["facts"] for one in followed if "办理中" in str(one.words["facts"])]
    assert taken
    assert "处理结果" not in str(taken)
    assert [label for label, _text in taken[0]].count("进展") == 1
    told.take(referral, "decline_to_file", told.receiver, reasons="已改正", legal_basis="第三十三条")
    told.learn()
    last = followed.latest("pk").words["facts"]
    assert [text for label, text in last if label == "处理结果"] == [told.item_of(complaint).result]
    assert "处理结果：" not in told.item_of(complaint).result


@pytest.mark.rules("NW-2.14")
def test_a_result_that_is_returned_is_the_result_without_its_label(told):
    complaint = told.transferred()
    referral = told.accepted(told.referral_of(complaint))
    told.take(referral, "file_case", told.receiver, words="立案")
    told.take(referral, "return_result", told.receiver, result="罚款二万元", decision_number="1", executed="已缴清")
    told.learn()
    result = told.item_of(complaint).result
    assert result.startswith("罚款二万元")
    assert "处理结果：" not in result


def test_what_is_over_is_nobodys_turn_any_more(told):
    complaint = told.told(told.answered(), told.officer)
    panels = {one["title"]: one for one in complaint.sections_for(person(told.officer))}
    assert "轮到" not in str(panels["事项 1"]["note"])
    assert "现在由谁办理" in str(panels["责任和办理单位"])
    complaint = told.take(told.take(complaint, "conclude", told.officer), "archive", told.officer, at=now())
    assert "现在由谁办理" not in str(complaint.sections_for(person(told.officer)))
