"""案件与线索 on Ningwu's rules: what is whose, what is going on, what a decision needs."""

import pytest

from coordination.kernel.catalogue import Holding, competent
from coordination.kernel.clocks import Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import begin
from coordination.kernel.web.rows import next_step
from coordination.kernel.words import Refusal
from infosharing.models import SharedRecord
from tests.county import at, organ, person

ON_THE_SPOT = {"at": at("2026-09-21 08:30"), "words": "当面要求停止，当事人表示配合"}


def rows_offer(case, login: str) -> str:
    """What the row of its share clock offers on the work desk."""
    clock = Clock.objects.get(matter=case, limit="infosharing.share")
    return next_step(case, clock, person(login), now())["name"]


@pytest.fixture
def own(story):
    """A case whose item the township itself holds."""
    story.item = 44
    return story.case(ongoing=True)


@pytest.mark.rules("NW-3.2", "LAW-1", "NW-1.3")
def test_an_organ_files_only_what_its_list_holds(story, own):
    with pytest.raises(Refusal, match="不在本单位执法事项清单内.*请移送"):
        story.item = 53
        story.take(story.case(), "file_case", story.officer, words="立案")
    assert story.take(own, "file_case", story.officer, words="立案").stage == "filed"


@pytest.mark.rules("NW-1.4")
def test_dissuading_needs_no_power_over_the_item_and_leaves_who_when_how(story):
    case = story.take(story.case(ongoing=True), "dissuade", story.officer, **ON_THE_SPOT)
    measure = case.measures.get()
    assert (measure.kind, measure.by.username, measure.at) == ("dissuade", story.officer, ON_THE_SPOT["at"])


@pytest.mark.rules("NW-2.6")
def test_ordering_to_stop_needs_power_over_the_item(story, own):
    with pytest.raises(Refusal, match="不能责令停止"):
        story.item = 53
        story.take(story.case(ongoing=True), "order_to_stop", story.officer, **ON_THE_SPOT)
    ordered = story.take(own, "order_to_stop", story.officer, **ON_THE_SPOT)
    assert ordered.documents.filter(key="stop_record").exists()


@pytest.mark.rules("NW-2.6")
def test_evidence_of_an_ongoing_violation_is_fixed(story, own):
    assert (
        story.take(own, "secure_evidence", story.officer, **ON_THE_SPOT)
        .measures.filter(kind="secure_evidence")
        .exists()
    )


@pytest.mark.rules("NW-1.5", "NW-2.7")
def test_the_competent_organ_is_told_of_an_ongoing_violation_and_must_answer(story):
    case = story.case(ongoing=True, discovered_at=at("2026-09-21 08:30"))
    told = {"notified": organ("shengtai"), "at": at("2026-09-21 08:40"), "person": "值班员", "words": "正在排污"}
    case = story.take(case, "tell_ongoing", story.officer, **told)
    assert Clock.objects.get(matter=case, limit="cases.dispatch").organ == organ("shengtai")
    case = story.take(case, "dispatch", story.receiver, at=at("2026-09-21 08:50"))
    case = story.take(case, "arrive", story.receiver, at=at("2026-09-21 08:55"))
    case = story.take(case, "record_stopped", story.receiver, at=at("2026-09-21 08:58"))
    assert case.notice_ended_at == at("2026-09-21 08:58")
    assert Clock.objects.get(matter=case, limit="cases.dispatch").state == "met"


@pytest.mark.rules("NW-1.5", "NW-2.7")
def test_nobody_tells_of_a_violation_before_it_is_discovered(story):
    case = story.case(ongoing=True)
    told = {"notified": organ("shengtai"), "at": at("2026-09-21 08:40"), "person": "值班员", "words": "正在排污"}
    with pytest.raises(Refusal, match="不能早于发现时间（2026-09-21 09:00）") as refused:
        story.take(case, "tell_ongoing", story.officer, **told)
    assert refused.value.field == "at"
    at_once = told | {"at": case.discovered_at}
    assert story.take(case, "tell_ongoing", story.officer, **at_once).told_at == case.discovered_at


@pytest.mark.rules("NW-1.5", "NW-2.7")
def test_telling_has_its_own_clock_once_the_violation_is_known_to_be_anothers(story):
    case = story.found_other(story.case(ongoing=True))
    assert Clock.objects.filter(matter=case, limit="cases.notify_ongoing", state="running").exists()


@pytest.mark.rules("NW-1.1")
def test_a_later_finding_needs_a_reason(story):
    case = story.case(discovered_at=at("2026-09-18 10:00"))
    with pytest.raises(Refusal) as caught:
        story.found_other(case, found_at=at("2026-09-21 08:00"))
    assert caught.value.field == "later_reason"
    found = story.found_other(case, found_at=at("2026-09-21 08:00"), later_reason="周末等待测量结果")
    assert found.competence_found_at == at("2026-09-21 08:00")


def test_a_discovery_in_the_future_is_refused(story):
    with pytest.raises(Refusal, match="不能晚于现在"):
        story.case(discovered_at=at("2026-09-22 08:00"))


