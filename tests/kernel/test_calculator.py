"""时限计算器: the same sums on the command line, on the page and through the API."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from coordination.kernel.calendar import CalendarNotice, seed_calendars
from tests.kernel.smallworld import small_world

pytestmark = pytest.mark.django_db
NORMAL = {"county": "small", "limit": "referrals.send", "start": "2026-09-30 17:00"}


@pytest.fixture
def world():
    seed_calendars()
    return small_world()


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.sender.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def due(*arguments):
    out = StringIO()
    call_command("due", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("within", "start", "expected"),
    [
        ("3 working days", "2026-09-30 17:00", "2026-10-11T00:00:00+08:00"),
        ("7 working days", "2026-02-12 15:00", "2026-03-01T00:00:00+08:00"),
        ("90 days", "2026-07-05", "2026-10-09T00:00:00+08:00"),
        ("24 hours", "2026-09-30 20:15", "2026-10-01T20:15:00+08:00"),
        ("24 hours", "2026-09-30T12:15:00+00:00", "2026-10-01T20:15:00+08:00"),
        ("promptly", "2026-09-30 20:15", None),
    ],
)
def test_the_command_line_counts_a_bare_length(world, within, start, expected):
    assert json.loads(due("--within", within, "--start", start, "--json"))["due"] == expected


@pytest.mark.rules("NW-1.2")
def test_the_command_line_asks_a_mechanism(world):
    answer = json.loads(due("--county", "small", "--limit", "referrals.send", "--urgency", "urgent",
                            "--start", "2026-09-30 20:15", "--json"))  # fmt: skip
    assert answer["due"] == "2026-10-01T20:15:00+08:00"
    assert (answer["basis"], answer["last_day"], answer["provisional"]) == (
        "案件移送制度 二（一）",
        "2026-10-01",
        False,
    )
    assert answer["trace"][-1]["reason"] == "due"


def test_pauses_are_given_as_spans(world):
    spans = ["--pause", "2026-09-23 10:00..2026-09-29 16:00"]
    answer = json.loads(due("--within", "7 working days", "--start", "2026-09-21 09:00", *spans, "--json"))
    assert answer["last_day"] == "2026-10-12"
    answer = json.loads(due("--within", "7 working days", "--start", "2026-09-21", "--pause", "2026-09-23..", "--json"))
    assert (answer["due"], answer["paused"]) == (None, True)


def test_people_read_the_reasoning_line_by_line(world):
    text = due("--county", "small", "--limit", "referrals.send", "--start", "2026-09-30 17:00")
    assert text.startswith("到期：2026-10-10（周六）24:00\n")
    for words in (
        "应当在3个工作日内移送给有管辖权的一方处理",
        "县机制规定",
        "国庆节放假，不计入",
        "国庆节调休上班，计入，第 3 日",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--within", "soon", "--start", "2026-09-30 17:00"], "3 working days"),
        (["--within", "3 days", "--start", "yesterday"], "--start"),
        (["--within", "24 hours", "--start", "2026-09-30"], "时刻"),
        (["--start", "2026-09-30 17:00"], "--limit"),
        (["--limit", "referrals.send", "--start", "2026-09-30 17:00"], "--county"),
        (["--limit", "referrals.sned", "--county", "small", "--start", "2026-09-30 17:00"], "referrals.send"),
        (["--limit", "referrals.send", "--county", "nowhere", "--start", "2026-09-30 17:00"], "small"),
        (["--within", "3 days", "--limit", "referrals.send", "--county", "small", "--start", "2026-09-30"], "--within"),
        (["--within", "3 days", "--start", "2026-09-30", "--pause", "2026-10-01"], "--pause"),
        (["--within", "3 days", "--start", "2026-09-30", "--pause", "2026-10-02..2026-10-01"], "--pause"),
        (["--within", "3 days", "--start", "1999-09-30"], "2000"),
        (["--limit", "referrals.send", "--county", "small", "--urgency", "urgnet", "--start", "2026-09-30"], "urgent"),
    ],
)
def test_bad_input_is_told_and_ends_with_code_2(world, arguments, says):
    with pytest.raises(CommandError, match=says) as error:
        due(*arguments)
    assert error.value.returncode == 2


@pytest.fixture
def no_calendar(db):
    CalendarNotice.objects.all().delete()


def test_without_a_calendar_no_date_is_guessed(no_calendar):
    with pytest.raises(CommandError, match="calendar load"):
        due("--within", "3 days", "--start", "2026-09-30")


def test_the_calendar_command_may_be_repeated(no_calendar):
    first, second = StringIO(), StringIO()
    call_command("calendar", "load", stdout=first)
    call_command("calendar", "load", stdout=second)
    assert "新载入 8 份" in first.getvalue()
    assert "新载入 0 份" in second.getvalue()


def test_the_page_shows_a_linked_calculation_with_its_reasoning(officer):
    page = officer.get("/calculator/", NORMAL)
    assert page.status_code == 200
    for words in ("2026-10-10（周六）24:00", "案件移送制度 二（一）", "国庆节调休上班", 'value="2026-09-30T17:00"'):
        assert words in page.content.decode()


def test_the_page_begins_with_the_readers_county_and_this_moment(officer):
    page = officer.get("/calculator/").content.decode()
    assert '<option value="small" selected>' in page
    assert 'type="datetime-local"' in page


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(officer):
    page = officer.get("/calculator/", {**NORMAL, "limit": "", "within": "soon"})
    assert page.status_code == 400
    assert "无法识别的时限“soon”" in page.content.decode()


def test_a_provisional_date_is_marked(officer):
    page = officer.get("/calculator/", {"within": "3 working days", "start": "2026-12-30 09:00"}).content.decode()
    assert "暂定" in page


def test_a_pause_that_no_clause_allows_is_only_a_trial_sum(officer):
    page = officer.get("/calculator/", {**NORMAL, "pause": "2026-10-08 09:00..2026-10-09 09:00"}).content.decode()
    assert "只是试算" in page


def test_the_page_costs_few_queries(officer, django_assert_max_num_queries):
    officer.get("/calculator/")  # once a minute the session writes down that it lives
    with django_assert_max_num_queries(10):
        officer.get("/calculator/", NORMAL)


def test_a_stranger_is_asked_to_log_in(world):
    assert Client().get("/calculator/").status_code == 302
    assert Client().get("/api/v1/due/", NORMAL).status_code in (401, 403)


def test_the_api_gives_the_same_answer_as_the_command(officer):
    answer = officer.get("/api/v1/due/", NORMAL).json()
    arguments = [f"--{name}={value}" for name, value in NORMAL.items()]
    assert answer == json.loads(due(*arguments, "--json"))


def test_the_api_takes_repeated_pauses(officer):
    asked = {"within": "7 working days", "start": "2026-09-21 09:00",
             "pause": ["2026-09-23 10:00..2026-09-26 16:00", "2026-09-25 10:00..2026-09-29 16:00"]}  # fmt: skip
    assert officer.get("/api/v1/due/", asked).json()["last_day"] == "2026-10-12"


def test_the_api_refuses_by_field(officer):
    refused = officer.get("/api/v1/due/", {"within": "soon", "start": "2026-09-30 17:00"})
    assert refused.status_code == 400
    assert "within" in refused.content.decode()
