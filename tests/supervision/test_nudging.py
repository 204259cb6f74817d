"""催一下: a word to the bearer, on the record, once a day."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.now import travel_to
from coordination.kernel.steps import nudge
from coordination.kernel.words import Refusal
from tests.county import Story, at, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(story: Story) -> Clock:
    story.found_other(story.case())
    travel_to(at("2026-09-28 09:00"))
    return Clock.objects.get(limit="referrals.send")


def refused(clock: Clock, login: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        nudge(clock.pk, person(login))
    return caught.value


@pytest.mark.rules("NW-2.18", "LAW-23")
def test_the_bearer_is_told_and_the_journal_keeps_who_urged_whom_for_what(late):
    entry = nudge(late.pk, person("sifa.supervisor1"))
    assert (entry.step, entry.before, entry.after) == ("nudge", late.matter.stage, late.matter.stage)
    assert ["催办时限", late.title] in entry.words["facts"]
    assert {(n.organ_id, n.level) for n in entry.notices.all()} == {(late.organ_id, "supervise")}


def test_the_same_organ_is_urged_once_a_day_for_a_matter(late):
    nudge(late.pk, person("sifa.supervisor1"))
    assert refused(late, "xianfu.supervisor").code == "rate"
    assert Entry.objects.filter(step="nudge").count() == 1
    travel_to(at("2026-09-29 00:01"))
    assert nudge(late.pk, person("xianfu.supervisor"))


def test_only_who_supervises_the_county_urges(late):
    for login in ("yangfangkou.head", "shengtai.officer1", "sifa.registry"):
        assert refused(late, login).code == "permission"


def test_what_is_done_is_urged_no_more(late):
    Clock.objects.filter(pk=late.pk).update(state="met", ended_at=late.started_at, next_rung_at=None)
    assert refused(late, "sifa.supervisor1").code == "stage"


def test_the_button_says_what_it_did_and_comes_back_to_where_it_stood(late):
    one = Client()
    one.force_login(person("sifa.supervisor1"), backend="django.contrib.auth.backends.ModelBackend")
    back = f"{reverse('supervision_duties')}?which=overdue"
    assert "催一下" in one.get(back).content.decode()
    for words in ("已催办", "今天已经催办过"):
        answer = one.post(reverse("supervision_urge", args=[late.pk]), {"back": back}, follow=True)
        assert answer.redirect_chain[0][0] == back
        assert words in answer.content.decode()
    elsewhere = one.post(reverse("supervision_urge", args=[late.pk]), {"back": "https://example.org/"})
    assert elsewhere.url == reverse("supervision")
