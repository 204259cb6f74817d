"""工作台: whose work it is, what must be done today, and what a supervisor sees in the morning."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from coordination.kernel import sweep
from coordination.kernel.clocks import Clock
from coordination.kernel.drafts import Draft
from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Post, posts_of, present_posts_of
from coordination.kernel.steps import open_steps
from coordination.kernel.web.desk_queries import joined
from coordination.kernel.web.workflows import child
from tests.county import at, organ, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_checked")]


def desk(login: str, query: str = ""):
    client = Client()
    client.force_login(person(login))
    return client.get(f"/{query}").context


def rows(context) -> list[tuple[str, str, str | None]]:
    shown = context["rows"]
    return [(row["stage_label"], row["lamp"].state, row["next"] and str(row["next"]["label"])) for row in shown]


def test_each_desk_shows_the_one_step_that_is_its_own(story):
    story.take(story.draft(), "submit", story.officer)
    assert rows(desk(story.approver)) == [("待批准", "plenty", "批准")]
    assert rows(desk(story.officer)) == []
    assert rows(desk(story.officer, "?tab=organ")) == [("待批准", "plenty", None)]
    assert rows(desk(story.receiver, "?tab=organ")) == []


def test_a_case_that_is_anothers_asks_for_the_letter(story):
    story.found_other(story.case())
    assert rows(desk(story.officer)) == [("线索", "plenty", "起草移送函")]


def test_a_supervisor_sees_this_morning_what_slipped_last_night(story):
    story.found_other(story.case())
    travel_to(at("2026-09-28 08:40"))
    sweep.run()
    shown = desk("sifa.supervisor1")
    assert shown["tab"] == "county"
    assert shown["must_today"] == 1
    assert rows(shown) == [("线索", "overdue", None)]
    assert shown["rows"][0]["lamp"].relative == "已超期 1 个工作日"


def test_a_matter_that_is_late_with_two_things_is_one(story):
    """What must be done today is counted in matters; the counters below count time limits."""
    case = story.found_other(story.case(ongoing=True))
    assert Clock.objects.filter(matter=case, organ=case.holder, state="running").count() == 2
    travel_to(at("2026-12-28 08:40"))
    for login in (story.officer, "sifa.supervisor1"):
        shown = desk(login)
        assert next(counter["count"] for counter in shown["counters"] if counter["key"] == "overdue") == 2
        assert shown["must_today"] == 1


def test_a_counter_and_its_list_hold_the_same_clocks(story):
    story.found_other(story.case())
    story.found_other(story.case(urgency="urgent"))
    for login in (story.officer, "sifa.supervisor1"):
        for counter in desk(login)["counters"]:
            assert len(desk(login, f"?lamp={counter['key']}")["rows"]) == counter["count"]


def test_what_waits_without_a_time_limit_stands_apart_and_is_counted(story):
    """The sender of a result has nothing more to do but to conclude, and no limit says by when."""
    referral = story.sent()
    assert "untimed" not in [tab["key"] for tab in desk(story.officer)["tabs"]]
    Matter.objects.filter(pk=referral.pk).update(holder=referral.sender, stage="result_returned", next_due_at=None)
    Clock.objects.filter(matter=referral.pk).update(state=Clock.State.MET, ended_at=now())
    apart = next(tab for tab in desk(story.officer)["tabs"] if tab["key"] == "untimed")
    assert (apart["count"], apart["url"]) == (1, "?tab=untimed")
    assert desk(story.officer)["untimed"] == 1  # the head of the desk says so, and leads there
    shown = desk(story.officer, "?tab=untimed")
    assert [row["number"] for row in shown["rows"]] == [referral.number]
    assert [state for _stage, state, _next in rows(shown)] == ["none"]
    assert "untimed" not in [tab["key"] for tab in desk(story.receiver)["tabs"]]


@pytest.mark.parametrize("query", ["", "?tab=organ", "?tab=opened", "?tab=taking_part", "?tab=untimed"])
def test_a_full_desk_asks_the_database_no_more_than_ten_times(story, query, django_assert_max_num_queries):
    for _ in range(3):
        story.sent()
        story.found_other(story.case())
    client = Client()
    client.force_login(person(story.officer))
    client.get("/")
    with django_assert_max_num_queries(10):
        assert client.get(f"/{query}").status_code == 200


def test_who_may_not_take_a_step_is_told_whom_to_ask(story):
    referral = story.draft()
    story.take(referral, "submit", story.officer)
    client = Client()
    client.force_login(person(story.officer))
    page = client.get(f"/m/{referral.number}/approve/")
    assert page.status_code == 403
    assert person(story.approver).name in page.text


def test_where_nobody_may_take_a_step_nobody_is_named_and_nothing_is_recorded_for_him(story):
    told = story.case(ongoing=False)
    client = Client()
    client.force_login(person(story.officer))
    page = client.get(f"/m/{told.number}/record_stopped/")  # of a notice that was never given
    assert page.status_code == 403
    assert "现在不需要办理" in page.text
    assert "可以找" not in page.text
    everything = open_steps(Case.fetch(told.pk), person(story.officer), now())
    assert not [one.step.name for one in everything if one.behalf]  # no other organ has a part in it


def test_only_what_stands_on_the_page_is_joined_to_it(story, django_assert_num_queries):
    """However many kinds of matter there are: past join_collapse_limit PostgreSQL would join every clock there is."""
    story.found_other(story.case())
    kinds = dict(Clock.objects.filter(state="running").values_list("pk", "matter__kind"))
    with CaptureQueriesContext(connection) as asked:
        page = joined(kinds)
    (sql,) = (one["sql"] for one in asked)
    assert "cases_case" in sql
    assert "referrals_referral" not in sql
    with django_assert_num_queries(0):
        assert [child(clock.matter).KIND for clock in page] == ["cases"]


def test_drafts_are_counted_beside_the_clocks_and_without_any(story):
    for login in (story.officer, "xianfu.supervisor"):
        Draft.objects.create(user=person(login), key="/cases/new/?draft=1", fields={}, saved_at=now())
    story.found_other(story.case())
    for login in (story.officer, "xianfu.supervisor"):
        (drafts,) = [tab for tab in desk(login, "?tab=organ")["tabs"] if tab["key"] == "drafts"]
        assert drafts["count"] == 1


def test_the_county_is_counted_without_what_accuses_the_reader(story):
    case = story.found_other(story.case())
    story.found_other(story.case())
    assert len(desk("sifa.supervisor1")["rows"]) == 2
    Matter.objects.filter(pk=case.pk).update(hidden_organ=organ("sifa"))
    shown = desk("sifa.supervisor1")
    assert len(shown["rows"]) == 1
    assert sum(counter["count"] for counter in shown["counters"]) == 1


@pytest.mark.parametrize("query", ["", "?tab=organ"])
def test_a_supervisor_with_his_second_factor_too(story, query, django_assert_max_num_queries):
    story.found_other(story.case())
    client = Client()
    client.force_login(person("sifa.supervisor1"))
    client.get("/")
    with django_assert_max_num_queries(10):
        assert client.get(f"/{query}").status_code == 200


def test_the_moment_comes_with_the_posts_that_hold_on_its_day(story, django_assert_num_queries):
    travel_to(at("2026-09-30 23:59"))
    for login, asked in ((story.officer, 1), ("admin.security", 2)):
        user = person(login)
        with django_assert_num_queries(asked):
            moment = present_posts_of(user)
            posts = posts_of(user, moment.date())
        assert posts == posts_of(person(login), moment.date())
        assert at("2026-09-30 23:59") <= moment < at("2026-10-01 00:05")
    Post.objects.filter(user=person(story.officer)).update(until=date(2026, 9, 30))
    travel_to(at("2026-10-01 00:01"))
    user = person(story.officer)
    present_posts_of(user)
    assert posts_of(user) == ()
