"""Lists, pages, steps and refusals as a program meets them."""

import hashlib
import json
from urllib.parse import unquote

import pytest
from rest_framework.test import APIClient

from cases.models import Case
from coordination.kernel.calls import Answered
from coordination.kernel.documents import render_document, seal_document
from coordination.kernel.matters import Matter
from tests.county import person, picture
from tests.kernel.apiclient import client, here, step
from tests.kernel.signers import PASSPHRASE, Authority

OFFICER, RECEIVER, STRANGER = "yangfangkou.officer1", "shengtai.officer1", "fenghuang.officer1"


def told(answer, status: int, code: str) -> dict:
    """A refusal is problem details, whatever refused."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:coordination:problem:{code}"
    assert body["detail"]
    assert body["title"]
    return body


def test_without_a_token_nothing_is_told(story):
    told(APIClient().get("/api/v1/cases/"), 401, "not_authenticated")


def test_an_address_that_leads_nowhere_is_a_problem_like_any_other(story):
    case, program = story.case(), client(OFFICER)
    told(program.post(step(case, "no_such_step"), {}), 404, "not_found")
    told(program.get("/api/v1/nothing/"), 404, "not_found")
    told(APIClient().get("/api/v1/nothing/"), 401, "not_authenticated")


def test_a_browser_needs_its_csrf_token_for_a_step(story):
    case = story.case()
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(person(OFFICER))
    assert browser.get(here(case)).status_code == 200
    told(browser.post(step(case, "verify"), {}), 403, "permission_denied")


def test_the_list_shows_what_one_may_see_and_no_more(story):
    story.case(title="第一件")
    second = story.case(title="第二件", urgency="urgent")
    mine = client(OFFICER).get("/api/v1/cases/").json()
    assert [row["title"] for row in mine["results"]] == ["第二件", "第一件"]
    assert mine["results"][0] == mine["results"][0] | {
        "number": second.number,
        "stage": {"key": "lead", "label": "线索"},
        "place": "ningwu.yangfangkou",
        "item": 53,
    }
    assert client(RECEIVER).get("/api/v1/referrals/").json()["results"] == []


def test_the_filters_are_those_of_the_list_on_the_screen(story):
    story.case(title="第一件")
    story.case(title="第二件", urgency="urgent")
    program = client(OFFICER)

    def titles(**asked):
        return [row["title"] for row in program.get("/api/v1/cases/", asked).json()["results"]]

    assert titles(urgency="urgent") == ["第二件"]
    assert titles(q="第一") == ["第一件"]
    assert titles(place="ningwu.yangfangkou", due="open", stage="lead") == ["第二件", "第一件"]
    assert told(program.get("/api/v1/cases/", {"place": "ningwu.nowhere"}), 422, "invalid_choice")["field"] == "place"
    assert told(program.get("/api/v1/cases/", {"stage": "nowhere"}), 422, "invalid_choice")["field"] == "stage"


def test_pages_follow_one_another_by_cursor(story):
    for number in range(3):
        story.case(title=f"第{number}件")
    program = client(OFFICER)
    first = program.get("/api/v1/cases/", {"page_size": 2}).json()
    second = program.get(first["next"]).json()
    assert [row["title"] for row in first["results"] + second["results"]] == ["第2件", "第1件", "第0件"]
    assert second["next"] is None
    told(program.get("/api/v1/cases/", {"cursor": "cD1hYmM="}), 404, "not_found")


def test_a_matter_tells_what_its_page_tells(story):
    referral = story.sent()
    seen = client(RECEIVER).get(here(referral)).json()
    assert seen["stage"]["key"] == "served"
    assert {"name": "sender", "value": "ningwu.yangfangkou"}.items() <= next(
        fact for fact in seen["facts"] if fact["name"] == "sender"
    ).items()
    answer = next(clock for clock in seen["clocks"] if clock["limit"] == "referrals.answer")
    assert answer["due_at"]
    assert not answer["overdue"]
    assert any("到期" in line for line in answer["explanation"])
    assert next(paper["key"] for paper in seen["documents"]) in ("transfer_letter", "lead_letter")
    assert {material["title"] for material in seen["materials"]} == {"现场检查记录", "现场照片"}
    assert [happening["step"] for happening in seen["timeline"]][-1] == "send"
    offered = {one["name"]: one for one in seen["open_steps"]}
    assert offered["sign_for"]["url"] == reversed_url(referral, "sign_for")
    assert "send" not in offered


def reversed_url(matter, name: str) -> str:
    from_url = unquote(step(matter, name))
    return from_url.replace(matter.number, _quoted(matter.number))


def _quoted(number: str) -> str:
    return "".join(f"%{byte:02X}" for byte in number[0].encode()) + number[1:]


def test_what_one_may_not_see_does_not_exist(story):
    case, program = story.case(), client(RECEIVER)
    unseen = Case.objects.exclude(pk__in=Matter.objects.visible_to(person(RECEIVER)).values("pk"))
    if not unseen.filter(pk=case.pk).exists():
        program = client(STRANGER)
    refused = told(program.get(here(case)), 404, "not_found")
    assert refused == told(program.get("/api/v1/cases/案2026999999/"), 404, "not_found")
    told(program.post(step(case, "verify"), {}), 404, "not_found")
    told(program.get(here(case, "materials")), 404, "not_found")
    told(client(OFFICER).get(here(case).replace("cases", "referrals")), 404, "not_found")


def test_a_step_is_taken_and_its_receipt_says_where_the_matter_stands(story):
    case = story.case()
    answer = client(OFFICER).post(step(case, "verify"), {"words": "明日到现场核实", "version": case.version})
    assert answer.status_code == 200
    assert answer.json()["stage"] == {"key": "verifying", "label": "核实中"}
    assert answer.json()["version"] == case.version + 1


def test_two_at_once_the_second_is_told_what_the_first_did(story):
    case = story.case()
    seen = case.version
    story.take(case, "verify", OFFICER)
    refused = told(client(OFFICER).post(step(case, "verify"), {"version": seen}), 409, "stale")
    assert "开始核实" in refused["detail"]


def test_a_step_of_another_stage_is_refused_before_its_facts_are_looked_at(story):
    case = story.case()
    story.take(case, "verify", OFFICER)
    told(client(OFFICER).post(step(case, "verify"), {}), 409, "stage")


def test_whoever_may_not_act_is_told_whom_to_ask(story):
    referral = story.sent()
    refused = told(
        client(RECEIVER).post(step(referral, "confirm_sent"), {"officers": [OFFICER], "sealed_scan": 1}),
        403,
        "permission",
    )
    assert "阳方口" in refused["detail"]


def test_missing_facts_are_named_by_field(story):
    refused = told(client(OFFICER).post(step(story.case(), "file_case"), {}), 422, "required")
    assert refused["field"] == "words"
    assert refused["errors"] == [{"detail": refused["detail"], "field": "words", "code": "required"}]


def test_a_gate_speaks_as_on_the_page(story):
    case = story.case()
    late = {"competent_organ": "ningwu.shengtai", "found_at": "2027-01-01T09:00:00+08:00"}
    refused = told(client(OFFICER).post(step(case, "find_other_competence"), late), 422, "refused")
    assert refused["field"] == "found_at"
    unknown = late | {"competent_organ": "ningwu.nowhere"}
    assert (
        told(client(OFFICER).post(step(case, "find_other_competence"), unknown), 422, "invalid_choice")["field"]
        == "competent_organ"
    )


def test_materials_go_in_and_come_out_bit_by_bit(story):
    case, program = story.case(), client(OFFICER)
    file = picture()
    sent = {"file": file, "kind": "photo", "title": "现场照片"}
    kept = program.post(here(case, "materials"), sent, format="multipart")
    assert kept.status_code == 201, kept.content.decode()
    assert kept.json()["kind"] == {"key": "photo", "label": "照片"}
    assert program.get(here(case, "materials")).json() == [kept.json()]
    got = program.get(kept.json()["url"])
    file.seek(0)
    assert b"".join(got.streaming_content) == file.read()
    assert "attachment" in got["Content-Disposition"]
    told(client(STRANGER).get(kept.json()["url"]), 404, "not_found")
    told(program.post(here(case, "materials"), {"kind": "photo"}, format="multipart"), 422, "required")


def test_a_document_comes_as_its_pdf(story):
    referral = story.sent()
    paper = client(RECEIVER).get(here(referral)).json()["documents"][0]
    got = client(RECEIVER).get(paper["url"])
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    told(client(STRANGER).get(paper["url"]), 404, "not_found")


def test_a_signed_document_comes_as_its_organ_signed_it(story, settings, tmp_path):
    settings.SEALING, settings.SEAL_PASSPHRASE, settings.SEAL_FOLDER = "pades", PASSPHRASE, tmp_path / "seals"
    referral = story.sent()
    letter = referral.documents.get(key="lead_letter")
    address = f"/api/v1/documents/{letter.pk}/sealed/"
    render_document(letter.pk)
    told(client(RECEIVER).get(address), 404, "not_found")
    Authority().give(letter.organ.name, settings.SEAL_FOLDER / f"{letter.organ.key}.p12")
    seal_document(letter.pk)
    paper = next(one for one in client(RECEIVER).get(here(referral)).json()["documents"] if one["id"] == letter.pk)
    sealed = paper["sealed"]
    assert (sealed["signer"], sealed["url"], paper["corrects"]) == (letter.organ.name, address, None)
    got = client(RECEIVER).get(address)
    assert hashlib.sha256(b"".join(got.streaming_content)).hexdigest() == sealed["sha256"] != paper["sha256"]
    assert "attachment" in got["Content-Disposition"]
    told(client(STRANGER).get(address), 404, "not_found")


def test_the_same_key_does_nothing_twice(story):
    case, program = story.case(), client(OFFICER)
    facts = {"at": "2026-09-21T08:30:00+08:00", "words": "当面劝阻"}
    first = program.post(step(case, "dissuade"), facts, headers={"Idempotency-Key": "a-1"})
    again = program.post(step(case, "dissuade"), facts, headers={"Idempotency-Key": "a-1"})
    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Case.objects.get(pk=case.pk).measures.count() == 1
    other = program.post(step(case, "dissuade"), facts | {"words": "再次劝阻"}, headers={"Idempotency-Key": "a-1"})
    told(other, 409, "idempotency")


def test_a_refused_call_may_be_mended_under_its_key(story):
    case, program = story.case(), client(OFFICER)
    key = {"Idempotency-Key": "b-1"}
    told(program.post(step(case, "file_case"), {}, headers=key), 422, "required")
    assert not Answered.objects.exists()
    assert (
        program.post(
            step(case, "dissuade"), {"at": "2026-09-21T08:30:00+08:00", "words": "劝阻"}, headers=key
        ).status_code
        == 200
    )
    told(program.post(step(case, "verify"), {}, headers={"Idempotency-Key": "空 格"}), 400, "parse_error")


def test_too_many_calls_are_put_off_whatever_becomes_of_redis(story, settings):
    settings.API_RATE, settings.REDIS_URL = 2, "redis://127.0.0.1:1/0"
    program = client(OFFICER)
    assert [program.get("/api/v1/cases/").status_code for _time in range(2)] == [200, 200]
    refused = program.get("/api/v1/cases/")
    told(refused, 429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert client(RECEIVER).get("/api/v1/cases/").status_code == 200


def test_events_can_be_followed_without_a_gap_and_name_nobody(story):
    case, program = story.case(), client(OFFICER)
    first = program.get("/api/v1/events/").json()
    assert [(e["step"], e["before"], e["after"]) for e in first["results"]] == [("register", "", "lead")]
    story.take(case, "verify", OFFICER)
    then = program.get("/api/v1/events/", {"after": first["after"], "limit": 1}).json()
    assert [(e["number"], e["step"], e["organ"]) for e in then["results"]] == [
        (case.number, "verify", "ningwu.yangfangkou")
    ]
    assert program.get("/api/v1/events/", {"after": then["after"]}).json()["results"] == []
    assert "黑岭" not in json.dumps(first, ensure_ascii=False)
    assert client(STRANGER).get("/api/v1/events/").json()["results"] == []
    told(program.get("/api/v1/events/", {"after": "x"}), 422, "invalid")


def test_a_record_on_behalf_rests_on_a_scan(story):
    referral = story.sent()
    sender = client(OFFICER)
    facts = {"signer": "王芳", "behalf": {"scan": 999999}}
    refused = told(sender.post(step(referral, "sign_for"), facts), 422, "invalid_choice")
    assert refused["field"] == "behalf.scan"
    kept = sender.post(here(referral, "materials"), {"file": picture(), "kind": "scan"}, format="multipart").json()
    facts["behalf"] = {"scan": kept["id"], "behalf_words": "对方窗口盖章"}
    assert sender.post(step(referral, "sign_for"), facts).status_code == 200
    assert client(OFFICER).get(here(referral)).json()["timeline"][-1]["on_behalf"]


def test_what_cannot_be_read_is_refused_in_words(story):
    case, program = story.case(), client(OFFICER)
    told(program.post(step(case, "verify"), "[" * 100_000, content_type="application/json"), 400, "parse_error")
    told(program.post(step(case, "verify"), "<x/>", content_type="text/xml"), 415, "unsupported_media_type")
    told(
        program.post(step(case, "verify"), '{"words": "\\ud800"}', content_type="application/json"),
        422,
        "surrogate_characters_not_allowed",
    )
    told(program.put(step(case, "verify"), {}), 405, "method_not_allowed")
    assert program.get("/api/v1/cases/%00/").status_code == 400


@pytest.mark.django_db
def test_the_schema_is_given_at_both_addresses(ningwu):
    program = client(OFFICER)
    assert program.get("/api/schema/").status_code == program.get("/api/v1/schema/").status_code == 200
