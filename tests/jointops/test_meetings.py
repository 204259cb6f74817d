"""Meetings: called, held, minutes kept, what was agreed followed up by the day that the minutes name."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps
from coordination.kernel.sweep import run
from coordination.kernel.web.actions import actions_of
from coordination.kernel.words import Refusal
from jointops.models import Meeting
from tests.county import at, organ, person
from tests.jointops.tale import JointStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(ningwu) -> JointStory:
    return JointStory()


@pytest.mark.rules("NW-3.48", "JH-5.1")
def test_a_meeting_is_called_regularly_or_at_any_time_and_each_organ_says_whether_it_comes(joint):
    meeting = joint.called(meeting_kind="ad_hoc")
    assert "定于2026年9月23日9时00分" in meeting.documents.get(key="meeting_call").html
    assert Clock.objects.filter(matter=meeting, limit="meetings.reply", state="running").count() == 2
    meeting = joint.take(meeting, "attend", joint.first, people="副局长 王芳")
    meeting = joint.take(meeting, "excuse", joint.second, words="同日在市里开会")
    assert meeting.awaited_ids == []
    assert not Clock.objects.filter(matter=meeting, limit="meetings.reply", state="running").exists()


@pytest.mark.rules("NW-3.49", "JH-5.2", "QX-4.6")
def test_minutes_say_who_was_there_and_what_was_agreed(joint):
    meeting = joint.take(joint.called(), "attend", joint.first, people="副局长 王芳")
    meeting = joint.held(meeting)
    words = meeting.documents.get(key="meeting_minutes").html
    for said in ("副局长 王芳", "联合巡查每周一次", "康春琴"):
        assert said in words
    strange = {"attending": [organ("zhujian")], "at": at("2026-09-21 08:00"), "chair": "甲", "points": "无"}
    with pytest.raises(Refusal, match="受邀单位"):
        joint.take(joint.called(), "hold", joint.initiator, **strange)


@pytest.mark.rules("NW-3.49")
def test_what_was_agreed_is_owed_by_the_day_of_the_minutes_and_reminds(joint):
    meeting = joint.held()
    task = {"organ": organ("shengtai"), "task": "建立巡查台账", "by_day": date(2026, 9, 30)}
    meeting = joint.take(meeting, "assign", joint.initiator, **task)
    clock = Clock.objects.get(matter=meeting, limit="meetings.follow_up")
    assert (clock.organ, clock.due_at) == (organ("shengtai"), at("2026-10-01 00:00"))
    with pytest.raises(Refusal, match="现在不需要办理"):
        joint.take(meeting, "conclude", joint.initiator)
    assert "conclude" not in [one.step.name for one in open_steps(meeting, person(joint.initiator), now())]
    travel_to(at("2026-10-01 00:01"))
    run()
    assert Notice.objects.filter(matter=meeting, level="overdue").exists()
    meeting = joint.take(meeting, "report_done", joint.first, words="台账已建")
    assert joint.take(meeting, "conclude", joint.initiator).stage == "concluded"


def test_a_day_that_has_passed_is_no_day_to_owe_something_by(joint):
    task = {"organ": organ("shengtai"), "task": "甲", "by_day": date(2026, 9, 1)}
    with pytest.raises(Refusal, match="不能早于今天"):
        joint.take(joint.held(), "assign", joint.initiator, **task)


@pytest.mark.rules("NW-3.50", "JH-5.3")
def test_a_township_calls_the_departments_together_on_a_major_case(joint, story):
    case = story.case(urgency="major", category="environment")
    assert Meeting.may_open_from(case, person(story.officer))
    known = Meeting.first_initial(case, case.opened_at)
    meeting = joint.called(meeting_kind="special", origin=case, title=known["title"], agenda=known["agenda"])
    assert [link.source_id for link in meeting.links_in.filter(kind="meeting")] == [case.pk]


@pytest.mark.rules("NW-3.65", "NW-3.68")
def test_the_mechanism_itself_is_on_the_agenda_and_the_departments_that_support_it_owe_their_part(joint):
    invited = [organ("bianban"), organ("sifa")]
    agenda = {"title": "协作衔接机制推进会", "agenda": "建立和落实乡镇综合行政执法协作衔接机制", "invited": invited}
    meeting = joint.called(**agenda)
    assert agenda["agenda"] in meeting.documents.get(key="meeting_call").html
    there = {"at": now(), "chair": "康春琴", "attending": invited, "points": "充实乡镇执法队伍"}
    meeting = joint.take(meeting, "hold", joint.initiator, **there)
    for one, task in zip(invited, ("核定乡镇综合行政执法队人员编制", "指导规范执法文书"), strict=True):
        meeting = joint.take(meeting, "assign", joint.initiator, organ=one, task=task, by_day=date(2026, 10, 15))
    owed = Clock.objects.filter(matter=meeting, limit="meetings.follow_up", state="running")
    assert {clock.organ for clock in owed} == set(invited)
    meeting = joint.take(meeting, "report_done", "sifa.supervisor1", words="已印发文书样式")
    assert [one.organ for one in meeting.follow_ups.filter(done_at=None)] == [organ("bianban")]
    with pytest.raises(Refusal, match="现在不需要办理"):
        joint.take(meeting, "conclude", joint.initiator)


@pytest.mark.rules("NW-3.49")
def test_the_page_says_who_was_there_and_what_each_organ_owes(joint):
    meeting = joint.take(joint.called(), "attend", joint.first, people="副局长 王芳")
    meeting = joint.held(meeting)
    came, *owed = meeting.sections()
    said = {str(label): words for label, words in came["facts"]}
    assert said["实际参会"] == organ("shengtai").short_name
    assert said[organ("ziran").short_name] == "未回复"
    assert not owed
    task = {"organ": organ("shengtai"), "task": "建立巡查台账", "by_day": date(2026, 9, 30)}
    meeting = joint.take(meeting, "assign", joint.initiator, **task)
    _came, owed = meeting.sections()
    assert owed["facts"] == [(organ("shengtai").short_name, "建立巡查台账\n期限 2026-09-30（周三）；待完成")]


@pytest.mark.rules("NW-3.49")
def test_the_minutes_turn_no_silence_into_leave(joint):
    invited = [organ(key) for key in ("shengtai", "ziran", "shuili", "zhujian")]
    meeting = joint.called(invited=invited)
    joint.take(meeting, "attend", "shengtai.officer1", people="副局长 王芳")
    joint.take(meeting, "attend", "zhujian.officer1", people="股长 李强")
    meeting = joint.take(meeting, "excuse", "ziran.officer1", words="同日在市里开会")
    words = joint.held(meeting).documents.get(key="meeting_minutes").html
    leave, missing = re.search(
        r"请假：</span><span>(.*?)</span>.*?缺席：</span><span>(.*?)</span>", words, re.S
    ).groups()
    assert leave == organ("ziran").name
    assert missing.split("，", 1)[0]
    assert f"{organ('shuili').name}（未回复）" in missing
    assert f"{organ('zhujian').name}（回复参会，未到）" in missing
    assert organ("ziran").name not in missing


@pytest.mark.rules("NW-3.49")
def test_a_meeting_is_not_held_before_it_is_called(joint):
    meeting = joint.called()
    facts = {"chair": "甲", "attending": [organ("shengtai")], "points": "无"}
    with pytest.raises(Refusal, match="发出会议通知的时间（2026-09-21（周一）09:00）") as refused:
        joint.take(meeting, "hold", joint.initiator, at=at("2026-09-21 08:30"), **facts)
    assert refused.value.field == "at"


@pytest.mark.rules("NW-3.49", "NW-3.68")
def test_only_those_who_were_there_to_agree_are_offered_what_was_agreed(joint):
    client = Client()
    client.force_login(person(joint.initiator))
    page = client.get(reverse("step", args=[joint.held().number, "assign"]))
    there = {organ(key) for key in ("yangfangkou", *joint.participants)}
    assert set(page.context["form"].fields["organ"].queryset) == there


def offered(meeting: Meeting, login: str) -> list[str]:
    return [one["name"] for one in actions_of(meeting, [], person(login), now())]


@pytest.mark.rules("NW-3.49")
def test_after_the_minutes_what_was_agreed_is_given_to_somebody_before_the_meeting_is_over(joint):
    meeting = joint.held()
    names = offered(meeting, joint.initiator)
    assert names[:2] == ["assign", "conclude_at_once"]
    assert "conclude" not in names
    task = {"organ": organ("shengtai"), "task": "建立巡查台账", "by_day": date(2026, 9, 30)}
    meeting = joint.take(meeting, "assign", joint.initiator, **task)
    assert "conclude_at_once" not in offered(meeting, joint.initiator)
    meeting = joint.take(meeting, "report_done", joint.first, words="台账已建")
    assert offered(meeting, joint.initiator)[0] == "conclude"


@pytest.mark.rules("NW-3.49")
def test_where_nothing_is_to_be_done_the_meeting_is_over_with_a_word_on_it(joint):
    meeting = joint.held()
    with pytest.raises(Refusal, match="请填写"):
        joint.take(meeting, "conclude_at_once", joint.initiator)
    meeting = joint.take(meeting, "conclude_at_once", joint.initiator, words="本次会议通报情况，没有须落实的事项。")
    assert meeting.stage == "concluded"
    assert meeting.closed_at
