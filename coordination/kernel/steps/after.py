"""Upward effects: what an upper workflow does when a lower one has taken a step.

A reaction that only writes its own rows runs in the step's transaction. One that performs a step on another matter is
a row in it (`Reaction`), done once afterwards: both calling each other in one transaction was tried, and deadlocks.
"""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from coordination.kernel.journal import Entry
from coordination.kernel.now import now
from coordination.kernel.queue import enqueue

logger = logging.getLogger(__name__)
_AT_ONCE: dict[str, list[Callable]] = {}
_LATER: dict[str, list[tuple[str, Callable]]] = {}


class Reaction(models.Model):
    """A step owed on another matter because of `entry`, unique on entry and reaction."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="reactions")
    name = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_reaction")]
        indexes = [models.Index(fields=["id"], name="reaction_open", condition=Q(done_at__isnull=True))]


def after(step_name: str, *, later: bool = False, waits: Callable = lambda matter: True) -> Callable:
    """Register `reaction(entry, matter)` for a step such as `referrals.conclude`.

    `waits(matter)`, asked in the step's transaction, says whether anybody waits for what happens later: where nobody
    does, nothing is written. It is cheap, for every step of its name pays it: what the matter itself knows comes first.
    """

    def register(function: Callable) -> Callable:
        if later:
            _LATER.setdefault(step_name, []).append((f"{function.__module__}.{function.__qualname__}", waits))
        else:
            _AT_ONCE.setdefault(step_name, []).append(function)
        return function

    return register


def awaited() -> set[str]:
    """The steps to which something reacts, as `workflow.step`."""
    return {*_AT_ONCE, *_LATER}


def react(entry: Entry, matter, step_name: str) -> None:
    """Run what reacts at once, write down what reacts later where somebody waits for it."""
    name = f"{matter.KIND}.{step_name}"
    for function in _AT_ONCE.get(name, ()):
        function(entry, matter)
    for path in [path for path, waits in _LATER.get(name, ()) if waits(matter)]:
        row = Reaction.objects.create(entry=entry, name=path)
        enqueue(do_reaction, row.pk)


@shared_task(name="kernel.do_reaction")
def do_reaction(pk: int) -> None:
    """Do one reaction that is owed, once, however often it is asked for; one that fails says why and stays owed."""
    try:
        _do(pk)
    except Exception as fault:  # whatever a workflow's reaction raises: the next one must not wait for it
        logger.exception("reaction %s failed", pk)
        words = f"{type(fault).__name__}: {fault}"[:200]
        Reaction.objects.filter(pk=pk, done_at=None).update(tries=F("tries") + 1, fault=words)


@transaction.atomic
def _do(pk: int) -> None:
    # Only this row is locked: a join would lock the journal's entry, which the app role may not.
    owed = Reaction.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("entry")
    row = owed.filter(pk=pk, done_at=None).first()
    if row is None:
        return
    import_string(row.name)(row.entry, row.entry.matter.as_child())
    row.done_at, row.fault = now(), ""
    row.save(update_fields=["done_at", "fault"])


@shared_task(name="kernel.do_reactions")
def do_reactions(limit: int = 50) -> int:
    """Do what a lost task or a fault left behind, the least tried first. Returns how many were tried."""
    return len([do_reaction(pk) for pk in _owed(limit)])


def _owed(limit: int) -> list[int]:
    return list(Reaction.objects.filter(done_at=None).order_by("tries", "pk").values_list("pk", flat=True)[:limit])
