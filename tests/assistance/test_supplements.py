"""A supplement stops the answer's time only where the mechanism says so, and only if it is asked for in time."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel import sweep
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.materials import Material
from coordination.kernel.now import travel_to
from coordination.kernel.words import Refusal
from tests.assistance.test_clocks import answer
from tests.county import at, person, upload

DAY = date(2026, 9, 30)
SENTENCE = "补充资料所用时间不计入答复期限"


def page(name: str, *args, login: str) -> str:
    client = Client()
    client.force_login(person(login))
    return client.get(reverse(name, args=args)).content.decode()


def test_in_ningwu_it_stops_nothing_and_form_page_and_paper_say_so(asking):
    asked = asking.received()
    assert "答复期限照常计算" in page("step", asked.number, "ask_supplement", login=asking.receiver)
    asked = asking.supplement(asked, DAY)
    clock = answer(asked)
    assert (clock.state, clock.due_at) == ("running", at("2026-09-25 00:00"))
    assert "答复期限照常计算" in page("matter", asked.number, login=asking.officer)
    assert SENTENCE not in asked.documents.get(key="assistance_supplement_notice").html
    asked = asking.take(asked, "supply", asking.officer, words="已补充")
    assert answer(asked).due_at == at("2026-09-25 00:00")


@pytest.mark.rules("QX-4.9", "QX-4.12", "QX-4.13")
def test_seven_working_days_with_six_days_of_supplement_end_on_the_twelfth_of_october(pausing):
    asked = pausing.received()
    assert answer(asked).due_at == at("2026-10-09 00:00")  # 22 23 24, after the holiday 28 29 30, after the next 10-08
    travel_to(at("2026-09-23 10:00"))
    assert SENTENCE in page("step", asked.number, "ask_supplement", login=pausing.receiver)
    asked = pausing.supplement(asked, DAY)
    clock = answer(asked)
    assert (clock.state, clock.due_at, clock.next_rung_at) == ("paused", None, None)
    assert SENTENCE in asked.documents.get(key="assistance_supplement_notice").html
    assert "已暂停" in page("matter", asked.number, login=pausing.officer)
    travel_to(at("2026-09-29 16:00"))
    asked = pausing.take(asked, "supply", pausing.officer, words="已补充")
    clock = answer(asked)
    assert (clock.state, clock.due_at, clock.term) == ("running", at("2026-10-13 00:00"), 2)
    assert [event.kind for event in clock.events.all()] == ["pause", "resume"]
    assert "實施意見" in clock.events.first().basis


@pytest.mark.rules("QX-4.12", "QX-4.13")
def test_asked_after_the_two_working_days_it_stops_nothing(pausing):
    asked = pausing.received()
    travel_to(at("2026-09-24 00:00"))
    assert "提出补充要求的时间已过" in page("step", asked.number, "ask_supplement", login=pausing.receiver)
    before = answer(asked).due_at
    asked = pausing.supplement(asked, DAY)
    assert (answer(asked).state, answer(asked).due_at) == ("running", before)
    assert SENTENCE not in asked.documents.get(key="assistance_supplement_notice").html


def test_while_it_is_stopped_no_rung_fires_and_an_answer_ends_it(pausing):
    travel_to(at("2026-09-22 09:00"))
    asked = pausing.supplement(pausing.received(), DAY)
    travel_to(at("2026-11-30 09:00"))
    sweep.run()
    assert not Claim.objects.filter(clock=answer(asked)).exists()
    asked = pausing.answered(asked)
    clock = answer(asked)
    assert (clock.state, clock.overdue(at("2026-12-01 09:00"))) == ("met", False)


def test_the_supplement_comes_out_of_the_case_without_being_uploaded_twice(asking):
    asked = asking.received()
    asked = asking.supplement(asked, DAY)
    more = upload(asking.case(), asking.officer, "photo", "别案照片")
    new = upload(asked.origin, asking.officer, "evidence", "采样记录")
    form = page("step", asked.number, "supply", login=asking.officer)
    assert "采样记录" in form
    assert more.title not in form
    assert "现场检查记录" not in form  # it is here already
    asked = asking.take(asked, "supply", asking.officer, words="已补充", materials=[new])
    assert Material.objects.get(matter=asked, title="采样记录").carried_from == new


def test_the_day_asked_for_must_still_come_and_the_asker_has_a_clock_for_it(asking):
    asked = asking.received()
    with pytest.raises(Refusal, match="已经过去"):
        asking.supplement(asked, date(2026, 9, 20))
    asked = asking.supplement(asked, date(2026, 9, 21))
    clock = Clock.objects.get(matter=asked, limit="assistance.supplement")
    assert (clock.organ, clock.nature) == (asked.asker, "local")


@pytest.mark.rules("QX-4.12")
def test_the_day_of_the_letter_is_the_day_of_the_clock_and_form_and_page_say_what_is_wanted(asking):
    asked = asking.supplement(asking.received(), DAY)
    assert Clock.objects.get(matter=asked, limit="assistance.supplement").due_at == at("2026-10-01 00:00")
    assert "请于2026年9月30日前提交" in asked.documents.get(key="assistance_supplement_notice").html
    for shown in (page("step", asked.number, "supply", login=asking.officer), asked.sections()[1]["words"]):
        assert "2026年9月30日" in shown
        assert "1. 采样记录；2. 排污口照片" in shown
