"""From the outbox to people: a delivery for each person and way, at once or in a digest, tried until it is taken."""

import logging
import time
from collections.abc import Iterable
from datetime import date

from celery import shared_task
from django.db import transaction

from coordination.kernel.calendar import work_calendar
from coordination.kernel.matters import Matter
from coordination.kernel.notices.channels import FAULTS, Channel, channels
from coordination.kernel.notices.choosing import choices_for, next_digest
from coordination.kernel.notices.mail import digest, letter
from coordination.kernel.notices.rows import Delivery, How, Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Post, User, in_force
from coordination.kernel.words import carries

logger = logging.getLogger(__name__)
#: Notices in one transaction.
BATCH = 500
#: Seconds after which a run leaves the rest to the next one, below the queue's time limit for a task.
BUDGET = 120.0
#: A server that fails so often in a row is down: the others wait for the next run.
DOWN_AFTER = 3
#: Notices in one digest; more of them wait for the next minute.
LONGEST = 100


def fan_out(limit: int = BATCH) -> int:
    """Turn outbox rows into one delivery a person and way. Returns how many rows were handled; safe side by side."""
    with transaction.atomic():
        waiting = Notice.objects.filter(fanned_out=False).order_by("id").select_related("organ", "matter")
        rows = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))[:limit])
        if rows:
            Delivery.objects.bulk_create(_deliveries(rows), ignore_conflicts=True)
            Notice.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_out=True)
    return len(rows)


def _deliveries(rows: list[Notice]) -> list[Delivery]:
    moment = now()
    people = _people({row.organ_id for row in rows}, moment.date())
    choices = choices_for(rows, {user.pk for users in people.values() for user in users})
    later = {county: next_digest(moment, work_calendar(county)) for county in {row.organ.county_id for row in rows}}
    found = []
    for row in rows:
        for user in _allowed(row.matter, people.get((row.organ_id, row.role), ())):
            how = choices.how(row, user.pk)
            due = later[row.organ.county_id] if how == How.DIGEST else moment
            found += [
                Delivery(
                    notice=row,
                    entry_id=row.entry_id,
                    user=user,
                    channel=way.key,
                    address=way.address(user),
                    digest=how == How.DIGEST,
                    next_try_at=due,
                )
                for way in channels()
                if how != How.OFF and way.address(user)
            ]
    return found


@carries("LAW-20")
def _allowed(matter: Matter, users: Iterable[User]) -> Iterable[User]:
    """Without whom the matter accuses, whatever other post he is told through. Asked of the few that accuse anybody."""
    if matter.hidden_organ_id is None and matter.hidden_person_id is None:
        return users
    return [user for user in users if not Matter.objects.hidden_from(user).filter(pk=matter.pk).exists()]


def _people(organs: set[int], day: date) -> dict[tuple[int, str], set[User]]:
    """Who holds which post by organ and role; the blank role gathers all of an organ."""
    posts = Post.objects.filter(in_force(day), organ__in=organs, user__is_active=True)
    people: dict[tuple[int, str], set[User]] = {}
    for post in posts.select_related("user"):
        for role in (post.role, ""):
            people.setdefault((post.organ_id, role), set()).add(post.user)
    return people


def send_due(seconds: float = BUDGET) -> int:
    """Send what is due on every way. Returns how many messages were taken."""
    end = time.monotonic() + seconds
    return sum(_send_all(way(), end) for way in channels())


def _send_all(channel: Channel, end: float) -> int:
    """Each message under its own row lock and in its own transaction, so that two workers never send the same one and
    a death between two messages repeats none."""
    sent = failed = 0
    try:
        while failed < DOWN_AFTER and time.monotonic() < end:
            outcome = _send_one(channel)
            if outcome is None:
                break
            sent, failed = (sent + 1, 0) if outcome else (sent, failed + 1)
    finally:
        _hang_up(channel)
    return sent


@transaction.atomic
def _send_one(channel: Channel) -> bool | None:
    """Whether the message that waits longest could be sent; None: nothing waits."""
    moment = now()
    due = Delivery.objects.filter(channel=channel.key, sent_at__isnull=True, next_try_at__lte=moment)
    locked = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk")
    whole = locked.select_related("notice__matter", "notice__organ", "entry__readable", "user")
    first = whole.first()
    if first is None:
        return None
    together = list(whole.filter(user=first.user_id, digest=True)[:LONGEST]) if first.digest else [first]
    fault = _hand_over(channel, together)
    for delivery in together:
        delivery.note_fault(fault, moment) if fault else delivery.note_sent(moment)
    Delivery.objects.bulk_update(together, ["tries", "sent_at", "next_try_at", "fault"])
    return fault is None


def _hand_over(channel: Channel, together: list[Delivery]) -> Exception | None:
    """What stood in the way, if anything."""
    try:
        channel.send(letter(together[0]) if len(together) == 1 else digest(together))
    except FAULTS as fault:
        logger.warning("delivery %s failed: %s", together[0].pk, type(fault).__name__)
        _hang_up(channel)
        return fault
    return None


def _hang_up(channel: Channel) -> None:
    try:
        channel.close()
    except OSError as fault:
        logger.info("the server did not say goodbye: %s", type(fault).__name__)


@shared_task(name="kernel.deliver")
def deliver() -> None:
    """Fan out the outbox and send what is due. Safe to run twice and side by side."""
    while fan_out() == BATCH:
        continue
    send_due()
