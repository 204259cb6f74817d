"""更正文书 by a program: the operation of the page, with its rights and its refusals (ADR 19)."""

import pytest

from coordination.kernel.documents import IssuedDocument
from coordination.kernel.journal import Entry
from tests.county import person
from tests.kernel.apiclient import client, here
from tests.kernel.test_documents_printing import shelf

__all__ = ["shelf"]
SIGNER, OFFICER = "yangfangkou.approver", "yangfangkou.officer1"
TOLD = {"changes": [{"was": "黑岭洗选", "reads": "黑岭选煤"}], "reason": "当事人名称有误"}

ELSEWHERE = {"was": "没有这句话", "reads": "x"}


@pytest.fixture
def letter(story, shelf) -> IssuedDocument:
    return story.sent().documents.get(key="lead_letter")


def post(login: str, letter: IssuedDocument, told=TOLD, **headers):
    return client(login).post(f"/api/v1/documents/{letter.pk}/correct/", told, headers=headers)


def said(answer) -> tuple:
    problem = answer.json()
    return answer.status_code, problem["code"], problem["field"]


def test_who_signs_for_the_organ_issues_the_new_one_and_is_told_of_it(letter):
    answer = post(SIGNER, letter)
    new = letter.corrections.get()
    assert answer.status_code == 201
    assert (answer.json()["id"], answer.json()["number"], answer.json()["corrects"]) == (new.pk, new.number, letter.pk)
    assert answer["Location"] == answer.json()["url"]
    assert "黑岭选煤" in new.html
    assert Entry.objects.get(matter=letter.matter_id, step="correct_document").actor == person(SIGNER)
    papers = client("shengtai.officer1").get(here(letter.matter)).json()["documents"]
    assert letter.pk in [paper["corrects"] for paper in papers]


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        (OFFICER, (403, "permission", None)),
        ("shengtai.approver", (403, "permission", None)),
        ("sifa.supervisor1", (403, "permission", None)),
        ("zhujian.approver", (404, "not_found", None)),
    ],
)
def test_nobody_else_does_whatever_he_sends(letter, login, expected):
    for told in (TOLD, {}):
        assert said(post(login, letter, told)) == expected
    assert not letter.corrections.exists()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, (422, "required", "changes")),
        (TOLD | {"changes": []}, (422, "empty", "changes.non_field_errors")),
        (TOLD | {"reason": " "}, (422, "blank", "reason")),
        (TOLD | {"changes": [*TOLD["changes"], ELSEWHERE]}, (422, "refused", "changes.1.was")),
        (TOLD | {"changes": [{"was": "黑岭洗选", "reads": "黑岭洗选"}]}, (422, "missing", "changes.0.was")),
    ],
)
def test_what_is_wrong_is_said_where_it_was_sent(letter, told, expected):
    status, code, field = said(post(SIGNER, letter, told))
    assert (status, code) == expected[:2]
    assert expected[2] in (field, f"{field}.non_field_errors")
    assert not letter.corrections.exists()


def test_the_same_key_corrects_once_and_one_that_was_replaced_is_corrected_no_more(letter):
    key = {"Idempotency-Key": "correct-1"}
    first, again = post(SIGNER, letter, **key), post(SIGNER, letter, **key)
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (201, first.json(), "true")
    assert letter.corrections.count() == 1
    assert said(post(SIGNER, letter))[:2] == (409, "stage")


def test_it_stands_in_the_schema(letter):
    described = client(SIGNER).get("/api/schema/", HTTP_ACCEPT="application/json").json()
    operation = described["paths"]["/api/v1/documents/{id}/correct/"]["post"]
    assert operation["operationId"] == "correct_document"
    assert {"201", "403", "404", "409", "422"} <= operation["responses"].keys()
    assert "Idempotency-Key" in [one["name"] for one in operation["parameters"]]
