"""Only evidence that the receiver has reviewed and found good goes into its own case (案件移送制度 五（十二）), whether
it looks at it before it files or after."""

import pytest

from cases.models import Case
from coordination.kernel.materials import Material, Tick, sheet, usable
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import review_evidence
from coordination.kernel.steps.after import Reaction, do_reactions
from referrals.models import Referral
from tests.county import person

pytestmark = pytest.mark.rules("NW-1.21")


def filed(story, referral: Referral) -> tuple[Referral, Case]:
    referral = story.take(referral, "file_case", story.receiver, words="符合立案条件")
    return referral, Case.objects.get(links_in__source=referral.pk, links_in__kind="filed_case")


def reviewed(story, referral: Referral, outcome: str = "ok", only: str = "") -> None:
    user = person(story.receiver)
    actor = Actor(user, next(post for post in posts_of(user) if post.role == "officer"))
    theirs = [one.material for one in sheet(referral) if one.reviewable_by(actor.organ.pk)]
    words = "不清晰" if outcome == "failed" else ""
    ticks = [Tick(one.pk, outcome, words) for one in theirs if one.title.startswith(only)]
    review_evidence(referral, ticks, actor=actor, moment=now())
    do_reactions()


def in_file(case: Case) -> list[str]:
    return list(Material.objects.filter(matter=case.pk).values_list("title", flat=True))


def test_what_is_found_good_after_the_filing_reaches_the_receivers_case(story):
    referral, case = filed(story, story.accepted())
    assert in_file(case) == []
    reviewed(story, referral)
    good = usable(referral, referral.receiver_id)
    assert in_file(case) == [one.title for one in good] != []
    told = case.entries.last()
    assert (told.step, told.cause.matter_id) == ("take_evidence", referral.pk)


def test_also_into_a_case_that_is_suspended(story):
    referral, case = filed(story, story.accepted())
    Case.objects.filter(pk=case.pk).update(stage="suspended")
    reviewed(story, referral)
    assert len(in_file(case)) == 2


def test_it_is_carried_once_and_what_fails_is_not(story):
    referral, case = filed(story, story.accepted())
    reviewed(story, referral, "failed", only="现场照片")
    assert in_file(case) == []
    reviewed(story, referral)
    known = in_file(case)
    reviewed(story, referral)
    assert in_file(case) == known
    assert not Reaction.objects.filter(done_at=None).exists()


def test_what_was_reviewed_before_the_filing_is_not_carried_twice(story):
    referral = story.accepted()
    reviewed(story, referral, only="现场照片")
    referral, case = filed(story, referral)
    assert in_file(case) == ["现场照片"]
    reviewed(story, referral)
    assert sorted(in_file(case)) == sorted(one.title for one in usable(referral, referral.receiver_id))


def test_after_the_decision_nothing_is_added_to_its_grounds(story):
    referral, case = filed(story, story.accepted())
    story.decided(case, "shengtai.legal")
    reviewed(story, referral)
    assert in_file(case) == []
    assert not Reaction.objects.filter(done_at=None).exists()
