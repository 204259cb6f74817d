"""The main job as a tale: a township lacks an instrument, a department measures, the opinion lies in the case."""

import pytest

from assistance.models import Assistance
from cases.models import Case
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.materials import Material, sheet
from coordination.kernel.matters import Link, Participation
from coordination.kernel.now import now
from coordination.kernel.steps import begin
from coordination.kernel.steps.after import Reaction, do_reactions
from coordination.kernel.words import Refusal
from tests.assistance.tale import AssistanceStory
from tests.county import organ, person, upload


@pytest.mark.rules("NW-3.55", "NW-3.56", "NW-3.57", "LAW-4", "JH-6.1", "JH-6.2", "JH-6.3", "QX-4.8", "YY-6.4", "YY-6.6")
def test_a_request_goes_the_whole_way_and_the_opinion_becomes_evidence_in_the_case(asking):
    asked = asking.sent()
    assert asked.stage == "sent"
    assert asked.holder == asked.asker
    asked = asking.received(asked)
    assert asked.holder == asked.helper
    asked = asking.answered(asked)
    assert asked.stage == "answered"
    assert asked.holder == asked.asker
    case = Case.objects.get(pk=asked.origin_id)
    opinion = Material.objects.get(matter=case, title="监测报告")
    assert opinion.carried_from.matter_id == asked.pk
    assert opinion.kind == "evidence"
    line = next(one for one in sheet(case) if one.material == opinion)
    assert line.reviewable_by(case.holder_id)  # the asker reviews it before using it
    asked = asking.take(asked, "conclude", asking.officer)
    assert asked.stage == "concluded"
    assert asked.closed_at is not None
    keys = list(IssuedDocument.objects.filter(matter=asked).order_by("pk").values_list("key", flat=True))
    assert keys == ["assistance_letter", "assistance_reply"]


def test_what_the_case_knows_is_not_typed_again(asking):
    case = asking.case(urgency="urgent")
    asked = asking.ask(case)
    for name in ("title", "subject_name", "place", "place_text", "item", "urgency", "basic_facts"):
        assert getattr(asked, name) == getattr(case, name)
    assert set(asked.materials.values_list("title", flat=True)) == {"现场检查记录", "现场照片"}
    assert Link.objects.filter(source=case, target_id=asked.pk, kind="assistance").exists()


def test_the_helper_is_let_in_by_the_letter_and_not_before(asking):
    asked = asking.approved()
    assert not Participation.objects.filter(matter=asked, organ=asked.helper).exists()
    asked = asking.sent(asking.ask(asking.case()))
    assert Participation.objects.get(matter=asked, organ=asked.helper).side == "helper"


@pytest.mark.rules("NW-1.22")
def test_the_receiver_of_a_referral_asks_its_sender_who_is_bound_to_assist(story):
    referral = story.accepted()
    user = person(story.receiver)
    assert Assistance.may_open_from(referral, user)
    assert not Assistance.may_open_from(referral, person(story.officer))
    known = Assistance.first_initial(referral, now())
    assert known["helper"] == referral.sender
    facts = known | {"questions": "补充9月21日前的巡查记录", "materials": [], "contact": ""}
    asked = begin(Assistance, "draft", user, **facts)
    assert asked.limit_facts()["direction"] == "down"
    assert Link.objects.filter(source=referral, target=asked, kind="assistance").exists()
    asked = _answered_by_the_township(story, asked)
    assert Material.objects.filter(matter=referral, title="巡查记录").exists()
    asked = _answered_by_the_township(story, begin(Assistance, "draft", user, **facts), file=True)
    assert not Material.objects.filter(matter=referral, title="巡查记录2").exists()
    case = Case.objects.get(holder=referral.receiver)
    assert Material.objects.filter(matter=case, title="巡查记录2").exists()


