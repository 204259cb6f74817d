"""Answer, refusal, archives, dispute: what must hold, and what becomes of the matter."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assistance.forms import AnswerForm, RefuseForm
from assistance.models import Assistance
from assistance.words import by_number, lines
from cases.models import Case
from coordination.kernel.catalogue import Item
from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.materials import Material
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps.perform import system_step
from coordination.kernel.words import Refusal
from tests.assistance.test_clocks import answer
from tests.county import at, organ, person, upload


def refused_words(call, *args, **facts) -> str:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value.message


@pytest.mark.rules("NW-3.56")
def test_every_numbered_question_gets_its_conclusion(asking):
    asked = asking.received()
    assert "第 2 个问题" in refused_words(asking.answered, asked, conclusions="1. 是洗煤废水。")
    assert "第 1 个问题" in refused_words(asking.answered, asked, conclusions="2、超标")
    paper = asking.answered(asked).documents.get(key="assistance_reply").html
    for words in (
        "问题：悬浮物是否超过排放标准",
        "结论：悬浮物超过排放标准3.2倍",
        "郝工 高级工程师",
        "只对送检样品负责",
    ):
        assert words in paper


def test_lines_may_be_numbered_in_any_hand():
    assert lines("1. 甲\n\n２. 乙\n丙") == ["甲", "乙", "丙"]
    assert by_number("1、甲\n又一行\n3．丙") == {1: "甲\n又一行", 3: "丙"}
    assert by_number("不写编号的答复") == {1: "不写编号的答复"}
    assert by_number("1. \n2. 乙") == {2: "乙"}


@pytest.mark.rules("NW-3.56", "NW-3.57")
def test_a_technical_opinion_needs_two_experts_and_a_sealed_paper(asking):
    asked = asking.received()
    assert "2 名以上专业人员" in refused_words(asking.answered, asked, experts="郝工")
    assert "签字盖章" in refused_words(asking.answered, asked, opinion_paper=None)
    asked = asking.received(asking.sent(asking.ask(kind_of="information", technique="")))
    assert asking.answered(asked, experts="", opinion_paper=None).stage == "answered"


@pytest.mark.rules("LAW-4", "YY-6.7", "NW-3.60", "JH-6.6", "QX-4.14")
def test_within_its_powers_an_organ_must_assist(asking):
    facts = {"refusal_ground": "outside_powers", "refusal_reasons": "人手不足", "refusal_basis": "无"}
    case = asking.case(item=Item.objects.get(number=53))  # which the bureau of ecology holds
    asked = asking.received(asking.sent(asking.ask(case)))
    assert "不得推诿" in refused_words(asking.refused, asked, **facts)
    asked = asking.received()
    assert asking.refused(asked, **facts).stage == "refused"


@pytest.mark.rules("LAW-4", "YY-6.8")
def test_a_refusal_gives_its_ground_and_reasons_in_writing(asking):
    asked = asking.received()
    for missing in ("refusal_ground", "refusal_reasons", "refusal_basis"):
        assert "请填写" in refused_words(asking.refused, asked, **{missing: ""})
    asked = asking.refused(asked, suggested=organ("shichang"))
    paper = asked.documents.get(key="assistance_refusal").html
    for words in ("法律、法规、规章明确禁止", "尚未公开的监测数据", "建议你单位向", "争议处理"):
        assert words in paper
    assert answer(asked).state == "met"
    assert asking.take(asked, "conclude", asking.officer).stage == "concluded"


@pytest.mark.rules("YY-6.8")
def test_where_a_county_knows_no_refusal_there_is_none(strict):
    asked = strict.take(strict.ask(), "finish_draft", strict.officer)
    asked = strict.received(strict.take(asked, "send", strict.officer, service_method="platform"))
    with pytest.raises(Refusal) as refusal:
        strict.refused(asked)
    assert refusal.value.code == "stage"


@pytest.mark.rules("NW-3.12", "NW-3.60", "JH-6.6", "QX-4.14")
def test_archives_are_listed_lent_and_returned_before_the_request_is_concluded(asking):
    asked = asking.received(kind_of="archives", technique="", questions="查阅2019年审批档案")
    assert "逐件登记" in refused_words(asking.take, asked, "lend", asking.receiver, reader="张明")
    line = {"name": "审批表", "reference": "2019-037", "copies": 1, "pages": 3, "remark": ""}
    asking.take(asked, "list_archive", asking.receiver, how="copied", **line)
    asking.take(asked, "list_archive", asking.receiver, how="lent", **line | {"name": "红线图"})
    opinion = {"conclusions": "已提供", "experts": "", "opinion_paper": None}
    assert "先出具调阅清单" in refused_words(asking.answered, asked, **opinion)
    assert "归还日期" in refused_words(asking.take, asked, "lend", asking.receiver, reader="张明")
    lending = {"reader": "张明", "return_by": date(2026, 9, 30)}
    asked = asking.take(asked, "lend", asking.receiver, **lending)
    paper = asked.documents.get(key="consultation_list").html
    for words in ("红线图", "借出原件", "合计 2 件", "于2026年9月30日前归还", "由提供单位负责归档保存"):
        assert words in paper
    asking.take(asked, "list_archive", asking.receiver, how="consulted", **line | {"name": "会议纪要"})
    assert "先出具调阅清单" in refused_words(asking.answered, asked, **opinion)
    asked = asking.take(asked, "lend", asking.receiver, **lending)
    assert "会议纪要" in asked.documents.filter(key="consultation_list").latest("pk").html
    asked = asking.answered(asked, **opinion)
    assert "尚未归还" in refused_words(asking.take, asked, "conclude", asking.officer)
    asked = asking.take(asked, "return_archives", asking.officer, at=now())
    assert asking.take(asked, "conclude", asking.officer).stage == "concluded"


@pytest.mark.rules("NW-3.12", "NW-3.60")
def test_what_has_come_back_is_not_awaited_again_because_another_archive_is_opened(asking):
    asked = asking.received(kind_of="archives", technique="")
    lending = {"reader": "张明", "return_by": date(2026, 9, 30)}
    asking.take(asked, "list_archive", asking.receiver, name="红线图", how="lent", copies=1)
    asking.take(asked, "lend", asking.receiver, **lending)
    asking.take(asked, "return_archives", asking.officer, at=now())
    asking.take(asked, "list_archive", asking.receiver, name="会议纪要", how="consulted", copies=1)
    asked = asking.take(asked, "lend", asking.receiver, reader="张明")
    assert not asked.originals_out
    assert "前归还" not in asked.documents.filter(key="consultation_list").latest("pk").html
    asking.take(asked, "list_archive", asking.receiver, name="总平面图", how="lent", copies=1)
    assert asking.take(asked, "lend", asking.receiver, **lending).originals_out


def test_a_return_day_without_an_original_means_nothing(asking):
    asked = asking.received(kind_of="archives", technique="")
    asking.take(asked, "list_archive", asking.receiver, name="卷", how="copied", copies=1)
    asked = asking.take(asked, "lend", asking.receiver, reader="张明", return_by=date(2026, 9, 30))
    assert not asked.originals_out
    assert "前归还" not in asked.documents.get(key="consultation_list").html


def test_a_return_day_that_is_past_is_refused(asking):
    asked = asking.received(kind_of="archives", technique="")
    asking.take(asked, "list_archive", asking.receiver, name="卷", how="lent", copies=1)
    facts = {"reader": "张明", "return_by": date(2026, 9, 20)}
    assert "已经过去" in refused_words(asking.take, asked, "lend", asking.receiver, **facts)


def test_only_the_bearer_of_a_case_in_hand_may_ask_and_only_another_organ(asking):
    case = asking.case()
    assert "本单位协助" in refused_words(asking.ask, case, helper=organ("yangfangkou"))
    assert "内设" in refused_words(asking.ask, case, helper=organ("zhujian-jianguan"))
    assert "鉴定、检验" in refused_words(asking.ask, case, technique="")
    elsewhere = asking.case()
    asking.officer = "dongzhai.officer1"
    assert "本单位承办" in refused_words(asking.ask, elsewhere, materials=[])
    assert not Assistance.may_open_from(elsewhere, person("dongzhai.officer1"))


def test_a_letter_without_questions_or_facts_goes_nowhere(asking):
    asked = asking.ask(basic_facts="不详")
    assert "基本情况" in refused_words(asking.take, asked, "submit", asking.officer)
    asked = asking.ask(questions=" \n1. ")
    assert "逐行写明" in refused_words(asking.take, asked, "submit", asking.officer)


def test_a_request_that_is_no_longer_needed_is_withdrawn_and_its_clocks_end(asking):
    asked = asking.received(evidence_at_risk=True)
    asked = asking.take(asked, "withdraw", asking.officer, words="当事人已自行提交检测报告")
    assert asked.stage == "withdrawn"
    assert not Clock.objects.filter(matter=asked, state__in=("running", "paused")).exists()


def decided(asked: Assistance, name: str, **facts) -> Assistance:
    """A caused step, as a dispute brings it about."""
    system_step(asked.pk, name, Entry.objects.latest("pk"), **facts)
    return Assistance.objects.get(pk=asked.pk)


@pytest.mark.rules("LAW-4", "YY-6.7")
def test_a_disputed_refusal_may_end_with_the_duty_to_assist_its_time_running_from_the_decision(asking):
    asked = decided(asking.refused(), "enter_dispute")
    assert asked.in_dispute
    assert asked.stage == "refused"
    assert refused_words(asking.take, asked, "conclude", asking.officer)
    travel_to(at("2026-10-12 10:00"))
    asked = decided(asked, "abide_by", outcome="assist", body="县政府", words="应当检测")
    assert (asked.stage, asked.holder, asked.in_dispute) == ("received", asked.helper, False)
    clock = answer(asked)
    assert (clock.started_at, clock.due_at) == (asked.decided_at, at("2026-10-16 00:00"))
    assert asking.answered(asked).stage == "answered"


@pytest.mark.rules("NW-3.58", "LAW-4")
@pytest.mark.parametrize("sent_officers", [False, True])
def test_with_the_duty_to_assist_comes_back_the_one_to_send_officers_unless_they_were_sent(asking, sent_officers):
    asked = asking.received(evidence_at_risk=True)
    if sent_officers:
        asked = asking.take(asked, "dispatch", asking.receiver, at=now(), people="张、王")
    asked = decided(asking.refused(asked), "enter_dispute")
    travel_to(at("2026-10-12 10:00"))
    asked = decided(asked, "abide_by", outcome="assist", body="县政府", words="应当派员")
    running = Clock.objects.filter(matter=asked, limit="assistance.dispatch", state="running")
    assert [clock.started_at for clock in running] == ([] if sent_officers else [asked.decided_at])


@pytest.mark.rules("LAW-4")
@pytest.mark.parametrize("before", ["refused", "answered", "received"])
def test_or_with_the_refusal_standing(asking, before):
    asked = decided(getattr(asking, before)(), "enter_dispute")
    asked = decided(asked, "abide_by", outcome="refusal_stands")
    assert asked.stage == ("answered" if before == "answered" else "refused")
    assert asked.holder == asked.asker
    assert not Clock.objects.filter(matter=asked, state__in=("running", "paused")).exists()
    assert asking.take(asked, "conclude", asking.officer).stage == "concluded"


def test_no_clock_stops_while_a_request_is_disputed(asking):
    asked = asking.received()
    due = answer(asked).due_at
    asked = decided(asked, "enter_dispute")
    assert (answer(asked).state, answer(asked).due_at) == ("running", due)


def test_a_case_that_is_closed_meanwhile_still_gets_its_opinion(asking):
    asked = asking.received()
    asking.take(Case.objects.get(pk=asked.origin_id), "decline_to_file", asking.officer, words="没有违法事实")
    report = upload(asked, asking.receiver, "evidence", "检测记录")
    asking.answered(asked, evidence=[report])
    assert Material.objects.filter(matter_id=asked.origin_id, title="检测记录").exists()


@pytest.mark.rules("NW-3.57")
def test_what_the_asker_attached_does_not_come_back_as_the_helpers_own(asking):
    asked = asking.received()
    attached = asked.materials.get(title="现场照片")
    assert "协助单位提供" in refused_words(asking.answered, asked, opinion_paper=attached)
    assert "协助单位上传" in refused_words(asking.answered, asked, evidence=[attached])
    report = asking.report(asked)
    user = person(asking.receiver)
    form = AnswerForm(matter=asked, actor=Actor(user, posts_of(user)[0]), moment=now())
    for name in ("opinion_paper", "evidence"):
        assert report in form.fields[name].queryset, name
        assert attached not in form.fields[name].queryset, name


@pytest.mark.rules("NW-3.57")
def test_who_records_for_a_helper_off_the_platform_gives_the_paper_that_he_has_added(asking):
    asked = asking.sent(asking.ask(helper=organ("gongan")), "in_person")
    asked = asking.recorded(asked, "receive", signer="孙警官", at=now())
    paper = upload(asked, asking.officer, "evidence", "鉴定意见")
    facts = {"work_done": "鉴定", "conclusions": "1. 是\n2. 是", "answer_basis": "标准", "experts": "甲\n乙"}
    attached = asked.materials.get(title="现场照片")
    assert "协助单位提供" in refused_words(asking.recorded, asked, "answer", opinion_paper=attached, **facts)
    assert asking.recorded(asked, "answer", opinion_paper=paper, **facts).stage == "answered"


def test_what_was_lent_does_not_come_back_before_it_was_lent(asking):
    travel_to(at("2026-09-21 10:00"))
    asked = asking.received(kind_of="archives", technique="")
    asking.take(asked, "list_archive", asking.receiver, name="卷", how="lent", copies=1)
    asked = asking.take(asked, "lend", asking.receiver, reader="张明", return_by=date(2026, 9, 30))
    early = {"at": at("2026-09-21 09:30")}
    assert "借出的时间（2026-09-21（周一）10:00）" in refused_words(
        asking.take, asked, "return_archives", asking.officer, **early
    )


@pytest.mark.rules("YY-6.8")
def test_a_refusal_recommends_no_side_of_its_own(asking):
    asked = asking.received()
    for one in (asked.helper, asked.asker):
        assert "双方以外" in refused_words(asking.refused, asked, suggested=one)
    user = person(asking.receiver)
    offered = RefuseForm(matter=asked, actor=Actor(user, posts_of(user)[0]), moment=now()).fields["suggested"].queryset
    assert not offered.filter(pk__in=[asked.helper_id, asked.asker_id]).exists()
    assert offered.filter(pk=organ("shichang").pk).exists()


def offered_helpers(case: Case, login: str) -> set[str]:
    client = Client()
    client.force_login(person(login))
    page = client.get(reverse("assistance:new") + f"?from={case.number}")
    return {one.key for one in page.context["form"].fields["helper"].queryset}


@pytest.mark.rules("LAW-20")
def test_an_organ_that_is_accused_is_not_asked_and_nobody_is_offered_himself(asking):
    case = asking.case()
    Case.objects.filter(pk=case.pk).update(hidden_organ=organ("zhujian"))
    offered = offered_helpers(case, asking.officer)
    assert "ningwu.shengtai" in offered
    assert not offered & {"ningwu.zhujian", "ningwu.yangfangkou"}
    case = Case.objects.get(pk=case.pk)
    assert "被反映的单位" in refused_words(asking.ask, case, helper=organ("zhujian"))
    asked = asking.ask(case)
    facts = {name: getattr(asked, name) for name in ("kind_of", "technique", "ground", "questions", "basic_facts")}
    facts |= {"urgency": "normal", "helper": organ("zhujian")}
    assert "被反映的单位" in refused_words(asking.take, asked, "revise", asking.officer, **facts)
