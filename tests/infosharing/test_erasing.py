"""A state secret that was found out after all: whoever looks for it then, wherever, finds nothing (NW-4.25)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from coordination.kernel import journal
from coordination.kernel.documents import IssuedDocument, render_document, render_pending
from coordination.kernel.drafts import Draft
from coordination.kernel.materials import Material, verify_files
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.search import found_by
from coordination.kernel.steps import open_steps
from coordination.kernel.verifier import Verifier
from infosharing.models import SharedRecord
from tests.county import person, upload

WORD = "警戒部署"
SECRET_WORDS = f"某重要目标的位置和{WORD}"
pytestmark = pytest.mark.rules("NW-4.25", "YY-1.12")


def client(login: str) -> Client:
    found = Client()
    found.force_login(person(login))
    return found


@pytest.fixture
def told(sharing, settings, tmp_path) -> SharedRecord:
    """A record that was shared with a copy-notice, doubted in its own words, extended, corrected, and has a file."""
    settings.MEDIA_ROOT = tmp_path
    record = sharing.formed("complaints", content=SECRET_WORDS, title=SECRET_WORDS, purpose=SECRET_WORDS)
    upload(record, sharing.provider, "other", SECRET_WORDS)
    longer = {"until": date(2026, 9, 24), "ground": SECRET_WORDS}
    record = sharing.take(record, "extend", sharing.provider, **longer)
    record = sharing.shared(sharing.reviewed(record), copy_notice=True)
    for paper in record.documents.all():
        render_document(paper.pk)
    record = sharing.take(record, "doubt", sharing.reader, words=f"来文所称“{SECRET_WORDS}”有误")
    record = sharing.corrected(record, content=SECRET_WORDS, reason=SECRET_WORDS)
    for login in (sharing.provider, sharing.reader):
        key = reverse("step", args=[record.number, "doubt"])
        Draft.objects.create(user=person(login), key=key, fields={"words": [SECRET_WORDS]}, saved_at=now())
    return record


@pytest.fixture
def erased(told, sharing, django_capture_on_commit_callbacks) -> SharedRecord:
    with django_capture_on_commit_callbacks(execute=True):
        return sharing.take(told, "erase", sharing.reviewer)


def test_until_then_its_provider_opens_it(told, sharing):
    paper = told.documents.first()
    for name in ("document", "api-document"):
        answer = client(sharing.provider).get(reverse(name, args=[paper.pk]))
        assert answer.getvalue().startswith(b"%PDF")


def test_no_paper_of_it_can_be_opened_not_even_by_its_provider(told, sharing, erased):
    old, new = erased.documents.all()
    for login in (sharing.provider, sharing.reader, "sifa.supervisor1"):
        browser = client(login)
        for paper in (old, new):
            for name in ("document", "document_seal", "document_sealed", "document_correct"):
                assert browser.get(reverse(name, args=[paper.pk])).status_code == 404, (login, name)
            assert browser.get(reverse("api-document", args=[paper.pk])).status_code == 404
    assert not any(paper.html for paper in (old, new))


def test_what_was_printed_is_off_the_disk_and_what_was_not_is_printed_no_more(told, erased):
    old, new = erased.documents.all()
    assert old.sha256, "it had been printed; its hash stays"
    assert not old.pdf.storage.exists(old.pdf.name)
    render_document(new.pk)
    render_pending()
    new.refresh_from_db()
    assert not new.printed


def test_an_erased_paper_keeps_its_number_and_hash_and_nobody_gives_it_words_again(erased):
    old = erased.documents.first()
    for change in ({"html": "别的内容"}, {"sha256": "0" * 64}, {"number": "别的文号"}, {"erased_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            IssuedDocument.objects.filter(pk=old.pk).update(**change)


def test_words_of_a_paper_that_is_in_force_are_taken_by_no_other_way(told):
    paper = told.documents.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedDocument.objects.filter(pk=paper.pk).update(html="")


def test_whoever_holds_the_paper_learns_its_number_its_hash_and_that_it_is_withdrawn(erased):
    old = erased.documents.first()
    page = Client().get(reverse("verify"), {"code": old.code}).content.decode()
    assert "因涉及国家秘密已撤回" in page
    assert old.number in page
    assert old.sha256 in page
    assert old.organ.name not in page


def test_its_materials_are_gone_for_everybody_and_their_files_with_them(told, sharing, erased):
    (material,) = erased.materials.all()
    assert not material.path.exists()
    assert WORD not in material.title + material.name + material.remark
    for login in (sharing.provider, "sifa.supervisor1"):
        browser = client(login)
        assert browser.get(reverse("material-file", args=[material.pk])).status_code == 404
        assert material.sha256 not in browser.get(reverse("materials", args=[erased.number])).content.decode()
    assert verify_files().sound, "what was erased is not missed"


def test_a_file_that_another_matter_needs_stays(told, sharing, django_capture_on_commit_callbacks):
    other = sharing.formed("other")
    same = upload(other, sharing.provider, "other", "同一份图片")
    assert same.sha256 == told.materials.get().sha256
    with django_capture_on_commit_callbacks(execute=True):
        sharing.take(told, "erase", sharing.reviewer)
    assert same.path.exists()


def test_nothing_of_it_stands_in_the_journal_and_the_chain_is_still_proved(told, sharing, erased):
    before = erased.entries.get(step="erase").seq
    assert not [e for e in journal.timeline(erased) if WORD in str(e.words)]
    earlier = erased.entries.filter(seq__lt=before)
    assert earlier.exists()
    assert all(entry.erased for entry in earlier)
    assert erased.entries.filter(step="erase_words", seq__gt=before).count() == earlier.count()
    assert not list(Verifier(journal.public_keys()).run(journal.records(erased)))
    page = client(sharing.provider).get(reverse("matter", args=[erased.number])).content.decode()
    assert WORD not in page
    assert "可读内容已清除" in page
    told_to_programs = client(sharing.provider).get(f"/api/v1/matters/{erased.number}/").content.decode()
    assert WORD not in told_to_programs


def test_no_search_finds_it_and_no_draft_of_its_forms_is_left(told, sharing, erased):
    assert not Matter.objects.filter(found_by(WORD)).exists()
    assert not Draft.objects.exists()
    assert not Material.objects.filter(title__contains=WORD).exists()


def test_it_says_what_it_touched_and_is_not_erased_twice(told, sharing, erased):
    assert erased.get_secret_display() == "涉及国家秘密，内容已清除"
    offered = {one.step.name for one in open_steps(erased, person(sharing.reviewer), now())}
    assert "erase" not in offered
    assert not erased.may_read(person(sharing.provider))


def test_before_it_is_done_the_page_says_what_cannot_be_undone_or_called_back(told, sharing):
    page = client(sharing.reviewer).get(reverse("step", args=[told.number, "erase"])).content.decode()
    assert "清除后不能恢复" in page
    assert "已经发出的邮件" in page
    assert "无法收回" in page


def test_a_record_that_was_withdrawn_is_erased_like_any_other(sharing, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    record = sharing.take(sharing.shared(), "withdraw", sharing.provider, reason=SECRET_WORDS)
    record = sharing.take(record, "erase", sharing.reviewer)
    assert WORD not in "".join(map(str, vars(record).values()))
