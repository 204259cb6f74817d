"""Webhooks: an organ's own system is told of what happens to the matters in which the organ takes part."""

from coordination.kernel.posting import Unreachable, post, refuse_address
from coordination.kernel.webhooks.delivering import deliver_webhooks
from coordination.kernel.webhooks.rows import Webhook, WebhookCall, rotate_webhooks

__all__ = ["Unreachable", "Webhook", "WebhookCall", "deliver_webhooks", "post", "refuse_address", "rotate_webhooks"]
