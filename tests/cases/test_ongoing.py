"""A notice of an ongoing violation that is refused: whom the report reaches, who signs it, what comes next."""

import pytest

from cases.models import Case
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Organ
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from tests.county import at, organ, person

TOLD = {"at": at("2026-09-21 08:40"), "person": "值班员", "words": "正在排污"}
WORDS = "该局接到通知后不说明理由，拒不派员处理。"


@pytest.fixture
def told(story) -> Case:
    case = story.case(ongoing=True, discovered_at=at("2026-09-21 08:30"))
    return story.take(case, "tell_ongoing", story.officer, notified=organ("shengtai"), **TOLD)


def offered(case: Case, login: str) -> set[str]:
    return {one.step.name for one in open_steps(case, person(login), now()) if not one.behalf}


@pytest.mark.rules("NW-1.5", "NW-3.53")
def test_a_refusal_to_come_is_reported_to_the_government_which_reads_the_case_and_is_told(story, told):
    case = story.take(told, "refuse_dispatch", story.receiver, reason="")
    case = story.take(case, "report_to_government", story.approver, words=WORDS)
    paper = case.documents.get(key="report_to_government")
    assert paper.organ == organ("yangfangkou")
    told = Notice.objects.filter(matter=case, organ=organ("xianfu"), entry__step="report_to_government")
    assert told.get().level == "report"
    assert Participation.objects.filter(matter=case, organ=organ("xianfu"), side="government").exists()
    assert Matter.objects.visible_to(person("xianfu.head")).filter(pk=case.pk).exists()


@pytest.mark.rules("NW-3.53")
def test_the_report_is_signed_by_a_post_that_may_sign_and_bears_the_name_of_who_signs(story, told):
    case = story.take(told, "refuse_dispatch", story.receiver, reason="")
    with pytest.raises(Refusal) as refused:
        story.take(case, "report_to_government", story.officer, words=WORDS)
    assert refused.value.code == "permission"
    case = story.take(case, "report_to_government", story.approver, signer="镇长", words=WORDS)
    words = case.documents.get(key="report_to_government").html
    assert f"签发人：<b>{person(story.approver).name}</b>" in words
    assert "镇长" not in words


@pytest.mark.rules("NW-3.53")
def test_the_refusal_says_what_comes_next_until_it_is_done(story, told):
    assert not told.sections()
    case = story.take(told, "refuse_dispatch", story.receiver, reason="")
    said = case.sections()[0]
    assert "应当由审批人、分管领导或者主要负责人签发" in said["words"]
    assert "report_to_government" in offered(case, story.approver)
    case = story.take(case, "report_to_government", story.approver, words=WORDS)
    assert not case.sections()
    assert "report_to_government" not in offered(case, story.approver), "a notice is reported once"


@pytest.mark.rules("NW-3.53")
def test_whoever_gave_his_reasons_may_be_reported(story, told):
    case = story.take(told, "refuse_dispatch", story.receiver, reason="车辆均已派出")
    assert "说明理由后拒绝派员" in case.sections()[0]["words"]


def test_an_organ_refuses_once_and_may_still_come(story, told):
    case = story.take(told, "refuse_dispatch", story.receiver, reason="")
    assert "refuse_dispatch" not in offered(case, story.receiver)
    case = story.take(case, "dispatch", story.receiver, at=now())
    assert not case.report_due


def test_a_report_before_the_refusal_does_not_stand_in_the_way_of_one_after_it(story, told):
    case = story.take(told, "report_to_government", story.approver, words="至今没有派员。")
    assert not case.report_open
    travel_to(at("2026-09-21 10:00"))
    case = story.take(case, "refuse_dispatch", story.receiver, reason="")
    assert case.report_due
    assert case.report_open


def test_another_notice_is_answered_anew(story, told):
    case = story.take(told, "refuse_dispatch", story.receiver, reason="不归我局管")
    case = story.take(case, "report_to_government", story.approver, words=WORDS)
    case = story.take(case, "record_stopped", story.officer, at=now())
    case = story.take(case, "tell_ongoing", story.officer, notified=organ("ziran"), **TOLD)
    assert (case.refused_at, case.refusal_reason, case.reported_at) == (None, "", None)


def test_where_no_government_is_known_the_report_is_refused_in_words(story, told):
    Organ.objects.filter(kind=Organ.Kind.GOVERNMENT).update(kind=Organ.Kind.DEPARTMENT)
    with pytest.raises(Refusal, match="没有本县人民政府"):
        story.take(told, "report_to_government", story.approver, words=WORDS)


def test_nobody_is_offered_himself_to_be_told(story):
    story.item = 44  # which the township itself holds
    assert "notified" not in story.case(ongoing=True).step_initial("tell_ongoing", now())
    story.item = 53
    assert story.case(ongoing=True).step_initial("tell_ongoing", now())["notified"] == organ("shengtai")
