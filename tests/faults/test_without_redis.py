"""A broker that is stopped or hangs: steps are taken as ever, and what they owe is found by the periodic tasks."""

import pytest
from django.core import mail

from coordination.celery import app
from coordination.celery import broker as spelt
from coordination.kernel import queue
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.documents.printing import render_pending
from coordination.kernel.notices import Notice, deliver
from coordination.kernel.organs import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def publishing(broker, monkeypatch, caplog):
    """The steps of this process hand their tasks to the drill's broker."""
    monkeypatch.setattr(app.conf, "broker_url", spelt(broker.url))
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    monkeypatch.setattr(queue._Broker, "silent_until", 0.0)
    yield broker
    app.pool.force_close_all()


def refusals(caplog) -> int:
    return sum("queue unavailable" in record.message for record in caplog.records)


def send_and_find_what_is_owed(story, caplog) -> None:
    """A referral goes out; nothing of it is printed or mailed until the timetable's next turn."""
    User.objects.filter(username=story.receiver).update(email="receiver@example.test")
    assert story.sent().stage == "served"
    assert refusals(caplog) == 1, "after the first refusal nobody waits again"
    assert Notice.objects.filter(fanned_out=False).exists()
    waiting = IssuedDocument.objects.filter(sha256="")
    assert waiting.count() >= 2
    deliver()
    render_pending()
    assert [letter.to for letter in mail.outbox] == [["receiver@example.test"]]
    assert not waiting.exists()


def test_with_redis_stopped_a_step_is_taken_and_what_it_owes_is_found_later(publishing, story, caplog):
    publishing.stop()
    send_and_find_what_is_owed(story, caplog)


def test_with_redis_hanging_too(publishing, story, caplog):
    publishing.hang()
    try:
        send_and_find_what_is_owed(story, caplog)
    finally:
        publishing.wake()


def test_with_redis_full_too(publishing, story, caplog):
    publishing.fill()
    send_and_find_what_is_owed(story, caplog)


def test_a_broker_that_comes_back_is_used_again(publishing, story, caplog, monkeypatch):
    publishing.stop()
    story.case()
    story.draft()
    publishing.start()
    monkeypatch.setattr(queue._Broker, "silent_until", 0.0)
    caplog.clear()
    story.approved()
    assert refusals(caplog) == 0
    assert publishing.waiting() > 0