def _answered_by_the_township(story, asked, file=False):
    story.take(asked, "submit", story.receiver)
    story.take(asked, "approve", "shengtai.approver", words="同意")
    story.take(asked, "send", story.receiver, service_method="platform")
    asked = story.take(asked, "receive", story.officer, signer="张明", at=now())
    if file:  # the receiver has by now a case of its own
        story.take(asked.origin.as_child(), "file_case", story.receiver, words="符合立案条件")
    record = upload(asked, story.officer, "evidence", "巡查记录2" if file else "巡查记录")
    facts = {"work_done": "查阅台账", "conclusions": "巡查记录附后", "answer_basis": "台账", "evidence": [record]}
    return story.take(asked, "answer", story.officer, **facts)


@pytest.mark.rules("QX-4.1", "QX-4.2", "YY-6.1", "YY-6.2", "YY-6.3", "YY-6.5")
@pytest.mark.parametrize(
    ("asker", "helper", "direction"),
    [("yangfangkou", "shengtai", "up"), ("shengtai", "yangfangkou", "down"), ("yangfangkou", "dongzhai", "across")],
)
@pytest.mark.parametrize("ground", ["power_not_enough", "cannot_investigate", "held_by_another", "other"])
def test_organs_ask_one_another_in_every_direction_on_every_ground(ningwu, asker, helper, direction, ground):
    story = AssistanceStory()
    story.officer = f"{asker}.officer1"
    asked = story.ask(helper=organ(helper), kind_of="information", technique="", ground=ground)
    assert asked.limit_facts()["direction"] == direction
    assert asked.ground == ground


def test_an_organ_off_the_platform_is_asked_on_paper_and_its_steps_are_recorded(asking):
    ask = asking.ask(helper=organ("gongan"), kind_of="information", technique="", questions="车辆登记在谁名下")
    with pytest.raises(Refusal, match="不在本平台"):
        asking.sent(ask)
    asked = asking.take(ask, "send", asking.officer, service_method="in_person")
    assert not asked.clocks.filter(limit="assistance.answer").exists()  # it has nothing in hand yet
    asked = asking.recorded(asked, "receive", signer="孙警官", at=now())
    assert asked.clocks.get(limit="assistance.answer").started_at == asked.received_at
    facts = {"work_done": "查询", "conclusions": "登记在张三名下", "answer_basis": "登记系统", "evidence": []}
    asked = asking.recorded(asked, "answer", **facts)
    assert asked.stage == "answered"
    assert asked.entries.get(step="answer").on_behalf_of == asked.helper
    assert not IssuedDocument.objects.filter(matter=asked, key="assistance_reply").exists()  # its own paper is the scan


@pytest.mark.rules("NW-3.57")
def test_the_letter_of_reply_comes_into_the_case_file_whatever_was_asked_for(asking):
    asked = asking.received(asking.sent(asking.ask(kind_of="information", technique="")))
    asked = asking.answered(asked, experts="", opinion_paper=None)
    asking.take(asked, "conclude", asking.officer)
    do_reactions()
    reply = asked.documents.get(key="assistance_reply")
    filed = Material.objects.get(matter=asked.origin_id, reference=reply.number)
    assert (filed.title, filed.kind, filed.mime) == (reply.title, "letter", "application/pdf")
    assert filed.carried_from.organ == asked.helper
    assert not Reaction.objects.filter(done_at=None).exists()


@pytest.mark.rules("NW-3.57")
def test_of_an_organ_off_the_platform_its_own_paper_comes_into_the_case_file(asking):
    asked = asking.sent(asking.ask(helper=organ("gongan"), kind_of="information", technique=""), "in_person")
    asked = asking.recorded(asked, "receive", signer="孙警官", at=now())
    facts = {"work_done": "查询", "conclusions": "1. 是\n2. 是", "answer_basis": "登记系统", "evidence": []}
    asked = asking.recorded(asked, "answer", **facts)
    assert [one.title for one in Material.objects.filter(matter=asked.origin_id, kind="scan")] == ["书面凭证"]
    do_reactions()
    assert not Reaction.objects.filter(done_at=None).exists()
