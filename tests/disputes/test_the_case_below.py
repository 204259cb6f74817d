"""A dispute about a case that no letter has left yet: whose it is, who goes on meanwhile, where it is moved."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.now import now
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from referrals.models import Referral
from tests.county import organ, person
from tests.disputes.tale import MEETING


@pytest.fixture
def case(story):
    return story.found_other(story.case())


def running(matter) -> set[str]:
    return set(Clock.objects.filter(matter=matter, state="running").values_list("limit", flat=True))


def decided(story, case, outcome: str, designated=None) -> Dispute:
    dispute = story.take(story.raised(case, outcome="competent"), "end_talks", story.officer, words="两次协商未成")
    asked = {"request": "请求明确管辖。", "basis": "县事项目录第53项", "outcome": "competent"}
    dispute = story.take(dispute, "apply", story.officer, **asked)
    dispute = story.take(story.in_hand(dispute), "end_settling", story.bureau, words="双方坚持各自意见")
    dispute = story.take(dispute, "apply", story.officer, **asked)
    dispute = story.in_hand(dispute, story.government)
    for login in (story.officer, story.receiver):
        dispute = story.stated(dispute, login, "competent")
    return story.decided(outcome, designated, dispute)


@pytest.mark.rules("LAW-3", "NW-3.61", "LX-7.18")
def test_a_case_found_to_be_anothers_is_disputed_by_either_side_and_begins_with_talks(story, case):
    assert Dispute.may_open_from(case, person(story.officer))
    assert not Dispute.may_open_from(case, person("shuili.officer1"))
    assert not Dispute.may_open_from(story.case(), person(story.officer)), "nobody has said yet that it is another's"
    dispute = story.raised(case, story.receiver, outcome="holder")
    assert (dispute.stage, dispute.kind_of) == ("negotiating", "jurisdiction")
    assert (dispute.applicant, dispute.respondent) == (organ("zhujian"), organ("yangfangkou"))
    with pytest.raises(Refusal, match="不需要办理"):
        story.raised(case.as_child(), outcome="competent")


@pytest.mark.rules("QX-5.5")
def test_no_clock_of_the_case_stops_and_whoever_bears_it_is_named_and_goes_on(story, case):
    before = running(case)
    assert "referrals.send" in before
    dispute = story.raised(case, outcome="competent")
    assert running(case) == before
    assert dispute.keeper == organ("yangfangkou")
    facts = {"at": case.discovered_at, "words": "当面劝阻"}
    assert story.take(case, "dissuade", story.officer, **facts).measures.exists()


@pytest.mark.rules("QX-5.5")
@pytest.mark.parametrize("step", ["suspend", "decline_to_file", "pass_up"])
def test_whoever_handles_it_first_does_not_stop_because_of_the_dispute(story, step):
    story.item = 44  # its own by the catalogue, but somebody says it is the bureau's
    case = story.case()
    if step == "suspend":
        case = story.take(case, "file_case", story.officer, words="符合立案条件")
    case = story.found_other(case)
    dispute = story.raised(case, outcome="competent")
    with pytest.raises(Refusal, match="争议期间不得停止执法活动"):
        story.take(case, step, story.officer, words="有争议")
    story.take(dispute, "withdraw", story.officer, words="双方已说清")
    assert story.take(case, step, story.officer, words="情况已查清").stage in ("suspended", "not_filed", "passed_up")


@pytest.mark.rules("LAW-3")
def test_meanwhile_no_letter_sends_it(story, case):
    story.raised(case, outcome="competent")
    with pytest.raises(Refusal, match="处理结果作出后再移送"):
        story.draft(case.as_child())


@pytest.mark.rules("LAW-3")
def test_with_a_letter_on_its_way_the_dispute_is_about_the_letter(story, case):
    story.draft(case)
    with pytest.raises(Refusal, match="请在案件移送中提出争议"):
        story.raised(case.as_child(), outcome="competent")
    for login in (story.officer, story.receiver):
        assert not Dispute.may_open_from(case.as_child(), person(login)), "no button for what is always refused"


@pytest.mark.rules("LAW-3", "NW-3.62", "NW-1.19")
def test_decided_for_the_other_it_is_sent_by_a_new_limit_and_not_objected_to(story, case):
    old = Clock.objects.get(matter=case, limit="referrals.send")
    case = decided(story, case, "competent").about.as_child()
    assert (case.competent_organ, case.holder) == (organ("zhujian"), organ("yangfangkou"))
    old.refresh_from_db()
    new = Clock.objects.get(matter=case, limit="referrals.send", state="running")
    assert (old.state, new.started_at) == ("replaced", case.jurisdiction_settled_at)
    assert not Dispute.may_open_from(case, person(story.officer))
    referral = story.accepted(story.sent(story.approved(story.draft(case))))
    assert referral.designated
    assert "object" not in {one.step.name for one in open_steps(referral, person(story.receiver), now())}
    with pytest.raises(Refusal, match="现在不需要办理"):
        story.take(referral, "object", story.receiver, finding="不属于", legal_basis="清单", proposal="协商")


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_a_designated_organ_and_no_other_gets_the_letter(story, case):
    case = decided(story, case, "designated", organ("shuili")).about.as_child()
    assert Referral.first_initial(case, case.opened_at)["receiver"] == organ("shuili")
    with pytest.raises(Refusal, match="县水利局管辖"):
        story.draft(case, receiver=organ("zhujian"))
    assert story.draft(case).receiver == organ("shuili")
    with pytest.raises(Refusal, match="管辖已经争议处理"):
        story.found_other(case.as_child())


@pytest.mark.rules("LAW-3")
def test_decided_for_the_holder_it_files_whatever_the_catalogue_says(story, case):
    case = decided(story, case, "holder").about.as_child()
    assert (case.competent_organ, running(case)) == (None, {"cases.file"})
    case = story.take(case, "file_case", story.officer, words="经指定由本单位管辖")
    assert case.stage == "filed"
    assert "referrals.send" not in running(case)


@pytest.mark.rules("NW-3.61")
def test_what_both_agree_on_moves_the_case_as_well(story, case):
    dispute = story.raised(case, outcome="competent")
    facts = {"outcome": "holder", "at": case.discovered_at} | MEETING
    dispute = story.take(dispute, "propose", story.officer, **facts)
    dispute = story.take(dispute, "consent", story.receiver, signer="李局长")
    assert dispute.stage == "agreed"
    assert case.as_child().designated


@pytest.mark.rules("QX-5.5")
def test_a_dispute_that_is_given_up_leaves_the_case_where_it_has_come_to(story, case):
    before = running(case)
    dispute = story.raised(case, outcome="competent")
    story.take(dispute, "withdraw", story.officer, words="双方已说清")
    case = case.as_child()
    assert (case.in_dispute, running(case)) == (False, before)
    assert story.draft(case).pk
