"""The limits of 县乡执法协助工作机制 三（五） on a living matter, in travelled time."""

from datetime import date

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.words import Refusal
from tests.assistance.tale import AssistanceStory
from tests.county import at, organ


def answer(matter) -> Clock:
    return Clock.objects.filter(matter=matter, limit="assistance.answer").latest("pk")


@pytest.mark.rules("NW-3.56", "JH-6.2")
def test_a_townships_request_for_a_determination_is_answered_in_three_working_days(asking):
    travel_to(at("2026-09-30 17:00"))
    clock = answer(asking.sent())
    assert (clock.within, clock.nature) == ("3 working days", "statutory")
    assert clock.due_at == at("2026-10-11 00:00")  # the make-up Saturday
    assert clock.organ.key == "ningwu.shengtai"


@pytest.mark.rules("NW-3.56", "NW-3.60", "NW-1.22", "YY-6.6")
@pytest.mark.parametrize("kind", ["archives", "information", "on_site", "personnel", "other"])
def test_every_other_kind_is_answered_promptly_by_a_target_that_is_shown_as_local(asking, kind):
    clock = answer(asking.sent(kind_of=kind, technique=""))
    assert (clock.within, clock.nature) == ("5 working days", "local")


@pytest.mark.rules("NW-3.56")
def test_three_days_bind_no_township_that_a_department_asks_for_a_determination(ningwu):
    story = AssistanceStory()
    story.officer, story.approver = "shengtai.officer1", "shengtai.approver"
    clock = answer(story.sent(helper=organ("yangfangkou")))
    assert clock.nature == "local"


@pytest.mark.rules("NW-3.55", "JH-6.1")
def test_the_letter_itself_is_owed_promptly_from_the_draft_until_it_is_sent(asking):
    asked = asking.ask()
    clock = Clock.objects.get(matter=asked, limit="assistance.send")
    assert (clock.organ, clock.nature) == (asked.asker, "local")
    asked = asking.sent(asked)
    clock.refresh_from_db()
    assert clock.state == "met"


@pytest.mark.rules("NW-3.58", "JH-6.4", "QX-4.10")
@pytest.mark.parametrize("facts", [{"urgency": "urgent"}, {"evidence_at_risk": True}, {"kind_of": "on_site"}])
def test_where_it_is_urgent_or_evidence_may_be_lost_officers_are_sent_to_the_spot(asking, facts):
    asked = asking.received(**facts)
    clock = Clock.objects.get(matter=asked, limit="assistance.dispatch")
    assert (clock.within, clock.nature) == ("4 hours", "local")
    travel_to(at("2026-09-21 10:00"))
    asked = asking.take(asked, "dispatch", asking.receiver, at=now(), people="王芳、李强")
    clock.refresh_from_db()
    assert clock.state == "met"
    travel_to(at("2026-09-21 11:00"))
    with pytest.raises(Refusal, match="早于派员"):
        asking.take(asked, "handle_on_site", asking.receiver, at=at("2026-09-21 09:30"), words="已采样")
    asked = asking.take(asked, "handle_on_site", asking.receiver, at=now(), words="已采样封存")
    assert asked.handling == "已采样封存"


@pytest.mark.rules("NW-3.58")
def test_who_arrives_in_the_minute_in_which_he_was_sent_was_not_there_before(asking):
    asked = asking.received(urgency="urgent")
    minute = at("2026-09-21 10:00")
    travel_to(minute.replace(second=50))
    asked = asking.take(asked, "dispatch", asking.receiver, at=now().replace(second=40), people="王芳、李强")
    assert asking.take(asked, "handle_on_site", asking.receiver, at=minute, words="已采样").handled_at == minute


@pytest.mark.rules("NW-3.58")
def test_an_ordinary_request_sends_nobody_anywhere(asking):
    asked = asking.received()
    assert not Clock.objects.filter(matter=asked, limit="assistance.dispatch").exists()
    with pytest.raises(Refusal):
        asking.take(asked, "dispatch", asking.receiver, at=now(), people="王芳")


