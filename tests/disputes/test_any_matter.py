"""A dispute about a matter that it does not move: a joint operation, a complaint, a record, a meeting, an order."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Organ
from coordination.kernel.steps import begin
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.complaints.tale import NAME, PHONE, ComplaintStory
from tests.county import organ, person
from tests.disputes.tale import CLAIM, DisputeStory
from tests.infosharing.tale import SharingStory
from tests.jointops.tale import JointStory
from tests.supervision.tale import OrderStory

TOWNSHIP, BUREAU = "yangfangkou.officer1", "shengtai.officer1"


@pytest.fixture
def joint(ningwu) -> JointStory:
    return JointStory()


def raised(about: Matter, login: str = BUREAU, other: str = "yangfangkou", **facts) -> Dispute:
    about = about.as_child()
    known = Dispute.first_initial(about, now()) | CLAIM | {"title": "分工争议", "outcome": "respondent"}
    return begin(Dispute, "raise_dispute", person(login), **(known | {"respondent": organ(other)} | facts))


def state(matter: Matter) -> tuple:
    below = matter.as_child()
    clocks = Clock.objects.filter(matter=below).order_by("pk").values_list("limit", "state", "next_rung_at")
    return below.stage, below.version, below.holder, below.entries.count(), list(clocks)


def about_an_operation() -> Matter:
    return JointStory().circulated()


def about_a_meeting() -> Matter:
    return JointStory().called()


def about_a_record() -> Matter:
    return (told := SharingStory()).shared(told.reviewed())


def about_an_order() -> Matter:
    return OrderStory().issued()


def about_a_complaint() -> Matter:
    told = ComplaintStory()
    return told.passed_on(told.verifying(BUREAU), BUREAU)


MATTERS = [
    (about_an_operation, "yangfangkou", "joint_enforcement"),
    (about_a_meeting, "yangfangkou", "duties"),
    (about_a_record, "yangfangkou", "duties"),
    (about_an_order, "sifa", "duties"),
    (about_a_complaint, "yangfangkou", "duties"),
]


@pytest.mark.rules("NW-3.61", "LX-7.18", "JH-7.1")
@pytest.mark.parametrize(("matter", "other", "kind"), MATTERS)
def test_a_dispute_on_any_matter_is_linked_to_it_and_moves_nothing_in_it(ningwu, matter, other, kind):
    about = matter()
    before = state(about)
    assert Dispute.may_open_from(about.as_child(), person(BUREAU))
    dispute = raised(about, other=other)
    assert (dispute.kind_of, dispute.stage, dispute.parties) == (
        kind,
        "negotiating",
        [organ("shengtai").pk, organ(other).pk],
    )
    link = Link.objects.get(kind="dispute")
    assert (link.source_id, link.target_id) == (about.pk, dispute.pk)
    assert dispute.keeper == about.as_child().holder
    assert state(about) == before
    story = DisputeStory()
    gone = story.take(dispute, "withdraw", BUREAU, words="双方继续协商")
    assert gone.closed_at
    assert state(about) == before


@pytest.mark.rules("NW-3.61", "NW-3.62", "NW-1.19")
def test_it_climbs_to_a_decision_with_the_outcomes_of_a_general_dispute(joint):
    about, story = joint.circulated(), DisputeStory()
    before = state(about)
    dispute = story.take(raised(about), "end_talks", BUREAU, words="未成")
    dispute = story.take(dispute, "apply", TOWNSHIP, request="请求明确", basis="清单", outcome="shared")
    body = f"{dispute.body.key.partition('.')[2]}.supervisor1"
    page = Client()
    page.force_login(person(body))
    assert page.get(reverse("matter", args=[dispute.number])).status_code == 200
    assert about.number in dispute.documents.get().html
    dispute = story.take(dispute, "accept", body, handler="金允", phone="0350-1")
    dispute = story.stated(story.stated(dispute, BUREAU, "respondent"), TOWNSHIP, "shared")
    settled = story.take(dispute, "propose_settlement", body, outcome="respondent", at=now(), place="会议室",
                         participants="双方", words="由镇负责")  # fmt: skip
    for login in (BUREAU, TOWNSHIP):
        settled = story.take(settled, "consent", login, signer="负责人")
    assert (settled.stage, settled.result()) == ("agreed", f"由被申请方负责（{organ('yangfangkou').name}）")
    assert state(about) == before


@pytest.mark.rules("NW-3.61", "LX-7.18")
def test_both_its_page_and_the_form_show_it_to_whoever_takes_part(joint):
    about = joint.circulated()
    browser = Client()
    browser.force_login(person(BUREAU))
    address = f"{reverse('disputes:new')}?from={about.number}"
    assert address in browser.get(reverse("matter", args=[about.number])).content.decode()
    shown = browser.get(address)
    assert f'href="{reverse("matter", args=[about.number])}">{about.title}</a>' in shown.content.decode()
    form = shown.context["form"]
    offered = set(form.fields["respondent"].queryset)
    assert offered == {organ("yangfangkou"), organ("ziran")}
    typed = CLAIM | {"respondent": organ("ziran").pk, "kind_of": "joint_enforcement", "title": "分工争议"}
    typed |= {"outcome": "respondent", "about": about.pk}
    browser.post(address, typed)
    dispute = Dispute.objects.get()
    assert (dispute.about_id, dispute.respondent) == (about.pk, organ("ziran"))
    assert "由此提出争议" in browser.get(reverse("matter", args=[about.number])).content.decode()


@pytest.mark.rules("LX-7.18")
def test_only_with_another_participant_and_only_by_one(joint):
    about = joint.circulated()
    with pytest.raises(Refusal, match="参与单位中选择"):
        raised(about, other="shuili")
    with pytest.raises(Refusal, match="选择") as caught:
        raised(about, respondent=None)
    assert caught.value.field == "respondent"
    with pytest.raises(Refusal, match="参与单位"):
        raised(about, "shuili.officer1")
    assert not Dispute.may_open_from(about, person("shuili.officer1"))
    browser = Client()
    browser.force_login(person("shuili.officer1"))
    assert browser.get(f"{reverse('disputes:new')}?from={about.number}").status_code == 404


@pytest.mark.rules("LX-7.18")
def test_what_the_others_do_not_know_of_yet_is_not_told_by_a_dispute(joint):
    about = joint.proposed()
    assert not Dispute.may_open_from(about, person(TOWNSHIP))
    with pytest.raises(Refusal, match="参与单位"):
        raised(about, TOWNSHIP, "shengtai")
    with pytest.raises(Refusal, match="参与单位"):
        raised(about, BUREAU)
    assert not Dispute.objects.exists()


@pytest.mark.rules("LX-7.18")
def test_whether_it_may_be_opened_is_known_without_a_query(joint, django_assert_num_queries):
    about, user = joint.circulated().as_child(), person(BUREAU)
    Dispute.may_open_from(about, user)
    with django_assert_num_queries(0):
        assert Dispute.may_open_from(about, user)


@pytest.mark.rules("LAW-20", "NW-1.19")
def test_what_accuses_somebody_stays_hidden_from_him_and_he_becomes_neither_side_nor_body(joint):
    about = joint.circulated()
    Matter.objects.filter(pk=about.pk).update(hidden_organ=organ("sifa"), hidden_person=person("ziran.officer1"))
    dispute = raised(about)
    assert (dispute.hidden_organ, dispute.hidden_person) == (organ("sifa"), person("ziran.officer1"))
    assert organ("sifa").pk not in {rung["organ"] for rung in dispute.ladder}
    assert not Matter.objects.visible_to(person("sifa.supervisor1")).filter(pk=dispute.pk).exists()
    with pytest.raises(Refusal, match="参与单位"):
        raised(about, "ziran.officer1")


@pytest.mark.rules("LAW-20")
def test_an_accused_participant_is_not_chosen_nor_is_a_unit_of_his(joint):
    about = joint.circulated()
    unit, accused = organ("ziran"), organ("shuili")
    Organ.objects.filter(pk=unit.pk).update(parent=accused)
    Matter.objects.filter(pk=about.pk).update(hidden_organ=accused)
    with pytest.raises(Refusal, match="参与单位中选择"):
        raised(about, other="ziran")
    with pytest.raises(Refusal, match="参与单位"):
        raised(about, "ziran.officer1", "shengtai")
    dispute = raised(about)
    assert not Participation.objects.filter(matter=dispute, organ=unit).exists()
    assert not Notice.objects.filter(matter=dispute, organ=unit).exists()


@pytest.mark.rules("LAW-20", "LAW-22")
def test_who_complained_does_not_enter_the_dispute(ningwu):
    dispute = raised(about_a_complaint())
    story = DisputeStory()
    dispute = story.take(dispute, "end_talks", BUREAU, words="未成")
    dispute = story.take(dispute, "apply", BUREAU, request="请求明确", basis="清单", outcome="shared")
    browser = Client()
    browser.force_login(person("sifa.supervisor1"))
    page = browser.get(reverse("matter", args=[dispute.number])).content.decode()
    for words in (page, dispute.documents.get().html):
        assert NAME not in words
        assert PHONE not in words


@pytest.mark.rules("NW-4.25", "LX-7.18")
def test_words_of_the_matter_are_not_copied_so_that_what_is_blotted_out_there_does_not_stand_here(ningwu):
    about = (told := SharingStory()).shared(told.reviewed(title="某重要目标"))
    dispute = raised(about)
    assert (dispute.title, dispute.subject_name, dispute.place_text) == ("分工争议", "", "")


@pytest.mark.rules("LX-7.18")
def test_a_plan_that_was_given_up_before_anybody_was_asked_is_disputed_by_nobody(joint):
    gone = joint.take(joint.proposed(), "cancel", joint.initiator, words="天气原因")
    known = joint.take(joint.circulated(title="另一次"), "cancel", joint.initiator, words="天气原因")
    for login in (joint.initiator, joint.first):
        assert not Dispute.may_open_from(gone.as_child(), person(login))
        assert Dispute.may_open_from(known.as_child(), person(login))
