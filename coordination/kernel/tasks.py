"""The background tasks, from the modules of their concepts; each is one line over a verb."""

from coordination.kernel.accounts.sessions import forget_sessions
from coordination.kernel.documents import render_document, render_pending, seal_document, seal_pending
from coordination.kernel.journal import seal_journal
from coordination.kernel.materials import verify_materials
from coordination.kernel.notices import deliver
from coordination.kernel.steps.after import do_reaction, do_reactions
from coordination.kernel.sweep import sweep
from coordination.kernel.webhooks import deliver_webhooks

__all__ = [
    "deliver",
    "deliver_webhooks",
    "do_reaction",
    "do_reactions",
    "forget_sessions",
    "render_document",
    "render_pending",
    "seal_document",
    "seal_journal",
    "seal_pending",
    "sweep",
    "verify_materials",
]
