"""The Django admin of the kernel, one module a concept."""

from coordination.kernel.admin import catalogue, webhooks

__all__ = ["catalogue", "webhooks"]
