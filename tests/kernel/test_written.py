"""Words of statements that are kept for a reader: the answer never is, and another reader has other words."""

import pytest

from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.organs import Post, Role
from coordination.kernel.web import written
from coordination.kernel.web.desk import TABS
from coordination.kernel.web.desk_queries import Desk, keys
from coordination.kernel.web.navigation import navigation
from tests.county import Story, organ, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_words():
    written._words.clear()
    yield
    written._words.clear()


def request_of(rf, login: str):
    request = rf.get("/")
    request.user = person(login)
    return request


def found(rf, login: str, tab: str, kept: str) -> tuple:
    view = Desk(request_of(rf, login))
    return keys(view, view.rows(tab, "")[:20], kept)


@pytest.mark.parametrize("login", ["yangfangkou.officer1", "shengtai.legal", "sifa.supervisor1"])
@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "untimed"])
def test_what_is_asked_again_answers_as_what_is_written_anew(story: Story, rf, login, tab):
    for _each in range(2):
        story.sent()
        if tab in Desk(request_of(rf, login)).tabs:
            assert found(rf, login, tab, tab) == found(rf, login, tab, "")


def test_the_second_time_django_writes_nothing(story: Story, rf, django_assert_num_queries):
    story.sent()
    first = found(rf, story.receiver, "mine", "mine")
    assert first[0]
    view = Desk(request_of(rf, story.receiver))
    with django_assert_num_queries(1):
        assert keys(view, view.rows("mine", "")[:20], "mine") == first
    assert len(written._words) == 1


def bell(rf, login: str) -> int:
    return navigation(request_of(rf, login))["unread"]


def test_who_gets_another_post_is_told_what_that_post_is_told(story: Story, rf):
    story.sent()
    login = "ziran.head"
    before = bell(rf, login)
    Post.objects.create(user=person(login), organ=organ("shengtai"), role=Role.LIAISON, since="2026-01-01")
    told = Notice.objects.filter(organ=organ("shengtai"), role__in=["", Role.LIAISON]).count()
    assert told
    assert bell(rf, login) == before + told


@pytest.mark.rules("LAW-20")
def test_what_begins_to_accuse_the_reader_is_gone_from_the_bell_at_once(story: Story, rf):
    referral = story.sent()
    before = bell(rf, story.receiver)
    Matter.objects.filter(pk=referral.pk).update(hidden_organ=organ("shengtai"))
    mine = Entry.objects.filter(matter=referral.pk, notices__organ=organ("shengtai")).distinct().count()
    assert before >= mine > 0
    assert bell(rf, story.receiver) == before - mine


def test_a_reader_without_a_post_has_an_empty_desk(story: Story, rf):
    story.sent()
    person(story.receiver).posts.all().delete()
    for _each in range(2):
        assert found(rf, story.receiver, "mine", "mine") == ({}, (0, 0))


@pytest.mark.rules("LAW-20")
def test_a_list_is_asked_anew_each_time_and_of_each_reader(story: Story, client):
    referral = story.sent()

    def listed(login: str) -> bool:
        client.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
        return referral.number in client.get("/referrals/").content.decode()

    assert [listed(login) for login in (story.receiver, story.officer, "ziran.head")] == [True, True, False]
    Matter.objects.filter(pk=referral.pk).update(hidden_organ=organ("shengtai"))
    assert [listed(login) for login in (story.receiver, story.officer, "ziran.head")] == [False, True, False]
