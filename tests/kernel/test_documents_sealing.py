"""Seals: stamped on paper and scanned, or signed with the organ's certificate; shown for what they are when a file was
changed; and nothing is lost where a certificate is missing or over."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from coordination.kernel.documents import (
    Adapter,
    IssuedDocument,
    SealSetting,
    add_scan,
    issue,
    registry,
    render_document,
    seal_document,
    seal_pending,
    verify,
)
from coordination.kernel.journal import timeline
from coordination.kernel.now import now, travel_to
from coordination.kernel.web.sealing import sealing_of
from coordination.kernel.words import Refusal
from tests.county import organ, person, picture
from tests.kernel.archival import faults
from tests.kernel.signers import PASSPHRASE, Authority
from tests.kernel.test_documents_issuing import actor_of, circumstances
from tests.kernel.test_documents_printing import shelf

__all__ = ["shelf"]
LETTER = "lead_letter"


@pytest.fixture
def certificates(settings, tmp_path) -> Path:
    settings.SEALING, settings.SEAL_PASSPHRASE, settings.SEAL_FOLDER = "pades", PASSPHRASE, tmp_path / "seals"
    return settings.SEAL_FOLDER


@pytest.fixture
def authority() -> Authority:
    return Authority()


@pytest.fixture
def letter(story, shelf) -> IssuedDocument:
    """A letter of the township, issued and not yet printed."""
    return story.sent().documents.get(key=LETTER)


@pytest.fixture
def signed(letter, certificates, authority) -> IssuedDocument:
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    return printed(letter)


def printed(document: IssuedDocument) -> IssuedDocument:
    """Printed, and whatever seal is owed tried."""
    render_document(document.pk)
    seal_document(document.pk)
    return IssuedDocument.objects.select_related("seal", "matter", "organ").get(pk=document.pk)


def read(field) -> bytes:
    return Path(field.path).read_bytes()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("函.pdf", content, "application/pdf")


def asked(client, document: IssuedDocument, content: bytes) -> str:
    page = client.post(reverse("verify"), {"code": document.code, "file": upload(content)})
    return page.content.decode()


# ---------- by certificate ----------
def test_a_printed_letter_is_signed_in_the_organ_s_name_and_the_unsigned_one_stays(signed):
    seal = signed.seal
    assert seal.signer == signed.organ.name
    assert hashlib.sha256(read(seal.pdf)).hexdigest() == seal.sha256 != signed.sha256
    assert read(seal.pdf).startswith(read(signed.pdf)), "the signature is an update behind the paper as it was printed"
    entry = timeline(signed.matter)[-1]
    assert (entry.step, entry.actor_id) == ("seal_document", None)
    assert ["SHA-256", seal.sha256] in entry.words["facts"]


def test_signing_twice_changes_nothing(signed):
    before = (signed.seal.sha256, len(timeline(signed.matter)))
    again = printed(signed)
    assert (again.seal.sha256, len(timeline(again.matter))) == before
    assert seal_pending() == 0


def test_no_picture_of_a_seal_is_drawn(signed):
    field = PdfReader(BytesIO(read(signed.seal.pdf))).get_fields()["Seal"].indirect_reference.get_object()
    assert list(field["/Rect"]) == [0, 0, 0, 0]
    assert int(field["/F"]) & 4, "printed, as PDF/A has it"
    assert not int(field["/F"]) & 2, "not hidden"


def test_a_signed_file_is_a_pdf_a_still(signed):
    before, after = (PdfReader(BytesIO(read(file))) for file in (signed.pdf, signed.seal.pdf))
    assert faults(read(signed.pdf)) == faults(read(signed.seal.pdf)) == []
    assert len(before.pages) == len(after.pages)
    assert [page.extract_text() for page in before.pages] == [page.extract_text() for page in after.pages]
    assert after.trailer["/Root"]["/AcroForm"]["/SigFlags"] == 3


def test_the_verification_page_says_who_signed_and_that_nothing_was_changed(client, signed):
    assert f"签章有效：文件由{signed.organ.name}签章" in asked(client, signed, read(signed.seal.pdf))
    assert "与制发的文书一致" in asked(client, signed, read(signed.pdf))
    found = verify(signed.code, BytesIO(read(signed.seal.pdf)))
    assert (found.same, found.kind, found.signer) == (True, "sealed", signed.organ.name)


def test_a_flipped_byte_is_shown(client, signed):
    content = bytearray(read(signed.seal.pdf))
    content[content.index(b"stream") + 40] ^= 1
    page = asked(client, signed, bytes(content))
    assert f"签章无效：文件在{signed.organ.name}签章以后被改动过" in page
    assert "签章有效" not in page


def test_what_is_appended_behind_a_signature_is_shown(client, signed):
    writer = PdfWriter(BytesIO(read(signed.seal.pdf)), incremental=True)
    writer.pages[0].rotate(90)
    changed = BytesIO()
    writer.write(changed)
    assert changed.getvalue().startswith(read(signed.seal.pdf))
    page = asked(client, signed, changed.getvalue())
    assert "签章以后又添加了内容" in page
    assert "签章有效" not in page


def test_a_file_signed_by_somebody_else_is_not_ours(client, signed, certificates, authority, settings):
    other = Authority()
    settings.SEAL_FOLDER = certificates / "other"
    other.give(signed.organ.name, settings.SEAL_FOLDER / f"{signed.organ.key}.p12")
    forged = issue("acceptance_reply", **circumstances_of(signed))
    forged = printed(forged)
    page = asked(client, signed, read(forged.seal.pdf))
    assert "不一致" in page
    assert "签章有效" not in page
    assert "不一致" in asked(client, signed, b"%PDF-1.7 nonsense")


def circumstances_of(document: IssuedDocument) -> dict:
    actor = actor_of("yangfangkou.officer1")
    return {
        "matter": type(document.matter.as_child()).fetch(document.matter_id), "entry": document.entry,
        "organ": document.organ, "actor": actor, "facts": {"words": "已派员"}, "moment": now(),
    }  # fmt: skip


# ---------- what goes wrong ----------
def test_a_missing_certificate_leaves_the_paper_unsigned_says_so_and_is_found_when_it_comes(
    client, letter, certificates, authority
):
    paper = printed(letter)
    assert paper.printed
    assert not paper.seal.made
    assert f"没有找到证书文件“{letter.organ.key}.p12”" in paper.seal.trouble
    client.force_login(person("yangfangkou.officer1"))
    page = client.get(reverse("document_seal", args=[paper.pk])).content.decode()
    assert "没有找到证书文件" in page
    assert "上传已盖章扫描件" in page
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    assert seal_pending() == 0, "not before its time"
    travel_to(now() + timedelta(minutes=2))
    assert seal_pending() == 1
    paper.seal.refresh_from_db()
    assert (paper.seal.made, paper.seal.trouble) == (True, "")


def test_the_signature_is_tried_again_at_once_when_somebody_of_the_organ_asks(client, letter, certificates, authority):
    paper = printed(letter)
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    again = reverse("seal_again", args=[paper.pk])
    client.force_login(person("shengtai.officer1"))
    assert client.post(again).status_code == 403, "not by the other side"
    client.force_login(person("yangfangkou.officer1"))
    client.post(again)
    paper.seal.refresh_from_db()
    assert paper.seal.made


def test_an_expired_certificate_signs_nothing(letter, certificates, authority):
    over = datetime(2026, 9, 1, tzinfo=UTC)
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12", until=over)
    paper = printed(letter)
    assert not paper.seal.made
    assert "证书已于 2026-09-01 过期" in paper.seal.trouble


def test_a_certificate_of_another_organ_signs_nothing(letter, certificates, authority):
    authority.give("宁武县自然资源局", certificates / f"{letter.organ.key}.p12")
    assert "证书属于“宁武县自然资源局”" in printed(letter).seal.trouble


def test_a_wrong_passphrase_and_a_damaged_file_are_told_apart_from_a_missing_one(
    letter, certificates, authority, settings
):
    settings.SEAL_PASSPHRASE = "wrong"
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    assert "打不开" in printed(letter).seal.trouble


def test_a_passphrase_beside_a_certificate_goes_before_the_one_of_all(letter, certificates, authority, settings):
    settings.SEAL_PASSPHRASE = "of-another"
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    (certificates / f"{letter.organ.key}.p12.pass").write_text(f"{PASSPHRASE}\n")
    assert printed(letter).seal.made


def test_a_revoked_certificate_signs_nothing_where_the_list_is_at_hand(letter, certificates, authority):
    certificate = authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust", certificate)
    paper = printed(letter)
    assert not paper.seal.made
    assert "没有通过验证" in paper.seal.trouble


def test_the_proof_that_a_certificate_held_is_kept_in_the_file(client, letter, certificates, authority):
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust")
    paper = printed(letter)
    assert paper.seal.made, paper.seal.trouble
    store = PdfReader(BytesIO(read(paper.seal.pdf))).trailer["/Root"]["/DSS"]
    assert store["/Certs"]
    assert store["/CRLs"]
    content = bytearray(read(paper.seal.pdf))
    assert "签章有效" in asked(client, paper, bytes(content))


def test_a_time_server_that_does_not_answer_costs_time_and_nothing_else(letter, certificates, authority, settings):
    settings.SEAL_TSA = "http://127.0.0.1:9/"
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    paper = printed(letter)
    assert paper.printed
    assert not paper.seal.made
    assert "时间戳服务没有给出时间戳" in paper.seal.trouble


# ---------- how an organ seals ----------
def test_an_organ_may_seal_otherwise_than_the_installation(letter, certificates, authority, settings):
    SealSetting.objects.create(organ=letter.organ, adapter=Adapter.SCAN)
    assert not hasattr(printed(letter), "seal"), "on paper, though the installation signs"
    settings.SEALING = "scan"
    SealSetting.objects.update(adapter=Adapter.PADES, certificate="town.p12")
    authority.give(letter.organ.name, certificates / "town.p12")
    other = printed(letter.matter.documents.get(key="handover_sheet"))
    assert other.seal.made


def test_an_organ_that_goes_back_to_paper_owes_no_signature_any_more(letter, certificates):
    paper = printed(letter)
    SealSetting.objects.create(organ=letter.organ, adapter=Adapter.SCAN)
    seal_document(paper.pk)
    assert not hasattr(IssuedDocument.objects.get(pk=paper.pk), "seal")


def test_a_certificate_is_named_by_its_file_alone():
    with pytest.raises(ValidationError, match="只填写文件名称"):
        SealSetting(certificate="../etc/key.p12").clean()
    SealSetting(certificate="key.p12").clean()


def test_a_form_of_the_organ_s_own_is_not_sealed(story, shelf, certificates):
    filing = printed(issue("case_filing", **circumstances(story, story.case())))
    assert not hasattr(filing, "seal")
    assert sealing_of(filing, {filing.organ_id}) == {}
    with pytest.raises(Refusal, match="不需要盖章"):
        add_scan(filing, picture(), actor=actor_of(story.officer), moment=now())
    unsealed = {key for key, document in registry().items() if not document.sealed}
    assert {"case_filing", "legal_review_opinion"} <= unsealed
    assert not unsealed & {"lead_letter", "handover_sheet", "service_receipt", "order_to_correct"}


# ---------- on paper ----------
def test_a_scan_of_the_sealed_paper_stands_with_it_and_both_can_be_had(client, letter, story):
    paper = printed(letter)
    client.force_login(person(story.officer))
    address = reverse("document_seal", args=[paper.pk])
    assert "待盖章" in client.get(reverse("matter", args=[paper.matter.number])).content.decode()
    assert client.post(address, {"file": picture()}).status_code == 302
    page = client.get(address).content.decode()
    material = paper.scans.get().material
    for link in (reverse("document", args=[paper.pk]), reverse("material-file", args=[material.pk])):
        assert link in page
        assert b"".join(client.get(link).streaming_content)
    assert "有盖章扫描件" in client.get(reverse("matter", args=[paper.matter.number])).content.decode()
    entry = timeline(paper.matter)[-1]
    assert entry.step == "add_sealed_scan"
    assert ["SHA-256", material.sha256] in entry.words["facts"]
    assert ["文号", paper.number] in entry.words["facts"]
    assert verify(paper.code, BytesIO(material.path.read_bytes())).kind == "scan"


def test_a_scan_is_brought_by_the_organ_that_issued_the_paper_alone(client, letter):
    paper = printed(letter)
    client.force_login(person("shengtai.officer1"))
    page = client.post(reverse("document_seal", args=[paper.pk]), {"file": picture()})
    assert page.status_code == 403
    assert "由发文机关上传" in page.content.decode()
    assert not paper.scans.exists()


def test_the_way_to_the_seal_is_shown_to_who_seals_and_to_others_once_there_is_something_to_see(client, letter, story):
    paper = printed(letter)
    address = reverse("document_seal", args=[paper.pk])
    page = reverse("matter", args=[paper.matter.number])
    client.force_login(person("shengtai.officer1"))
    assert address not in client.get(page).content.decode()
    assert "添加、核对材料" in client.get(page).content.decode()
    add_scan(paper, picture(), actor=actor_of(story.officer), moment=now())
    assert address in client.get(page).content.decode()
    client.force_login(person("sifa.supervisor1"))
    assert "添加、核对材料" not in client.get(page).content.decode()


def test_a_scan_is_examined_as_every_upload_and_an_empty_form_is_told(client, letter, story):
    paper = printed(letter)
    client.force_login(person(story.officer))
    address = reverse("document_seal", args=[paper.pk])
    assert client.post(address).status_code == 422
    refused = client.post(address, {"file": SimpleUploadedFile("函.pdf", b"MZ nonsense")})
    assert refused.status_code == 422
    assert not paper.scans.exists()


def test_a_scan_comes_also_when_the_matter_is_over(letter, story):
    paper = printed(letter)
    type(paper.matter).objects.filter(pk=paper.matter_id).update(closed_at=now())
    material = add_scan(paper, picture(), actor=actor_of(story.officer), moment=now())
    assert paper.scans.get().material == material


def test_a_later_scan_takes_the_place_of_an_earlier_one_which_stays(letter, story):
    paper = printed(letter)
    first = add_scan(paper, picture("gray"), actor=actor_of(story.officer), moment=now())
    second = add_scan(paper, picture("white"), actor=actor_of(story.officer), moment=now())
    assert [scan.material for scan in paper.scans.all()] == [second, first]


def test_a_corrected_paper_names_the_later_one(client, story, shelf):
    case = story.case()
    first = issue("case_filing", **circumstances(story, case))
    second = issue("case_filing", **circumstances(story, case), corrects=first)
    page = client.get(reverse("verify"), {"code": first.code}).content.decode()
    assert "已经更正" in page
    assert second.number in page
    assert "已经更正" not in client.get(reverse("verify"), {"code": second.code}).content.decode()


def test_the_web_s_role_may_sign(letter, certificates, authority, as_app_role):
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    with as_app_role():
        paper = printed(letter)
    assert paper.seal.made
    assert organ("yangfangkou") == paper.organ
