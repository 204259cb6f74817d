"""Who answers for the matter at each point of the crossing tale, and who may no longer push it away."""

import pytest
from django.urls import reverse

from coordination.demo.tales import crossing
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Link, Participation
from coordination.kernel.words import Refusal
from tests.county import organ, person


def bearers(tale) -> tuple[str, str, str]:
    """First responsible for the complaint, in whose hands the complaint is, in whose hands the referral is."""
    found = (tale.complaint.first_responsible, tale.complaint.holder, tale.referral.holder)
    return tuple(one.key.removeprefix("ningwu.") for one in found)


@pytest.mark.rules("NW-2.8", "NW-3.71", "NW-1.17", "NW-1.18", "NW-1.19", "LAW-3")
def test_the_organ_asked_first_answers_until_the_designated_organ_has_taken_over(telling):
    told = telling.through(crossing.complained)
    assert (told.complaint.stage, told.referral.stage) == ("in_hand", "served")
    assert bearers(told) == ("shuili", "shuili", "shuili")
    told = telling.through(crossing.objected)
    assert told.referral.stage == "negotiating"
    assert bearers(told) == ("shuili", "shuili", "shuili")
    told = telling.through(crossing.mediated)
    assert (told.referral.stage, told.dispute.stage) == ("in_dispute", "unsettled")
    assert told.dispute.interim == organ("shuili")
    assert bearers(told) == ("shuili", "shuili", "shuili")
    told = telling.through(crossing.ruled)
    assert (told.referral.stage, told.referral.receiver) == ("served", organ("xuejiawa"))
    assert bearers(told) == ("shuili", "shuili", "shuili")
    told = telling.through(crossing.taken_over)
    assert bearers(told) == ("xuejiawa", "xuejiawa", "xuejiawa")
    assert told.complaint.items.get().handler == told.officer(organ("xuejiawa"))
    assert (told.case.stage, told.dispute.stage) == ("transferred", "concluded")
    told = telling.through(crossing.told_back)
    assert bearers(told)[:2] == ("xuejiawa", "shuili")  # whom it was asked of concludes it


@pytest.mark.rules("NW-1.17", "LAW-3")
def test_who_was_refused_by_the_ruling_is_out_and_who_is_designated_objects_no_more(telling):
    told = telling.through(crossing.ruled)
    objection = {"finding": "也不属于我乡", "legal_basis": "清单", "proposal": "请另行指定"}
    with pytest.raises(Refusal, match="提出管辖异议”已经办理或者现在不需要办理"):
        told.do(told.referral, "object", person("xuejiawa.officer1"), **objection)
    with pytest.raises(Refusal):
        told.do(told.referral, "object", person("yangfangkou.officer1"), **objection)
    followed = Entry.objects.filter(matter=told.complaint.pk, step="follow").latest("pk")
    assert ["进展", "已移送，待交接（薛家洼乡）"] in followed.words["facts"]
    taking_part = Participation.objects.filter(matter=told.complaint.pk).values_list("organ__key", flat=True)
    assert set(taking_part) == {"ningwu.shuili"}


def test_who_gave_its_place_to_another_organ_is_called_so_on_the_page(telling, client):
    told = telling.through(crossing.ruled)
    client.force_login(person("sifa.supervisor1"))

    def sides(matter) -> dict[str, str]:
        shown = client.get(reverse("matter", args=[matter.number])).context["participants"]
        return {one["organ"].removeprefix("宁武县"): str(one["side"]) for one in shown}

    parties = {"水利局": "移送方", "阳方口镇人民政府": "原受移送方", "薛家洼乡人民政府": "受移送方"}
    assert sides(told.referral) == parties | dict.fromkeys(("司法局", "人民政府"), "处理争议的机关")
    bodies = {"司法局": "原处理机关", "人民政府": "处理机关"}
    asked = {"水利局": "申请方", "阳方口镇人民政府": "被申请方", "薛家洼乡人民政府": "被指定的单位"}
    assert sides(told.dispute) == asked | bodies


@pytest.mark.rules("NW-1.17", "NW-1.4")
def test_enforcement_does_not_stop_while_the_two_disagree(telling):
    told = telling.through(crossing.mediated)
    assert told.case.measures.filter(kind="secure_evidence").exists()
    told.do(told.case, "dissuade", told.officer(told.finder), at=told.minute(), words="劝阻后车辆离开河滩。")
    assert told.case.closed_at is None


@pytest.mark.rules("NW-1.20", "NW-1.21", "NW-3.57")
def test_what_was_examined_of_the_evidence_lies_in_the_new_case_and_goes_to_the_helper(telling):
    told = telling.through(crossing.assisted)
    held = set(told.own.materials.values_list("title", flat=True))
    assert {"投诉举报登记表（不含身份信息）", "现场照片", "执法协助意见书"} <= held
    assert told.assistance.materials.filter(title="现场照片").exists()


@pytest.mark.rules("LAW-3", "NW-2.6")
def test_what_a_ruling_gives_an_organ_it_may_order_and_decide_whatever_the_catalogue_says(telling):
    told = telling.through(crossing.decided)
    assert told.own.designated
    assert told.own.documents.filter(key="order_to_correct").exists()
    assert told.own.stage == "decided"


@pytest.mark.rules("NW-1.14", "NW-1.22", "NW-3.57")
def test_each_matter_leads_to_the_next_on_its_page(telling, client):
    told = telling.through(crossing.told_back)
    chain = (
        ("complaint", "complaint_referral", "referral"),
        ("complaint", "complaint_case", "case"),
        ("case", "referral", "referral"),
        ("referral", "dispute", "dispute"),
        ("referral", "filed_case", "own"),
        ("own", "assistance", "assistance"),
        ("own", "shared_record", "record"),
        ("record", "order", "order"),
    )
    client.force_login(person("sifa.supervisor1"))
    for source, kind, target in chain:
        one, other = getattr(told, source), getattr(told, target)
        assert Link.objects.filter(source=one.pk, target=other.pk, kind=kind).exists(), kind
        for here, there in ((one, other), (other, one)):
            page = client.get(reverse("matter", args=[here.number])).content.decode()
            assert f'href="{reverse("matter", args=[there.number])}"' in page, f"{here.KIND} → {there.KIND}"
