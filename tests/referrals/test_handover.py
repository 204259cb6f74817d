"""交接: the sheet, both sides, and the receipt that accepts (县乡执法协助工作机制 三（一）3; 案件移送制度 三（七）)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case
from coordination.kernel.drafts import Draft
from coordination.kernel.materials import Material
from coordination.kernel.now import now
from coordination.kernel.words import Refusal
from tests.county import organ, person, picture, upload


def confirmed(story):
    referral = story.sent()
    scan = upload(referral, story.officer, "scan", "盖章交接单")
    officers = [person(story.officer), person(story.second)]
    return story.take(referral, "confirm_sent", story.officer, officers=officers, sealed_scan=scan)


@pytest.mark.rules("NW-3.19", "NW-3.20")
def test_sending_issues_a_handover_sheet_that_lists_each_material(story):
    referral = story.sent()
    sheet = referral.documents.get(key="handover_sheet")
    for words in ("现场检查记录", "现场照片"):
        assert words in sheet.html


@pytest.mark.rules("NW-3.21")
def test_the_receiver_cannot_complete_a_sheet_that_the_sender_has_not_confirmed(story):
    referral = story.sent()
    scan = upload(referral, story.receiver, "scan", "盖章交接单")
    with pytest.raises(Refusal, match="移交方尚未确认"):
        story.take(referral, "confirm_received", story.receiver, receiver_person="王芳", sealed_scan=scan)


@pytest.mark.rules("NW-3.21")
def test_without_the_sealed_scan_nothing_is_complete(story):
    with pytest.raises(Refusal, match="扫描件"):
        story.take(confirmed(story), "confirm_received", story.receiver, receiver_person="王芳")


def test_who_received_is_not_typed_twice_because_the_scan_was_too_large(story, client, settings):
    referral = confirmed(story)
    settings.MATERIAL_REQUEST_MAX_BYTES = 10_000
    client.force_login(person(story.receiver))
    told = {"receiver_person": "王芳", "sealed_scan_upload": SimpleUploadedFile("大.jpg", bytes(300_000))}
    answer = client.post(f"/m/{referral.number}/confirm_received/", told)
    assert answer.status_code == 413
    assert 'value="王芳"' in answer.text
    assert f">{referral.title}</a>" in answer.text


def test_a_scan_is_uploaded_once_though_the_form_was_wrong_elsewhere(story, client):
    referral = confirmed(story)
    client.force_login(person(story.receiver))
    address = f"/m/{referral.number}/confirm_received/"
    answer = client.post(address, {"receiver_person": "", "sealed_scan_upload": picture()})
    assert answer.status_code == 422
    scan = Material.objects.get(matter=referral, kind="scan", uploaded_by=person(story.receiver))
    assert f'<option value="{scan.pk}" selected ' in answer.text
    lines = [line.pk for line in referral.lines()]
    done = client.post(address, {"receiver_person": "王芳", "sealed_scan": scan.pk, "checked": lines})
    assert done.status_code == 302, done.text
    assert Material.objects.filter(matter=referral, kind="scan").count() == 2  # one of each side


@pytest.mark.rules("NW-3.20", "NW-3.21")
def test_a_line_that_was_not_found_must_be_named(story):
    referral = confirmed(story)
    facts = {"receiver_person": "王芳", "sealed_scan": upload(referral, story.receiver, "scan", "双方盖章交接单")}
    lines = list(referral.lines())
    with pytest.raises(Refusal, match="未核对一致"):
        story.take(referral, "confirm_received", story.receiver, **facts, checked=lines[:1])
    done = story.take(referral, "confirm_received", story.receiver, **facts, checked=lines[:1], differences="缺照片")
    assert done.differences == "缺照片"


@pytest.mark.rules("NW-1.13", "NW-3.21")
def test_receiving_is_accepting_with_a_service_receipt_and_the_duty_passes(story):
    referral = story.accepted()
    assert referral.stage == "accepted"
    assert referral.holder == organ("shengtai")
    assert referral.documents.filter(key="service_receipt").exists()
    assert referral.documents.filter(key="handover_sheet_done").exists()
    assert Case.objects.get(pk=referral.origin_id).stage == "transferred"


@pytest.mark.rules("NW-1.13")
def test_who_has_signed_for_the_letter_gives_no_second_receipt(story):
    referral = story.accepted(story.take(story.sent(), "sign_for", story.receiver, signer="王芳"))
    assert referral.documents.filter(key="service_receipt").count() == 1


@pytest.mark.rules("NW-1.13")
def test_a_letter_that_was_left_is_receipted_all_the_same_once_it_is_taken(story):
    referral = story.sent()
    photo = upload(referral, story.officer, "photo", "送达照片")
    facts = {
        "service_method": "leaving",
        "at": now(),
        "witness": "村委会张某",
        "photo": photo,
        "words": "对方拒绝签收。",
    }
    referral = story.accepted(story.take(referral, "serve_otherwise", story.officer, **facts))
    receipts = referral.documents.filter(key="service_receipt").order_by("pk")
    assert [receipt.organ for receipt in receipts] == [referral.sender, referral.receiver]


@pytest.mark.rules("NW-3.21")
def test_before_that_the_duty_stays_with_the_sender(story):
    assert story.sent().holder == organ("yangfangkou")


@pytest.mark.rules("NW-1.20", "LAW-7", "LAW-9")
def test_the_receiver_files_a_case_of_its_own_and_ninety_days_run(story):
    referral = story.take(story.accepted(), "file_case", story.receiver, words="立案")
    case = Case.objects.get(holder=organ("shengtai"))
    clock = case.clocks.get(limit="cases.decide")
    assert (clock.due_at.date() - clock.started_at.date()).days >= 90
    assert referral.stage == "filed"


@pytest.mark.rules("LAW-11")
def test_not_filing_takes_reasons_in_writing(story):
    referral = story.accepted()
    with pytest.raises(Refusal, match="不予立案的事实和理由"):
        story.take(referral, "decline_to_file", story.receiver)
    facts = {"reasons": "违法行为已过追责时效", "legal_basis": "行政处罚法第三十六条"}
    declined = story.take(referral, "decline_to_file", story.receiver, **facts)
    assert declined.documents.filter(key="not_filed_reasons").exists()


def test_an_organ_off_the_platform_answers_by_a_record_on_its_behalf(story):
    referral = story.approved(story.draft(receiver=organ("gongan"), choice_reason="涉嫌治安违法"))
    referral = story.sent(referral, service_method="in_person")
    with pytest.raises(Refusal, match="书面凭证"):
        story.take(referral, "sign_for", story.officer, signer="值班民警", behalf={})
    scan = upload(referral, story.officer, "scan", "回证")
    signed = story.take(referral, "sign_for", story.officer, signer="值班民警", behalf={"scan": scan})
    entry = signed.entries.latest("seq")
    assert entry.on_behalf_of == organ("gongan")
    assert "阳方口" in entry.words["recorded_by"]


def test_service_by_leaving_needs_a_witness(story):
    referral = story.sent()
    photo = upload(referral, story.officer, "photo", "留置现场")
    facts = {"service_method": "leaving", "at": referral.served_at, "photo": photo, "words": "拒收"}
    with pytest.raises(Refusal, match="见证人"):
        story.take(referral, "serve_otherwise", story.officer, **facts)
    assert story.take(referral, "serve_otherwise", story.officer, **facts, witness="村委会张某").signed_at


def test_what_was_sent_and_refused_is_kept_and_what_was_never_his_is_not(story, client):
    referral = confirmed(story)
    address = f"/m/{referral.number}/confirm_received/"
    for login, kept in ((story.receiver, 1), (story.officer, 1)):
        client.force_login(person(login))
        assert client.post(address, {"receiver_person": "王芳"}).status_code in (403, 422)
        assert Draft.objects.count() == kept
    client.force_login(person(story.receiver))
    assert 'value="王芳"' in client.get(address).text


def test_who_follows_an_old_link_is_told_before_he_types_that_its_step_is_over(story, client):
    referral = story.accepted()
    client.force_login(person(story.receiver))
    shown = client.get(f"/m/{referral.number}/sign_for/")
    assert "当前环节是“已受理”，不能办理“签收”" in shown.text
    assert "不能办理" not in client.get(f"/m/{referral.number}/file_case/").text


def test_two_people_at_once_the_second_is_told_what_the_first_did(story):
    referral = story.sent()
    shown = referral.version
    story.take(referral, "sign_for", story.receiver, signer="王芳")
    with pytest.raises(Refusal, match="毛佳强.*已签收") as caught:
        story.take(
            referral, "ask_supplement", story.receiver, version=shown, items="a", why="b", by_day=referral.served_at
        )
    assert caught.value.code == "stale"
