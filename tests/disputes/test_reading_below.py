"""Whoever is asked to settle a dispute reads the matter that it is about: from when it is asked, that matter alone."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import open_steps
from tests.county import organ, person, picture

HEAD = "xianfu.head"


def sees(login: str, matter) -> bool:
    return Matter.objects.visible_to(person(login)).filter(pk=matter.pk).exists()


def answer(login: str, matter) -> int:
    reader = Client()
    reader.force_login(person(login))
    return reader.get(reverse("matter", args=[matter.number])).status_code


@pytest.mark.rules("NW-1.19", "NW-3.62", "LAW-3")
def test_the_head_who_signs_the_ruling_reads_the_referral_from_when_the_government_is_asked(story):
    dispute = story.unsettled()
    below = dispute.about
    assert answer(HEAD, below) == 404
    story.take(dispute, "apply", story.receiver, request="请求裁决", basis="清单", outcome="sender")
    assert answer(HEAD, below) == 200
    assert not sees(HEAD, below.as_child().case), "this matter alone"


@pytest.mark.rules("NW-1.18")
def test_so_do_all_of_the_bureau_that_mediates_and_nobody_else(story):
    below = story.negotiated()
    assert not sees("sifa.registry", below)
    story.raised(below)
    assert sees("sifa.registry", below)
    assert not sees(HEAD, below)
    assert not sees("shuili.officer1", below)


@pytest.mark.rules("LAW-3")
def test_the_superior_that_takes_up_a_dispute_about_a_case_reads_the_case(story):
    case = story.found_other(story.case())
    dispute = story.raised(case, outcome="competent")
    assert not sees(HEAD, case)
    story.taken_up(dispute)
    assert answer(HEAD, case) == 200


def test_a_dispute_about_no_matter_shows_none(story):
    before = Matter.objects.visible_to(person(HEAD)).count()
    dispute = story.take(story.general(), "end_talks", story.officer, words="未成")
    story.take(dispute, "apply", story.officer, request="请求明确", basis="清单", outcome="shared")
    assert Matter.objects.visible_to(person(HEAD)).count() in (before, before + 1), "the dispute at most"


def test_it_reads_and_does_nothing_in_it(story):
    case = story.found_other(story.case())
    story.taken_up(story.raised(case, outcome="competent"))
    for login in (HEAD, "xianfu.supervisor"):
        assert open_steps(case.as_child(), person(login), now()) == []
    reader = Client()
    reader.force_login(person(HEAD))
    typed = {"files": [picture()], "kind": "other", "title": "批示", "copies": "1"}
    assert reader.post(reverse("material-add", args=[case.number]), typed).status_code == 403
    page = reader.get(reverse("matter", args=[case.number])).text
    assert "处理争议的机关" in page


@pytest.mark.rules("LAW-20")
def test_what_accuses_the_body_is_not_shown_to_it(story):
    below = story.negotiated()
    Matter.objects.filter(pk=below.pk).update(hidden_organ=organ("sifa"))
    dispute = story.raised(below.as_child())
    assert (dispute.body, dispute.rung) == (organ("xianfu"), 1), "it is no rung of the ladder"
    for matter in (below, dispute):
        assert not sees("sifa.registry", matter)
