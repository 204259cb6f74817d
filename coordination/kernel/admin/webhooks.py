"""Webhooks in the admin: where an organ's own system wants to be told, and what it could not be told."""

from django.contrib import admin

from coordination.kernel.admin.bounds import OwnCounty, ReadOnly
from coordination.kernel.duties import Duty
from coordination.kernel.webhooks import Webhook, WebhookCall


@admin.register(Webhook)
class WebhookAdmin(OwnCounty):
    """The secret is made here and handed over by a safe way; a new one is typed in its place."""

    county_path = "organ__county"
    list_display = ("organ", "url", "active")
    list_filter = ("active",)
    list_select_related = ("organ",)


@admin.register(WebhookCall)
class WebhookCallAdmin(ReadOnly, OwnCounty):
    """The outbox, to be read: a call with tries and without a next one has been given up."""

    duty = Duty.SYSTEM
    county_path = "webhook__organ__county"
    list_display = ("webhook", "event_id", "tries", "next_try_at", "sent_at", "fault")
    list_filter = ("webhook",)
    list_select_related = ("webhook__organ",)