@pytest.mark.rules("NW-2.3", "NW-2.4")
def test_a_major_violation_names_its_category(story):
    with pytest.raises(Refusal) as caught:
        story.case(urgency="major")
    assert caught.value.field == "category"


@pytest.mark.rules("LAW-9", "LAW-7")
def test_ninety_days_for_the_decision_roll_off_a_holiday(story, own):
    travel_to(at("2026-07-05 09:00"))
    story.take(own, "file_case", story.officer, words="立案")
    clock = Clock.objects.get(matter=own, limit="cases.decide")
    assert clock.due_at == at("2026-10-09 00:00")
    assert clock.nature == "reading"


@pytest.mark.rules("LAW-8")
def test_a_major_decision_waits_for_legal_review_by_another_person(story, own):
    filed = story.take(own, "file_case", story.officer, words="立案")
    paper = {"decision_number": "阳罚〔2026〕1号", "decision": "罚款", "major": True}
    with pytest.raises(Refusal, match="法制审核"):
        story.take(filed, "decide", story.officer, **paper)
    asked = story.take(filed, "ask_legal_review", story.officer, words="拟处罚")
    passed = story.take(asked, "pass_review", "yangfangkou.legal", words="合法")
    assert story.take(passed, "decide", story.officer, **paper).stage == "decided"


@pytest.mark.rules("NW-4.22", "NW-3.46")
def test_the_decision_is_to_be_shared_on_its_day_though_nobody_has_written_its_record(story, own):
    story.take(own, "file_case", story.officer, words="立案")
    decided = story.take(own, "decide", story.officer, decision_number="阳罚〔2026〕1号", decision="警告")
    in_the_case = Clock.objects.get(matter=own, limit="infosharing.share")
    assert (in_the_case.organ, in_the_case.due_at) == (own.holder, at("2026-09-22 00:00"))
    assert rows_offer(decided, story.officer) == "open-infosharing"
    travel_to(at("2026-09-23 09:00"))
    known = SharedRecord.first_initial(decided, now()) | {"formed_at": now()}
    record = begin(SharedRecord, "record", person(story.officer), **known)
    in_the_case.refresh_from_db(fields=["state"])
    assert in_the_case.state == "moved"
    in_the_record = Clock.objects.get(matter=record, limit="infosharing.share")
    assert (in_the_record.due_at, in_the_record.started_at) == (at("2026-09-22 00:00"), decided.decided_at)


@pytest.mark.rules("LAW-10")
def test_the_decision_is_served_within_seven_working_days(story, own):
    story.take(own, "file_case", story.officer, words="立案")
    story.take(own, "decide", story.officer, decision_number="阳罚〔2026〕1号", decision="警告")
    clock = Clock.objects.get(matter=own, limit="cases.serve_decision")
    assert clock.due_at == at("2026-10-09 00:00")


@pytest.mark.rules("LAW-5")
def test_no_closing_by_a_fine_while_a_criminal_line_is_open(story, own):
    story.take(own, "decline_to_file", story.officer, words="涉嫌犯罪")
    type(own).objects.filter(pk=own.pk).update(criminal_open=True)
    with pytest.raises(Refusal, match="以罚代刑"):
        story.take(own, "close", story.officer, words="x")


@pytest.mark.rules("NW-1.14")
def test_a_closed_case_is_archived_where_it_was_handled(story, own):
    story.take(own, "decline_to_file", story.officer, words="未发现违法")
    story.take(own, "close", story.officer, words="不予立案")
    archived = story.take(own, "archive", "yangfangkou.registry", at=at("2026-09-21 08:00"))
    assert archived.holder == organ("yangfangkou")
    assert archived.stage == "archived"


def test_preserved_evidence_is_decided_within_seven_working_days(story, own):
    story.take(own, "preserve", story.officer, **ON_THE_SPOT)
    clock = Clock.objects.get(matter=own, limit="cases.preserve")
    assert clock.due_at == at("2026-10-09 00:00")
    story.take(own, "decide_preservation", story.officer, words="退还")
    clock.refresh_from_db()
    assert clock.state == "met"


@pytest.mark.rules("LAW-2", "NW-3.7")
def test_an_entrusted_item_is_filed_in_the_name_of_the_organ_that_entrusted_it(story):
    row = Holding.objects.filter(mode="entrusted", entrustment__until__gte="2026-12-31").select_related(
        "item", "holder"
    )
    held = next(h for h in row if h.place and competent(h.item, h.place, now().date()).executor == h.holder)
    story.township, story.item = held.holder.key.split(".")[1], held.item.number
    story.officer = f"{story.township}.officer1"
    filed = story.take(story.case(), "file_case", story.officer, words="立案")
    assert filed.entrusted_by == held.entrustment.from_organ
    assert filed.documents.get(key="case_filing").organ == held.entrustment.from_organ


def test_what_the_catalogue_keeps_with_the_county_is_not_decided_in_a_township(story, own):
    type(own.item).objects.filter(pk=own.item_id).update(stays_with_county=True)
    filed = story.take(own, "file_case", story.officer, words="立案")
    with pytest.raises(Refusal, match="报上级处理"):
        story.take(filed, "decide", story.officer, decision_number="1", decision="罚款")
