"""Webhooks: an organ's own system is told of what happens to the matters in which the organ takes part."""

from coordination.kernel.posting import Unreachable, post, refuse_address
from coordination.kernel.webhooks.delivering import deliver_webhooks
from coordination.kernel.webhooks.rows import Webhook, WebhookCall

__all__ = ["Unreachable", "Webhook", "WebhookCall", "deliver_webhooks", "post", "refuse_address"]
