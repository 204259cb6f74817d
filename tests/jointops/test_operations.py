"""A joint operation: one plan, each organ's own yes or no, each organ's own decision."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from coordination.kernel.clocks import Clock
from coordination.kernel.documents import Occasion
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import begin, open_steps
from coordination.kernel.words import Refusal
from jointops.documents import planning, requesting
from jointops.models import Operation
from jointops.overlaps import overlaps
from tests.county import at, organ, person
from tests.jointops.tale import PLAN, JointStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(ningwu) -> JointStory:
    return JointStory()


def open_clocks(matter, limit: str) -> set[str]:
    clocks = Clock.objects.filter(matter=matter, limit=limit, state="running")
    return {clock.organ.key.partition(".")[2] for clock in clocks.select_related("organ")}


@pytest.mark.rules("YY-5.4", "YY-5.6", "LX-7.12")
def test_the_plan_states_content_time_organs_and_duties_and_nobody_hears_of_it_before_it_is_signed(joint):
    plan = joint.proposed()
    assert not Participation.objects.filter(matter=plan, organ=organ("shengtai")).exists()
    plan = joint.take(plan, "circulate", joint.approver, words="同意")
    words = plan.documents.get(key="joint_plan").html
    for said in ("秋季煤场扬尘联合执法", "2026年9月24日", "分别立案", "职责分工"):
        assert said in words
    taking_part = {row.organ.key for row in Participation.objects.filter(matter=plan)}
    assert taking_part == {"ningwu.yangfangkou", "ningwu.shengtai", "ningwu.ziran"}
    assert open_clocks(plan, "jointops.confirm") == {"shengtai", "ziran"}
    assert Notice.objects.filter(matter=plan, organ=organ("ziran")).exists()


def test_who_signs_is_told_that_a_plan_waits(joint):
    told = Notice.objects.filter(matter=joint.proposed())
    assert set(told.values_list("organ__key", "role")) == {
        ("ningwu.yangfangkou", "approver"),
        ("ningwu.yangfangkou", "leader_in_charge"),
    }


def test_nobody_signs_the_plan_that_he_drafted(joint):
    joint.initiator = joint.approver
    plan = joint.proposed()
    with pytest.raises(Refusal, match="自己起草"):
        joint.take(plan, "circulate", joint.approver)


@pytest.mark.rules("JH-5.7", "JH-5.8")
def test_each_organ_answers_for_itself_once(joint):
    plan = joint.take(joint.circulated(), "confirm", joint.first, leader="王芳", people="4 人")
    assert open_clocks(plan, "jointops.confirm") == {"ziran"}
    assert "confirm" not in {one.step.name for one in open_steps(plan, person(joint.first), now()) if not one.behalf}
    with pytest.raises(Refusal):
        joint.take(plan, "confirm", joint.first, leader="王芳", people="4 人")
    plan = joint.take(plan, "decline", joint.second, words="同日另有督察")
    settled = joint.take(plan, "settle", joint.initiator)
    assert settled.participant_ids == [organ("shengtai").pk]
    assert settled.stage == "settled"


def test_silence_is_no_consent(joint):
    plan = joint.take(joint.circulated(), "confirm", joint.first, leader="王芳", people="4 人")
    with pytest.raises(Refusal, match="未答复不视为同意"):
        joint.take(plan, "settle", joint.initiator)
    plan = joint.take(plan, "settle", joint.initiator, words="两次催办未答复，先行实施。")
    assert plan.participant_ids == [organ("shengtai").pk]
    assert open_clocks(plan, "jointops.confirm") == set()


def test_without_anybody_who_joins_there_is_no_joint_operation(joint):
    with pytest.raises(Refusal, match="还没有机关确认参加"):
        joint.take(joint.circulated(), "settle", joint.initiator, words="不再等待")


def test_an_organ_off_the_platform_is_recorded_by_name(joint):
    plan = joint.circulated()
    behalf = {"scan": joint.scan(plan, joint.initiator)}
    with pytest.raises(Refusal, match="哪个单位"):
        joint.take(plan, "confirm", joint.initiator, leader="甲", people="1 人", behalf=behalf)
    behalf["organ"] = organ("ziran")
    plan = joint.take(plan, "confirm", joint.initiator, leader="甲", people="1 人", behalf=behalf)
    assert plan.answers.get().organ == organ("ziran")


@pytest.mark.rules("YY-5.2", "YY-5.5")
def test_where_it_is_needed_the_government_decides_by_a_request_in_file_format(joint):
    plan = joint.confirmed(needs_government=True)
    with pytest.raises(Refusal):
        joint.take(plan, "settle", joint.initiator)
    facts = {"signer": "康春琴", "reasons": "涉及三个机关职责，拟请县政府统一组织。"}
    plan = joint.take(plan, "ask_government", joint.approver, **facts)
    assert "请批示" in plan.documents.get(key="joint_request").html
    assert open_clocks(plan, "jointops.decide") == {"xianfu"}
    plan = joint.take(plan, "decide_to_act", "xianfu.supervisor", words="同意，宁政函〔2026〕9号")
    assert plan.stage == "settled"


@pytest.mark.rules("YY-5.5")
def test_the_government_may_say_no(joint):
    plan = joint.confirmed(needs_government=True)
    plan = joint.take(plan, "ask_government", joint.approver, signer="康春琴", reasons="统一组织")
    plan = joint.take(plan, "refuse_to_act", "xianfu.supervisor", words="由各机关自行检查")
    assert plan.stage == "cancelled"
    assert plan.closed_at is not None


def test_the_plan_itself_says_by_when_it_is_carried_out(joint):
    clock = Clock.objects.get(matter=joint.settled(), limit="jointops.carry_out")
    assert clock.due_at == at("2026-09-26 00:00")


@pytest.mark.rules("YY-5.7", "YY-5.8")
def test_each_organ_records_its_own_decision_and_no_step_offers_a_joint_one(joint):
    plan = joint.carried_out()
    assert open_clocks(plan, "jointops.outcome") == {"yangfangkou", "shengtai", "ziran"}
    with pytest.raises(Refusal, match="尚未登记本机关处理情况"):
        joint.take(plan, "summarise", joint.initiator, words="总结")
    with pytest.raises(Refusal, match="立案编号"):
        joint.take(plan, "record_outcome", joint.first, outcome="filed", words="涉嫌未密闭")
    joint.take(plan, "record_outcome", joint.first, outcome="filed", number="宁环立〔2026〕8号", words="涉嫌未密闭")
    joint.take(plan, "record_outcome", joint.second, outcome="nothing", words="手续齐全")
    plan = joint.take(plan, "record_outcome", joint.initiator, outcome="corrected", words="当场苫盖")
    plan = joint.take(plan, "summarise", joint.initiator, words="检查一家，立案一件。")
    assert plan.stage == "concluded"
    assert not Clock.objects.filter(matter=plan, state="running").exists()
    assert {one.organ.key for one in plan.outcomes.all()} == {"ningwu.yangfangkou", "ningwu.shengtai", "ningwu.ziran"}


@pytest.mark.rules("LX-7.13", "YY-5.3")
def test_two_inspections_of_one_object_warn(joint):
    joint.proposed()
    with pytest.raises(Refusal, match="综合查一次") as caught:
        joint.proposed(title="排污许可专项检查")
    assert caught.value.field == "overlap_reason"
    assert joint.proposed(overlap_reason="须在停产期间另行采样").pk
    assert joint.proposed(subject_name="另一家公司").pk


@pytest.mark.rules("LAW-20", "LX-7.13")
def test_a_plan_that_came_out_of_a_complaint_against_an_organ_does_not_warn_that_organ(joint):
    plan = joint.proposed()
    type(plan).objects.filter(pk=plan.pk).update(hidden_organ=organ("shuili"))
    other = {"participants": [organ("ziran")], "title": "取水许可检查"}
    assert begin(Operation, "propose", person("shuili.officer1"), **(PLAN | other)).pk
    with pytest.raises(Refusal, match="综合查一次"):
        joint.proposed(title="排污许可专项检查")


def inspected(login: str = "ziran.officer1", **facts) -> Case:
    """An ordinary inspection of the object of the plan that found something."""
    known = {
        "title": "未经批准占用土地",
        "source": "inspection",
        "urgency": "normal",
        "discovered_at": at("2026-09-18 15:00"),
        "place": organ("yangfangkou"),
        "place_text": "储煤场",
        "subject_name": PLAN["subject_name"],
        "basic_facts": "检查时发现堆煤占用耕地。",
    }
    return begin(Case, "register", person(login), **(known | facts))


@pytest.mark.rules("LX-7.13", "YY-5.3")
def test_a_plan_and_an_ordinary_inspection_of_one_object_warn(joint):
    """综合查一次: the one who may read the inspection is told its number, anybody else whose it was."""
    case = inspected()
    with pytest.raises(Refusal, match="综合查一次") as caught:
        joint.proposed()
    assert caught.value.field == "overlap_reason"
    assert organ("ziran").short_name in caught.value.message
    assert case.number not in caught.value.message
    others = {"participants": [organ("shengtai")]}
    with pytest.raises(Refusal, match=case.number):
        begin(Operation, "propose", person("ziran.officer1"), **(PLAN | others))
    assert joint.proposed(overlap_reason="须在停产期间另行采样").pk, "a reason is enough"
    assert joint.proposed(subject_name="另一家公司").pk


@pytest.mark.rules("LX-7.13", "YY-5.3")
@pytest.mark.parametrize(
    "facts",
    [
        {"source": "complaint"},
        {"discovered_at": at("2026-08-01 09:00")},
        {"subject_name": "另一家公司"},
        {"subject_name": ""},
    ],
)
def test_what_was_no_inspection_or_long_ago_or_of_another_object_does_not_warn(joint, facts):
    inspected(**facts)
    assert joint.proposed().pk


@pytest.mark.rules("LX-7.13")
def test_the_inspection_that_a_plan_comes_out_of_is_no_other_one(joint):
    case = inspected(joint.initiator)
    assert Operation.hints(case, now()) == []
    plan = joint.proposed(origin=case)
    facts = PLAN | {"participants": [organ(key) for key in joint.participants], "title": "煤场联合执法"}
    assert joint.take(plan, "revise", joint.initiator, **facts).title == "煤场联合执法"
    inspected()
    (hint,) = Operation.hints(case, now())[:1]
    assert "综合查一次" in hint


@pytest.mark.rules("LAW-20", "LX-7.13")
@pytest.mark.parametrize("hidden", ["hidden_organ", "hidden_person"])
def test_an_inspection_that_accuses_the_reader_does_not_warn_him(joint, hidden):
    case = inspected()
    accused = {"hidden_organ": organ("yangfangkou"), "hidden_person": person(joint.initiator)}
    Matter.objects.filter(pk=case.pk).update(**{hidden: accused[hidden]})
    assert joint.proposed().pk


@pytest.mark.rules("LAW-20", "LX-7.13")
def test_what_is_kept_within_an_organ_warns_nobody_else(joint):
    case = inspected()
    Matter.objects.filter(pk=case.pk).update(secrecy="restricted")
    assert joint.proposed().pk


@pytest.mark.rules("LX-7.13")
def test_a_plan_that_the_reader_does_not_know_of_is_told_without_its_number(joint):
    plan = joint.proposed()
    other = {"participants": [organ("ziran")], "title": "取水许可检查"}
    with pytest.raises(Refusal, match=organ("yangfangkou").short_name) as caught:
        begin(Operation, "propose", person("shuili.officer1"), **(PLAN | other))
    assert plan.number not in caught.value.message


def test_overlaps_are_found_by_one_statement(joint, django_assert_num_queries):
    inspected()
    joint.proposed(overlap_reason="另行采样")
    reader = organ("ziran")
    with django_assert_num_queries(1):
        found = overlaps(reader, PLAN["subject_name"], PLAN["planned_from"], PLAN["planned_to"])
    assert len(found) == 2


def test_a_plan_whose_days_have_passed_is_not_signed(joint):
    plan = joint.proposed()
    travel_to(at("2026-09-28 09:00"))
    with pytest.raises(Refusal, match="计划日期已经过去"):
        joint.take(plan, "circulate", joint.approver)


def test_a_plan_whose_days_have_passed_is_settled_only_with_new_ones(joint):
    plan = joint.confirmed()
    travel_to(at("2026-09-28 09:00"))
    with pytest.raises(Refusal, match="计划日期已经过去"):
        joint.take(plan, "settle", joint.initiator)
    days = {"planned_from": date(2026, 10, 9), "planned_to": date(2026, 10, 10)}
    plan = joint.take(plan, "postpone", joint.approver, words="连日降雨，储煤场停产", **days)
    assert Notice.objects.filter(matter=plan, organ=organ("ziran"), entry__step="postpone").exists()
    plan = joint.take(plan, "settle", joint.initiator)
    clock = Clock.objects.get(matter=plan, limit="jointops.carry_out")
    assert clock.due_at == at("2026-10-11 00:00")


def test_a_settled_plan_that_is_put_off_is_carried_out_by_its_new_day(joint):
    plan = joint.settled()
    with pytest.raises(Refusal, match="结束日期不能早于开始日期"):
        joint.take(
            plan, "postpone", joint.approver, planned_to=date(2026, 9, 23), planned_from=date(2026, 9, 24), words="雨"
        )
    days = {"planned_from": date(2026, 9, 28), "planned_to": date(2026, 9, 29)}
    plan = joint.take(plan, "postpone", joint.approver, words="连日降雨", **days)
    clock = Clock.objects.get(matter=plan, limit="jointops.carry_out", state="running")
    assert clock.due_at == at("2026-09-30 00:00")
    assert plan.next_due_at == clock.overdue_at


def test_nobody_hears_of_a_plan_that_is_given_up_before_it_was_signed(joint):
    plan = joint.take(joint.proposed(), "cancel", joint.initiator, words="另行安排")
    assert not Notice.objects.filter(matter=plan, organ=organ("shengtai")).exists()


def test_whoever_obstructs_meets_the_police(joint):
    plan = joint.settled()
    facts = {"police": organ("gongan"), "at": now(), "words": "当事人持械阻拦执法人员进入。"}
    plan = joint.take(plan, "report_obstruction", joint.initiator, **facts)
    assert Participation.objects.filter(matter=plan, organ=organ("gongan"), side="police").exists()


def test_a_case_offers_what_it_knows(joint, story):
    case = story.case()
    plan = joint.proposed(origin=case, subject_name=case.subject_name)
    assert [link.source_id for link in plan.links_in.filter(kind="operation")] == [case.pk]


def signing(login: str) -> Actor:
    user = person(login)
    return Actor(user, posts_of(user)[0])


@pytest.mark.rules("YY-5.5")
def test_the_preview_of_the_request_names_those_alone_who_have_confirmed(joint):
    plan = joint.circulated(needs_government=True)
    plan = joint.take(plan, "confirm", joint.first, leader="王芳", people="4 人")
    facts = {"signer": "康春琴", "reasons": "统一组织", "words": "两次催办未答复。"}
    occasion = Occasion(plan, plan.initiator, signing(joint.approver), facts, now())
    assert list(requesting(occasion)["participants"]) == [organ("shengtai")]
    plan = joint.take(plan, "ask_government", joint.approver, **facts)
    words = plan.documents.get(key="joint_request").html
    assert organ("shengtai").name in words
    assert organ("ziran").name not in words


@pytest.mark.rules("YY-5.8")
def test_the_number_of_an_organs_own_case_is_asked_for_and_not_the_operations(joint):
    plan = joint.carried_out()
    client = Client()
    client.force_login(person(joint.first))
    page = client.get(reverse("step", args=[plan.number, "record_outcome"]))
    assert not page.context["form"]["number"].value()
    sent = {"outcome": "filed", "number": "", "words": "涉嫌未密闭", "version": plan.version}
    assert client.post(reverse("step", args=[plan.number, "record_outcome"]), sent).status_code == 422


@pytest.mark.rules("YY-5.6", "YY-5.3")
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-09-21 08:30", "方案确定的时间（2026-09-21（周一）09:00）"),
        ("2026-09-23 10:00", "2026-09-24（周四）至2026-09-25（周五）"),
        ("2026-09-26 00:00", "先调整实施日期"),
    ],
)
def test_nothing_is_carried_out_before_it_is_settled_or_outside_its_days(joint, moment, words):
    plan = joint.settled()
    travel_to(at("2026-09-27 10:00"))
    facts = {"at": at(moment), "attended": "8 人", "words": "发现煤堆未苫盖。"}
    with pytest.raises(Refusal, match=words) as refused:
        joint.take(plan, "carry_out", joint.initiator, **facts)
    assert refused.value.field == "at"
    facts["at"] = at("2026-09-25 23:59")
    assert joint.take(plan, "carry_out", joint.initiator, **facts).carried_out_at == facts["at"]


@pytest.mark.rules("LX-7.13", "YY-5.3")
def test_inspections_that_are_joined_need_no_reason_and_a_plan_never_says_both(joint):
    inspected()
    plan = joint.proposed(single_inspection=True)
    plan = joint.take(plan, "circulate", joint.approver)
    assert "综合查一次" in plan.documents.get(key="joint_plan").html
    with pytest.raises(Refusal, match="二者选一") as refused:
        joint.proposed(single_inspection=True, overlap_reason="须在停产期间另行采样")
    assert refused.value.field == "overlap_reason"


@pytest.mark.rules("YY-5.6")
def test_the_days_of_a_plan_stand_ready_when_it_is_bettered(joint):
    client = Client()
    client.force_login(person(joint.initiator))
    page = client.get(reverse("step", args=[joint.proposed().number, "revise"])).content.decode()
    assert 'value="2026-09-24"' in page
    assert 'value="2026-09-25"' in page


@pytest.mark.rules("YY-5.6")
def test_with_other_days_another_plan_is_signed_that_names_the_one_before(joint):
    plan = joint.circulated()
    days = {"planned_from": date(2026, 9, 28), "planned_to": date(2026, 9, 29)}
    with pytest.raises(Refusal) as refused:
        joint.take(plan, "postpone", joint.initiator, words="连日降雨", **days)
    assert refused.value.code == "permission"
    preview = planning(Occasion(plan, plan.initiator, signing(joint.approver), days | {"words": "连日降雨"}, now()))
    assert preview["planned_from"] == date(2026, 9, 28)
    plan = joint.take(plan, "postpone", joint.approver, words="连日降雨", **days)
    first, second = plan.documents.filter(key="joint_plan")
    for said in ("2026年9月28日", "连日降雨", f"替代《{first.title}》（{first.number}）"):
        assert said in second.html, said
    assert "替代" not in first.html
