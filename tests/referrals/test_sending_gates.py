"""What a referral must have before it leaves: 案件移送制度 三, each refusal in words."""

from datetime import timedelta

import pytest

from coordination.kernel.materials import Material
from coordination.kernel.organs import User
from coordination.kernel.steps import perform
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import Refusal
from referrals.models import Referral
from tests.county import at, organ, person


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


@pytest.mark.rules("NW-1.8", "LAW-6")
def test_one_officer_is_not_enough(story):
    referral = story.draft(officers=[person(story.officer)])
    refusal = refused(story.take, referral, "submit", story.officer)
    assert refusal.field == "officers"
    assert "2 名以上" in refusal.message


@pytest.mark.rules("NW-1.8", "LAW-6")
def test_an_assistant_never_counts_as_one_of_the_two(story):
    referral = story.draft(officers=[person(story.officer), person("yangfangkou.assistant")])
    assert refused(story.take, referral, "submit", story.officer).field == "officers"


@pytest.mark.rules("LAW-6")
def test_a_lapsed_certificate_does_not_count_on_the_day_of_the_step(story):
    referral = story.draft()
    User.objects.filter(username=story.second).update(certificate_until=at("2026-09-20 00:00").date())
    assert refused(story.take, referral, "submit", story.officer).field == "officers"


@pytest.mark.rules("LAW-6")
def test_a_person_without_a_valid_certificate_takes_no_enforcement_step(story):
    referral = story.draft()
    User.objects.filter(username=story.officer).update(certificate_state="suspended")
    refusal = refused(story.take, referral, "submit", story.officer)
    assert refusal.code == "permission"
    assert "暂扣" in refusal.message


@pytest.mark.rules("NW-1.6", "NW-1.7", "NW-3.22")
def test_an_internal_unit_neither_sends_nor_receives(story):
    unit = organ("yangfangkou").units.create(
        county_id="ningwu", key="ningwu.test-team", kind="internal_unit", name="综合行政执法队", short_name="执法队"
    )
    refusal = refused(story.draft, receiver=unit, choice_reason="他们离得近")
    assert refusal.field == "receiver"
    assert "所属的机关" in refusal.message
    member = person("yangfangkou.officer1")
    member.posts.update(organ=unit)
    refusal = refused(story.case)
    assert "不能以自己的名义" in refusal.message


@pytest.mark.rules("NW-1.7")
def test_a_dispatched_unit_may_where_a_law_says_so(story):
    assert organ("shengtai").own_name_basis
    assert story.draft().receiver == organ("shengtai")


@pytest.mark.rules("NW-1.9", "NW-3.18")
def test_the_basic_facts_stand_in_writing(story):
    referral = story.draft(basic_facts="违法")
    assert refused(story.take, referral, "submit", story.officer).field == "basic_facts"


@pytest.mark.rules("NW-1.10", "NW-3.18")
@pytest.mark.parametrize("kind", ["source_material", "photo"])
def test_the_file_holds_source_material_and_first_evidence(story, kind):
    referral = story.draft()
    Material.objects.filter(matter_id=referral.pk, kind=kind).update(withdrawn=True)
    assert refused(story.take, referral, "submit", story.officer).field == "materials"


@pytest.mark.rules("NW-1.11")
def test_property_is_listed_or_declared_to_be_none(story):
    case = story.found_other(story.case())
    story.take(case, "list_property", story.officer, name="自卸车", quantity=1, unit="辆")
    referral = story.draft(case, property_declared="none")
    assert "不能声明为无" in refused(story.take, referral, "submit", story.officer).message
    referral = story.take(referral, "revise", story.officer, **_letter(referral, property_declared="listed"))
    assert story.take(referral, "submit", story.officer).stage == "awaiting_approval"


@pytest.mark.rules("NW-1.11")
def test_property_that_is_declared_must_be_listed(story):
    referral = story.draft(property_declared="listed")
    assert refused(story.take, referral, "submit", story.officer).field == "property_declared"


@pytest.mark.rules("NW-1.12")
def test_evidence_and_proceeds_of_property_disposed_of_in_advance_go_along(story):
    case = story.found_other(story.case())
    goods = {"name": "活禽", "quantity": 20, "unit": "只", "disposed_in_advance": True, "disposal": "拍卖"}
    story.take(case, "list_property", story.officer, **goods, proceeds=300)
    referral = story.draft(case, property_declared="listed")
    assert "留取的证据" in refused(story.take, referral, "submit", story.officer).message
    case.properties.update(evidence_kept="样本 2 只、照片")
    assert story.take(referral, "submit", story.officer).stage == "awaiting_approval"


@pytest.mark.rules("NW-1.12")
def test_proceeds_of_disposed_property_are_asked_for(story):
    case = story.case()
    refusal = refused(
        story.take, case, "list_property", story.officer, name="活禽", quantity=1, disposed_in_advance=True
    )
    assert "所得款项" in refusal.message


@pytest.mark.rules("NW-1.16", "NW-3.14")
def test_a_matter_from_before_the_devolution_needs_a_consultation_first(story):
    case = story.found_other(story.case(before_devolution=True))
    referral = story.draft(case)
    assert "协商" in refused(story.take, referral, "submit", story.officer).message
    meeting = {"at": at("2026-09-21 08:00"), "participants": "双方", "words": "同意移送"}
    story.take(case, "consult_legacy", story.officer, **meeting)
    assert story.take(referral, "submit", story.officer).stage == "awaiting_approval"


