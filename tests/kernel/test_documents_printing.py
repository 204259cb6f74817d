"""From frozen words to a stored PDF: after commit, once, whatever breaks in between."""

import errno
import hashlib
import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from coordination.kernel import pdf
from coordination.kernel.documents import IssuedDocument, issue, keeping, render_document, render_pending
from coordination.kernel.now import now, travel_to
from tests.kernel.test_documents_issuing import circumstances

UNPRINTABLE = "<!DOCTYPE html><html lang='zh-CN'><title>函</title><body><p>\U0001f9ff</p></body></html>"


@pytest.fixture
def shelf(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def issued(story, shelf) -> IssuedDocument:
    return issue("case_filing", **circumstances(story, story.case()))


def content(document: IssuedDocument) -> bytes:
    return Path(document.pdf.path).read_bytes()


def files(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def test_the_pdf_is_asked_for_only_after_the_commit(story, shelf, django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr("coordination.kernel.queue._send", lambda task, args: sent.append((task, args)))
    with django_capture_on_commit_callbacks(execute=True):
        issued = issue("case_filing", **circumstances(story, story.case()))
        assert not sent
        assert not issued.printed
    assert (render_document, (issued.pk,)) in sent


def test_a_printed_document_is_kept_under_its_hash(issued, shelf):
    render_document(issued.pk)
    issued.refresh_from_db()
    assert hashlib.sha256(content(issued)).hexdigest() == issued.sha256
    assert [path.name for path in files(shelf)] == [f"{issued.sha256}.pdf"]
    assert issued.rendered_at is not None
    assert issued.fault == ""


def test_printing_twice_changes_nothing(issued, shelf):
    render_document(issued.pk)
    issued.refresh_from_db()
    first = (issued.sha256, issued.rendered_at, content(issued))
    travel_to(now() + timedelta(days=1))
    render_document(issued.pk)
    issued.refresh_from_db()
    assert (issued.sha256, issued.rendered_at, content(issued)) == first
    assert len(files(shelf)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_have_the_same_document_in_hand_print_it_once(issued, monkeypatch):
    printed = []
    plain = pdf.render
    monkeypatch.setattr(pdf, "render", lambda html: printed.append(html) or plain(html))

    def work(_hand: int) -> None:
        try:
            render_document(issued.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    issued.refresh_from_db()
    assert issued.printed
    assert len(printed) == 1


def test_a_lost_task_is_found_again(issued):
    assert render_pending() == 1
    issued.refresh_from_db()
    assert issued.printed
    assert render_pending() == 0


def test_a_full_disk_costs_time_and_nothing_else(issued, shelf):
    """The kernel itself refuses the write half-way, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    try:
        render_document(issued.pk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    issued.refresh_from_db()
    assert not issued.printed
    assert "OSError" in issued.fault
    assert files(shelf) == [], "no half file lies about"
    assert render_pending() == 0, "not tried again at once"
    travel_to(now() + timedelta(minutes=2))
    assert render_pending() == 1
    issued.refresh_from_db()
    assert issued.printed
    assert issued.fault == ""


def test_a_disk_that_fails_at_the_last_moment_leaves_no_half_file(issued, shelf, monkeypatch):
    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", fail)
    render_document(issued.pk)
    issued.refresh_from_db()
    assert "No space left" in issued.fault
    assert files(shelf) == []


def test_a_document_that_cannot_be_printed_is_shown_with_its_fault_and_tried_ever_more_rarely(issued):
    IssuedDocument.objects.filter(pk=issued.pk).update(html=UNPRINTABLE)
    waits = []
    for turn in range(1, 12):
        render_document(issued.pk)
        issued.refresh_from_db()
        assert issued.tries == turn
        assert ".notdef" in issued.fault
        waits.append(round((issued.next_try_at - now()) / timedelta(minutes=1)))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


def test_a_poison_document_does_not_head_every_batch(story, issued):
    IssuedDocument.objects.filter(pk=issued.pk).update(html=UNPRINTABLE)
    render_pending()
    later = issue("case_filing", **circumstances(story, story.case()))
    assert render_pending(limit=1) == 1
    later.refresh_from_db()
    assert later.printed


def test_an_absent_library_loses_no_document(issued, monkeypatch):
    monkeypatch.setattr(pdf, "LIBRARY_FAULT", "cannot load library 'libpango-1.0-0'")
    render_document(issued.pk)
    issued.refresh_from_db()
    assert "apt-get install" in issued.fault
    monkeypatch.setattr(pdf, "LIBRARY_FAULT", "")
    travel_to(now() + timedelta(minutes=2))
    render_pending()
    issued.refresh_from_db()
    assert issued.printed


def test_the_web_s_role_may_print(issued, as_app_role):
    with as_app_role():
        render_document(issued.pk)
    issued.refresh_from_db()
    assert issued.printed
