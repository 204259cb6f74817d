"""Webhooks: an organ's own system is told of what happens to the matters in which the organ takes part."""

from coordination.kernel.webhooks.delivering import deliver_webhooks
from coordination.kernel.webhooks.rows import Webhook, WebhookCall
from coordination.kernel.webhooks.sending import Unreachable, post, refuse_address

__all__ = ["Unreachable", "Webhook", "WebhookCall", "deliver_webhooks", "post", "refuse_address"]
