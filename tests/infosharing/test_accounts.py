"""Who answers for whom: accounts, claims and filings, where an easy mistake would name the wrong people."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.catalogue import Holding, Item
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Post, in_force
from coordination.kernel.steps import begin
from coordination.kernel.words import Refusal
from infosharing.chain import chain
from infosharing.filings import without_liaison
from infosharing.models import Claim, Filing, SharedRecord
from tests.county import organ, person

DAY = date(2026, 9, 21)


def client(login: str) -> Client:
    found = Client()
    found.force_login(person(login))
    return found


def department_link(key: str):
    found = {link.organ.key: link for link in chain("ningwu", DAY)["departments"]}
    return found[f"ningwu.{key}"]


@pytest.mark.rules("NW-4.4", "NW-4.5", "NW-3.54")
def test_a_unit_that_acts_in_its_own_name_stands_in_the_chain_and_owes_a_liaison(ningwu):
    branch = organ("shengtai")
    assert branch.kind in branch.UNITS
    assert department_link("shengtai").administrators
    assert branch not in without_liaison("ningwu", DAY)
    Post.objects.filter(organ=branch, role="liaison").update(until=date(2026, 9, 1))
    assert branch in without_liaison("ningwu", DAY)


@pytest.mark.rules("NW-4.3", "NW-4.4")
def test_an_item_that_no_township_holds_is_not_called_unclaimed(ningwu):
    guided = Item.objects.filter(guide=organ("shengtai")).active_on(DAY)
    of_townships = Holding.objects.filter(in_force(DAY), holder__kind="township", holder__county="ningwu")
    held = guided.filter(holdings__in=of_townships).distinct()
    assert 0 < held.count() < guided.count()
    link = department_link("shengtai")
    assert (link.items, link.claimed) == (held.count(), 0)
    begin(Claim, "claim_items", person("shengtai.registry"), items=list(held))
    link = department_link("shengtai")
    assert (link.items, link.claimed) == (held.count(), held.count())
    assert link.claimed == link.items
    Holding.objects.filter(item__in=guided).delete()
    assert department_link("shengtai").items == 0


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


@pytest.fixture
def claim(sharing) -> Claim:
    item = Item.objects.get(number=44)
    found = begin(Claim, "claim_items", person(f"{item.guide.key.split('.')[1]}.registry"), items=[item])
    Claim.objects.filter(pk=found.pk).update(pending=[organ("yangfangkou").pk])
    return Claim.objects.get(pk=found.pk)


@pytest.mark.rules("NW-4.7", "NW-4.10")
def test_an_assistant_alone_does_not_enforce_and_accounts_are_an_administrators(sharing, claim):
    registry, officer, assistant = (person(f"yangfangkou.{who}") for who in ("registry", "officer1", "assistant"))
    named = {"administrator": registry, "officers": [officer, assistant]}
    refusal = refused(sharing.take, claim, "divide", "yangfangkou.registry", **named)
    assert (refusal.field, assistant.name in refusal.message) == ("officers", True)
    named = {"administrator": officer, "officers": [officer]}
    assert refused(sharing.take, claim, "divide", "yangfangkou.registry", **named).field == "administrator"
    form = client("yangfangkou.registry").get(reverse("step", args=[claim.number, "divide"])).context["form"]
    assert assistant not in form.fields["officers"].queryset
    assert officer not in form.fields["administrator"].queryset
    assert {registry} <= {*form.fields["administrator"].queryset}


@pytest.mark.rules("NW-4.12")
def test_the_responsible_person_and_the_liaison_are_two(sharing):
    same = person(sharing.officer).pk
    page = client("yangfangkou.registry").post(
        reverse("file_with", args=["ningwu.shengtai"]), {"responsible": same, "liaison": same}
    )
    assert page.status_code == 422
    assert "应当是两个人" in page.content.decode()
    assert not Filing.objects.exists()


@pytest.mark.rules("NW-4.3")
def test_to_claim_is_offered_to_the_administrator_of_a_department_in_charge_and_to_nobody_else(ningwu):
    for login, offered in (
        ("shengtai.registry", True),
        ("shengtai.officer1", False),
        ("yangfangkou.officer1", False),
        ("yangfangkou.registry", False),
    ):
        page = client(login).get(reverse("claims:list")).content.decode()
        assert (reverse("claims:new") in page) is offered, login


@pytest.mark.rules("NW-4.33", "YY-1.13")
def test_a_decision_that_is_shared_is_not_offered_to_be_shared_again(sharing):
    sharing.item, sharing.receiver = 44, sharing.officer
    case = sharing.case()
    case = sharing.take(case, "verify", sharing.officer, words="核实")
    case = sharing.take(case, "file_case", sharing.officer, words="符合立案条件")
    case = sharing.decided(case, "yangfangkou.legal")
    officer, offer = client(sharing.officer), reverse("infosharing:new")
    page = officer.get(reverse("matter", args=[case.number])).content.decode()
    assert f"{offer}?from={case.number}" in page
    known = SharedRecord.first_initial(case, case.decided_at)
    record = begin(SharedRecord, "record", person(sharing.officer), **known, recipients=[organ("shengtai")])
    page = officer.get(reverse("matter", args=[case.number])).content.decode()
    assert f"{offer}?from={case.number}" not in page
    sharing.take(record, "keep_back", sharing.officer, reason="决定书有误，另行登记")
    assert SharedRecord.may_open_from(Matter.objects.get(pk=case.pk).as_child(), person(sharing.officer))


@pytest.mark.rules("NW-4.23")
def test_what_was_reported_by_hand_is_not_due_for_export(sharing):
    record, browser = sharing.shared(), client(sharing.provider)
    assert [version.record_id for version in browser.get(reverse("platform")).context["due"]] == [record.pk]
    facts = {"at": record.reviewed_at, "receipt_number": "HLW-7"}
    record = sharing.take(record, "mark_reported", sharing.provider, **facts)
    assert browser.get(reverse("platform")).context["due"] == []
    record = sharing.corrected(record)
    assert [version.number for version in browser.get(reverse("platform")).context["due"]] == [2]
