"""Words of statements that are kept for a reader: the answer never is, and another reader has other words."""

from datetime import date

import pytest
from django.db.models import F

from coordination.kernel import written
from coordination.kernel.catalogue import Item
from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms.overrides import MechanismOverride, local_rules
from coordination.kernel.notices import Notice
from coordination.kernel.now import travel_to
from coordination.kernel.organs import Post, Role
from coordination.kernel.web.desk import TABS
from coordination.kernel.web.desk_queries import Desk, joining, keys
from coordination.kernel.web.navigation import navigation
from coordination.kernel.web.workflows import child
from coordination.kernel.written import one_of_later
from referrals.models import Referral
from tests.county import Story, organ, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_words():
    written._kept.clear()
    yield
    written._kept.clear()


def request_of(rf, login: str):
    request = rf.get("/")
    request.user = person(login)
    return request


def found(rf, login: str, tab: str, lamp: str = "") -> tuple:
    view = Desk(request_of(rf, login))
    return keys(view, tab, lamp, slice(0, 20)), view.counts(tab)


@pytest.mark.parametrize("login", ["yangfangkou.officer1", "shengtai.legal", "sifa.supervisor1"])
@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "untimed"])
def test_what_is_asked_again_answers_as_what_is_written_anew(story: Story, rf, login, tab):
    for _each in range(2):
        story.sent()
        if tab not in Desk(request_of(rf, login)).tabs:
            continue
        for lamp in ("", "plenty"):
            again = found(rf, login, tab, lamp)
            written._kept.clear()
            assert found(rf, login, tab, lamp) == again


def test_a_moment_is_told_anew_each_time(story: Story, rf):
    """What had plenty of time and has none left changes its lamp, in the same words."""
    story.sent()
    lamps = []
    for _each in range(3):
        lamps.append({key for key, count in found(rf, story.receiver, "organ")[1].items() if count and "lamp" in key})
        words = dict(written._kept)
        travel_to(Clock.objects.filter(organ=organ("shengtai"), state="running").earliest("overdue_at").overdue_at)
        assert found(rf, story.receiver, "organ")[1]["lamp_overdue"]
        assert dict(written._kept) == words
    assert lamps[0] == {"lamp_plenty"}


def test_the_second_time_django_writes_nothing(story: Story, rf, django_assert_num_queries):
    story.sent()
    first = found(rf, story.receiver, "mine")
    assert first[0][0]
    view, words = Desk(request_of(rf, story.receiver)), len(written._kept)
    with django_assert_num_queries(1):
        assert keys(view, "mine", "", slice(0, 20)) == first[0]
    assert len(written._kept) == words


def test_instances_are_those_that_django_itself_makes(story: Story):
    """With all that is joined to them, what is annotated and what a column is turned into."""
    story.sent()

    def write():
        clocks = joining(["cases", "referrals"]).select_related("organ").annotate(twice=F("pk") * 2)
        return clocks.filter(one_of_later(F("organ"), "organs"))

    keys, organs = list(Clock.objects.values_list("pk", flat=True)), [organ("yangfangkou").pk, organ("shengtai").pk]
    made = [written.objects("some", write, keys=keys, organs=organs) for _each in range(2)]
    plain = list(
        Clock.objects.filter(pk__in=keys, organ__in=organs)
        .select_related("organ", "matter__item", "matter__case", "matter__referral")
        .annotate(twice=F("pk") * 2)
        .order_by("overdue_at", "pk")
    )
    assert len(plain) > 1
    for found in made:
        assert [facts(one) for one in found] == [facts(one) for one in plain]
    assert written.objects("some", write, keys=[], organs=organs) == []


def facts(clock: Clock) -> list[dict]:
    joined = (clock, clock.organ, clock.matter, clock.matter.item, child(clock.matter))
    return [{k: v for k, v in vars(one).items() if k != "_state"} for one in joined]


def test_a_matter_comes_with_all_that_is_joined_in_one_statement(story: Story, django_assert_num_queries):
    referral, sender, item = story.sent(), organ("yangfangkou"), Item.objects.get(number=story.item)
    for _each in range(2):
        with django_assert_num_queries(1):
            found = Referral.fetch(referral.pk)
            assert (found.sender, found.case.item, found.item.guide.pk) == (sender, item, item.guide_id)
    with pytest.raises(Referral.DoesNotExist):
        Referral.fetch(referral.pk + 1_000_000)


@pytest.mark.parametrize("key", ["empty", None])
def test_a_question_that_nothing_answers_is_not_asked(django_assert_num_queries, key):
    with django_assert_num_queries(0):
        assert written.values(key, lambda: Clock.objects.filter(pk__in=()).values_list("pk")) == []


def test_what_was_not_told_is_missed_by_name(db):
    with pytest.raises(KeyError, match="keys"):
        written.objects("untold", lambda: joining(["cases"]))


def test_a_rule_that_is_entered_holds_from_the_next_request(story: Story):
    before = local_rules("ningwu")
    row = {"kind": "option", "key": "reply.urgent", "value": {"a": [1]}, "basis": "县政府办公室通知"}
    MechanismOverride.objects.create(county_id="ningwu", since=date(2026, 9, 1), made_by=person("sifa.head"), **row)
    name, version, rules = local_rules("ningwu")
    assert (name, version) == before[:2]
    assert [(rule.key, rule.value, rule.since) for rule in rules] == [("reply.urgent", {"a": [1]}, date(2026, 9, 1))]
    assert local_rules("nowhere") == (None, 0, ())


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
        shown, counts = found(rf, story.receiver, "mine")
        assert shown == ({}, (0, 0))
        assert not any(counts.values())


@pytest.mark.rules("LAW-20")
def test_a_list_is_asked_anew_each_time_and_of_each_reader(story: Story, client):
    referral = story.sent()

    def listed(login: str) -> bool:
        client.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
        return referral.number in client.get("/referrals/").content.decode()

    assert [listed(login) for login in (story.receiver, story.officer, "ziran.head")] == [True, True, False]
    Matter.objects.filter(pk=referral.pk).update(hidden_organ=organ("shengtai"))
    assert [listed(login) for login in (story.receiver, story.officer, "ziran.head")] == [False, True, False]
