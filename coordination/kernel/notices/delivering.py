"""From the outbox to people: one delivery a person, then the mail, each tried until the server has taken it."""

import logging
import time
from datetime import date

from celery import shared_task
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from coordination.kernel.notices.mail import letter
from coordination.kernel.notices.rows import Delivery, Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Post, User, in_force

logger = logging.getLogger(__name__)
#: Notices in one transaction.
BATCH = 500
#: Seconds after which a run leaves the rest to the next one, below the queue's time limit for a task.
BUDGET = 120.0
#: A mail server that fails so often in a row is down: the others wait for the next run.
DOWN_AFTER = 3
#: What sending can raise: the server is down or refuses (smtplib's errors are OSErrors), or an address is none.
FAULTS = (OSError, ValueError)


def fan_out(limit: int = BATCH) -> int:
    """Turn outbox rows into one delivery a person. Returns how many rows were handled; safe side by side."""
    with transaction.atomic():
        waiting = Notice.objects.filter(fanned_out=False).order_by("id")
        rows = list(waiting.select_for_update(skip_locked=True, no_key=True)[:limit])
        if rows:
            moment = now()
            people = _people({row.organ_id for row in rows}, moment.date())
            Delivery.objects.bulk_create(
                [
                    Delivery(notice=row, entry_id=row.entry_id, user=user, address=user.email, next_try_at=moment)
                    for row in rows
                    for user in people.get((row.organ_id, row.role), ())
                ],
                ignore_conflicts=True,
            )
            Notice.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_out=True)
    return len(rows)


def _people(organs: set[int], day: date) -> dict[tuple[int, str], set[User]]:
    """Who holds which post, with an address, by organ and role; the blank role gathers all of an organ."""
    posts = Post.objects.filter(in_force(day), organ__in=organs, user__is_active=True).exclude(user__email="")
    people: dict[tuple[int, str], set[User]] = {}
    for post in posts.select_related("user"):
        for role in (post.role, ""):
            people.setdefault((post.organ_id, role), set()).add(post.user)
    return people


def send_due(seconds: float = BUDGET) -> int:
    """Send what is due, each message under its own row lock and in its own transaction, so that two workers never
    send the same one and a death between two messages repeats none. Returns how many were sent."""
    end, sent, failed = time.monotonic() + seconds, 0, 0
    server = get_connection()
    try:
        while failed < DOWN_AFTER and time.monotonic() < end:
            outcome = _send_one(server)
            if outcome is None:
                break
            sent, failed = (sent + 1, 0) if outcome else (sent, failed + 1)
    finally:
        _hang_up(server)
    return sent


def _send_one(server: BaseEmailBackend) -> bool | None:
    """Whether the message that waits longest could be sent; None: nothing waits."""
    with transaction.atomic():
        moment = now()
        due = Delivery.objects.filter(sent_at__isnull=True, next_try_at__lte=moment).order_by("next_try_at", "pk")
        locked = due.select_for_update(skip_locked=True, of=("self",))
        delivery = locked.select_related("notice__matter", "notice__organ", "entry__readable").first()
        if delivery is None:
            return None
        try:
            server.open()
            server.send_messages([letter(delivery)])
            delivery.note_sent(moment)
        except FAULTS as fault:
            logger.warning("delivery %s failed: %s", delivery.pk, type(fault).__name__)
            _hang_up(server)
            delivery.note_fault(fault, moment)
        delivery.save(update_fields=["tries", "sent_at", "next_try_at", "fault"])
    return delivery.sent_at is not None


def _hang_up(server: BaseEmailBackend) -> None:
    """A server that went away need not be told goodbye."""
    try:
        server.close()
    except OSError as fault:
        logger.info("the mail server did not say goodbye: %s", type(fault).__name__)


@shared_task(name="kernel.deliver")
def deliver() -> None:
    """Fan out the outbox and send what is due. Safe to run twice and side by side."""
    while fan_out() == BATCH:
        continue
    send_due()
