"""Upward effects: what an upper workflow does when a lower one has taken a step.

A reaction that only writes its own rows runs in the step's transaction. One that performs a step on another matter is
a row in it (`Reaction`), done once afterwards: both calling each other in one transaction was tried, and deadlocks.
"""

from collections.abc import Callable

from celery import shared_task
from django.db import models, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from coordination.kernel.journal import Entry
from coordination.kernel.now import now
from coordination.kernel.queue import enqueue

_AT_ONCE: dict[str, list[Callable]] = {}
_LATER: dict[str, list[str]] = {}


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


def after(step_name: str, *, later: bool = False) -> Callable:
    """Register `reaction(entry, matter)` for a step such as `referrals.conclude`."""

    def register(function: Callable) -> Callable:
        if later:
            _LATER.setdefault(step_name, []).append(f"{function.__module__}.{function.__qualname__}")
        else:
            _AT_ONCE.setdefault(step_name, []).append(function)
        return function

    return register


def react(entry: Entry, matter, step_name: str) -> None:
    """Run what reacts at once, write down what reacts later."""
    name = f"{matter.KIND}.{step_name}"
    for function in _AT_ONCE.get(name, ()):
        function(entry, matter)
    for path in _LATER.get(name, ()):
        row = Reaction.objects.create(entry=entry, name=path)
        enqueue(do_reaction, row.pk)


@shared_task(name="kernel.do_reaction")
def do_reaction(pk: int) -> None:
    """Do one reaction that is owed, once, however often it is asked for."""
    with transaction.atomic():
        row = Reaction.objects.select_for_update().select_related("entry").get(pk=pk)
        if row.done_at:
            return
        import_string(row.name)(row.entry, row.entry.matter.as_child())
        row.done_at = now()
        row.save(update_fields=["done_at"])