@pytest.mark.rules("NW-1.15", "NW-3.13")
def test_a_case_filed_before_the_devolution_is_decided_where_it_was_filed(story):
    story.item = 44  # devolved to every township, so that the township itself may file
    case = story.case(before_devolution=True)
    story.take(case, "file_case", story.officer, words="立案")
    case = story.found_other(case, competent_organ=organ("zhujian"), choice_reason="划转前由县局立案")
    assert "不能移送" in refused(story.draft, case, receiver=organ("zhujian"), choice_reason="划转前").message


@pytest.mark.rules("LAW-3", "NW-3.4", "NW-1.3")
def test_another_receiver_than_the_catalogue_suggests_needs_a_reason(story):
    case = story.case()
    refusal = refused(story.found_other, case, competent_organ=organ("zhujian"))
    assert refusal.field == "choice_reason"
    assert "生态环境" in refusal.message
    assert story.found_other(case, competent_organ=organ("zhujian"), choice_reason="现场为在建工地").competence_found_at


def test_what_is_ours_is_not_referred_to_ourselves(story):
    refusal = refused(story.found_other, story.case(), competent_organ=organ("yangfangkou"), choice_reason="x")
    assert "自行办理" in refusal.message


def test_nobody_approves_what_he_drafted(story):
    referral = story.draft()
    story.take(referral, "submit", story.officer)
    person(story.officer).posts.filter(role="officer").update(role="approver")
    refusal = refused(story.take, referral, "approve", story.officer)
    assert "起草人不能审批" in refusal.message


def test_a_missing_fact_is_named_in_the_words_of_the_form(story):
    refusal = refused(perform, story.approved(), "send", person(story.officer))
    assert refusal.field == "service_method"
    assert "送达方式" in refusal.message


def test_an_organ_off_the_platform_is_not_served_by_it(story):
    referral = story.approved(story.draft(receiver=organ("gongan"), choice_reason="涉嫌治安违法"))
    refusal = refused(story.sent, referral)
    assert refusal.field == "service_method"
    assert story.sent(referral, service_method="in_person").stage == "served"


def _letter(referral: Referral, **facts) -> dict:
    names = ("receiver", "kind_of", "scope", "basic_facts", "jurisdiction_basis", "property_declared", "urgency")
    return {name: getattr(referral, name) for name in names} | {"officers": list(referral.officers.all())} | facts


@pytest.mark.rules("NW-1.2", "NW-1.5")
def test_no_time_limit_begins_with_what_is_yet_to_come(story):
    """Whoever writes down a service or a telephone call of tomorrow would move the other side's time, or his own."""
    tomorrow = at("2026-09-22 09:00")
    refusal = refused(story.take, story.approved(), "send", story.officer, service_method="post", served_at=tomorrow)
    assert (refusal.field, refusal.message) == ("served_at", "时间不能晚于现在，请核对。")
    told = {"person": "李主任", "outcome": "accepted", "words": "现场移交", "approved_by": "廖立燕"}
    told |= {"told_at": tomorrow, "approved_at": at("2026-09-21 08:50")}
    urgent = story.draft(story.found_other(story.case(urgency="urgent")))
    assert refused(story.take, urgent, "tell_orally", story.officer, **told).field == "told_at"


@pytest.mark.rules("NW-1.5", "NW-2.7")
def test_a_call_from_before_the_discovery_is_no_oral_transfer(story):
    """The 24 hours for the paper run from the call, and a fact that nobody knew of was not told."""
    case = story.found_other(story.case(urgency="urgent", discovered_at=at("2026-09-21 08:30")))
    told = {"person": "李主任", "outcome": "accepted", "words": "现场移交", "approved_by": "廖立燕"}
    told |= {"approved_at": at("2026-09-21 08:20"), "told_at": at("2026-09-21 08:29")}
    urgent = story.draft(case)
    refusal = refused(story.take, urgent, "tell_orally", story.officer, **told)
    assert refusal.field == "told_at"
    assert "不能早于发现时间（2026-09-21 08:30）" in refusal.message
    told["told_at"] = at("2026-09-21 08:31")
    assert story.take(urgent, "tell_orally", story.officer, **told).told_at == told["told_at"]


@pytest.mark.rules("NW-1.1")
def test_no_letter_was_served_before_it_was_approved(story):
    """The receiver's three working days run from the service: it would be late with a letter of this very day."""
    referral = story.approved()
    earlier = referral.approved_at - timedelta(days=30)
    refusal = refused(story.take, referral, "send", story.officer, service_method="platform", served_at=earlier)
    assert refusal.field == "served_at"
    assert moment_words(referral.approved_at) in refusal.message
    to_the_minute = referral.approved_at.replace(second=0, microsecond=0)  # as people write it down
    assert story.sent(referral, served_at=to_the_minute).stage == "served"


@pytest.mark.rules("NW-2.12")
def test_what_has_been_checked_of_a_lead_stands_in_its_letter(story):
    referral = story.sent(story.approved(story.draft(kind_of="lead", checked="经现场核实，反映的情况存在。")))
    letter = referral.documents.get(key="lead_letter")
    assert "已核查情况" in letter.html
    assert "经现场核实，反映的情况存在。" in letter.html
