"""A visitor sees every kind of matter in every stage, and every side of the county's life has work on its desk."""

from collections import Counter

import pytest
from django.http import HttpResponse
from django.test import Client

from coordination.demo.accounts import SHOWN, Account, accounts
from coordination.demo.verbs import Tale
from coordination.kernel.duties import Duty
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Delivery
from coordination.kernel.organs import Organ, Role, User
from coordination.kernel.web.workflows import workflows

pytestmark = pytest.mark.django_db
#: Stages that Ningwu's mechanism cannot reach, each with the reason.
NOT_IN_NINGWU = {
    ("referrals", "handed_over"): "案件移送制度 三（七）: the receipt accepts; for counties that answer separately",
}


def test_of_every_workflow_there_is_a_matter_in_every_stage(living_county):
    declared = {(kind, stage) for kind, model in workflows().items() for stage in model.Stage.values}
    shown = set(Matter.objects.values_list("kind", "stage"))
    assert NOT_IN_NINGWU.keys() <= declared
    assert sorted(declared - shown) == sorted(NOT_IN_NINGWU)


def desk_of(account: Account) -> HttpResponse:
    """The work desk as the printed account sees it, after the password and, where one is asked for, the code."""
    client = Client()
    client.force_login(User.objects.get(username=account.login))
    return client.get("/")


def test_there_is_an_account_for_every_role_and_every_side(living_county):
    shown = accounts()
    assert {one.role for one in shown} >= {str(role.label) for role in Role}
    sides = Organ.objects.filter(name__in={one.organ for one in shown}).values_list("kind", flat=True)
    assert set(sides) >= {"township", "department", "dispatched_unit", "justice_bureau", "government"}
    assert {str(duty.label) for duty in Duty} <= {one.role for one in shown}


def test_every_printed_account_has_something_on_its_desk(living_county):
    empty = [one.login for one in accounts() if one.organ and not desk_of(one).context["rows"]]
    assert empty == []


def test_who_is_shown_gets_mail_of_what_is_yet_to_come(living_county):
    logins = {login for _role, login in SHOWN}
    addresses = User.objects.filter(username__in=logins).values_list("email", flat=True)
    assert set(addresses) == {f"{login}@ningwu.example" for login in logins}
    assert not Delivery.objects.exists()


def test_a_head_has_a_criminal_transfer_to_approve(living_county):
    heads = [one for one in accounts() if one.role == Role.PRINCIPAL_HEAD.label]
    waiting = {(row["matter"].kind, row["matter"].stage) for one in heads for row in desk_of(one).context["rows"]}
    assert ("criminal", "reported") in waiting


def test_a_word_of_the_tales_means_one_thing():
    told = Counter(name for verbs in Tale.__bases__ for name in vars(verbs) if not name.startswith("__"))
    assert {name for name, times in told.items() if times > 1} == set()
