"""From the feed to the outbox, from the outbox to the organs' systems."""

import json
import logging
import time

from celery import shared_task
from django.db import transaction

from coordination.kernel.feed import Event, as_json, events_after, place_new
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.posting import Unreachable, post
from coordination.kernel.webhooks.rows import Webhook, WebhookCall
from coordination.kernel.words import Refusal

logger = logging.getLogger(__name__)
BATCH = 500
#: Seconds after which a run leaves the rest to the next one, below the queue's time limit for a task.
BUDGET = 120.0


@shared_task(name="kernel.deliver_webhooks")
def deliver_webhooks() -> int:
    """Put what has happened into the outboxes and send what is due. Safe to run twice and side by side. Returns how
    many calls were received."""
    fill_outboxes()
    return send_due()


def fill_outboxes() -> None:
    """What has happened since, to everyone who asked for it."""
    place_new()
    for pk in Webhook.objects.filter(active=True).values_list("pk", flat=True):
        while fill(pk) == BATCH:
            continue


@transaction.atomic
def fill(pk: int) -> int:
    """One batch of events into the outbox of webhook `pk`. Returns how many."""
    webhook = Webhook.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if webhook is None:
        return 0
    taking_part = Matter.objects.filter(participations__organ=webhook.organ_id)
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    events = events_after(webhook.after, taking_part, BATCH)
    if events:
        moment = now()
        rows = [WebhookCall(webhook=webhook, event=event, next_try_at=moment) for event in events]
        WebhookCall.objects.bulk_create(rows, ignore_conflicts=True)
    last = events[-1].pk if events else 0
    webhook.after = last if len(events) == BATCH else max(last, newest, webhook.after)
    webhook.save(update_fields=["after"])
    return len(events)


def send_due(seconds: float = BUDGET) -> int:
    """Make the calls that are due, the oldest first. A webhook that fails is left alone for the rest of the run."""
    end, sent, failed = time.monotonic() + seconds, 0, set()
    while time.monotonic() < end:
        call = _claim(failed)
        if call is None:
            break
        if _made(call):
            sent += 1
        else:
            failed.add(call.webhook_id)
    return sent


@transaction.atomic
def _claim(failed: set[int]) -> WebhookCall | None:
    """The next call, put off before it is made: nobody else makes it meanwhile, and no lock waits for the network."""
    moment = now()
    due = WebhookCall.objects.filter(next_try_at__lte=moment, webhook__active=True).exclude(webhook__in=failed)
    locked = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk")
    call = locked.select_related("webhook", "event__entry__matter", "event__entry__organ").first()
    if call is not None:
        call.note_try(moment)
        call.save(update_fields=["tries", "next_try_at"])
    return call


def _made(call: WebhookCall) -> bool:
    body = json.dumps(as_json(call.event), ensure_ascii=False).encode()
    moment = now()
    try:
        post(call.webhook.url, call.webhook.signing_secret(), body, call.event_id, int(moment.timestamp()))
        call.note_sent(moment)
    except (Unreachable, Refusal) as fault:
        logger.warning("webhook %s failed: %s", call.webhook_id, fault)
        call.fault = str(fault)[:200]
    call.save(update_fields=["sent_at", "next_try_at", "fault"])
    return call.sent_at is not None