@pytest.mark.rules("NW-3.59", "JH-6.5", "QX-4.11")
def test_an_extension_told_before_expiry_moves_the_date_and_says_from_when_to_when(asking):
    asked = asking.received()
    travel_to(at("2026-09-24 16:00"))
    asked = asking.extended(asked, date(2026, 10, 9))
    clock = answer(asked)
    assert clock.due_at == at("2026-10-10 00:00")
    event = clock.events.get()
    assert (event.before, event.after) == (at("2026-09-25 00:00"), at("2026-10-10 00:00"))
    assert "现延长至2026年10月9日" in asked.documents.get(key="assistance_extension_notice").html
    assert "原答复期限至2026年9月24日" in asked.documents.get(key="assistance_extension_notice").html


@pytest.mark.rules("NW-3.59", "JH-6.5", "QX-4.11")
def test_after_expiry_or_to_a_past_day_or_without_ground_or_date_there_is_no_extension(asking):
    asked = asking.received()
    for day in (date(2026, 9, 20), date(2026, 9, 24)):
        with pytest.raises(Refusal, match="晚于原答复期限"):
            asking.extended(asked, day)
    with pytest.raises(Refusal, match="延期理由"):
        asking.take(asked, "extend", asking.receiver, until=date(2026, 10, 9))
    with pytest.raises(Refusal, match="新的答复日期"):
        asking.take(asked, "extend", asking.receiver, extension_ground="复杂")
    travel_to(at("2026-09-25 00:00"))
    with pytest.raises(Refusal, match="已经届满"):
        asking.extended(asked, date(2026, 10, 9))
    assert answer(asked).due_at == at("2026-09-25 00:00")


@pytest.mark.rules("NW-3.59")
def test_where_a_county_caps_extensions_all_of_them_together_keep_to_it(strict):
    asked = strict.take(strict.ask(), "finish_draft", strict.officer)
    asked = strict.received(strict.take(asked, "send", strict.officer, service_method="platform"))
    asked = strict.extended(asked, date(2026, 9, 28))
    with pytest.raises(Refusal, match="不超过 3 个工作日，最迟到 2026-09-30") as refusal:
        strict.extended(asked, date(2026, 10, 8))
    assert refusal.value.field == "until"
    assert answer(strict.extended(asked, date(2026, 9, 30))).due_at == at("2026-10-01 00:00")


@pytest.mark.rules("NW-3.58")
def test_nobody_is_sent_before_the_letter_is_there(asking):
    travel_to(at("2026-09-21 10:00"))
    asked = asking.received(evidence_at_risk=True)
    facts = {"people": "王芳、李强"}
    with pytest.raises(Refusal, match="协助函送达的时间（2026-09-21（周一）10:00）") as refused:
        asking.take(asked, "dispatch", asking.receiver, at=at("2026-09-21 09:59"), **facts)
    assert refused.value.field == "at"
    same_minute = at("2026-09-21 10:00")
    asked = asking.take(asked, "dispatch", asking.receiver, at=same_minute, **facts)
    assert asked.dispatched_at == same_minute


@pytest.mark.rules("NW-3.59")
def test_an_extension_is_told_also_while_a_supplement_is_awaited_that_stops_no_time(asking):
    asked = asking.supplement(asking.received(), date(2026, 9, 23))
    travel_to(at("2026-09-24 10:00"))
    assert answer(asking.extended(asked, date(2026, 10, 9))).due_at == at("2026-10-10 00:00")


@pytest.mark.rules("NW-3.59")
def test_where_a_supplement_stops_the_time_nothing_is_extended_meanwhile(pausing):
    asked = pausing.supplement(pausing.received(), date(2026, 9, 30))
    with pytest.raises(Refusal, match="收到补充材料后才能延期"):
        pausing.extended(asked, date(2026, 10, 20))


@pytest.mark.rules("NW-3.59")
def test_a_day_that_is_no_working_day_is_the_day_of_the_clock_as_of_the_letter(asking):
    asked = asking.extended(asking.received(), date(2026, 9, 27))  # a Sunday
    assert answer(asked).due_at == at("2026-09-28 00:00")
    assert "现延长至2026年9月27日" in asked.documents.get(key="assistance_extension_notice").html
