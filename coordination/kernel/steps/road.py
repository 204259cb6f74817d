"""The main road: of all that somebody may do with a matter, the one thing that a row or a page offers first."""

from collections.abc import Callable, Iterable

from coordination.kernel.steps.open import OpenStep


def next_on_the_road(matter, offered: Iterable[OpenStep], limit: str = "") -> OpenStep | None:
    """The step that leads on, for the clock of `limit` where one brings the matter here.

    In this order: what the matter itself prefers, a main step that stops the clock, one that serves it, any other that
    stops it, the stage's first main step. Never a record on behalf of another, never a step off the main road: whoever
    objects looks for it on the page.
    """
    own = [one for one in offered if not one.behalf]
    road = [one for one in own if not one.step.aside]
    wanted = matter.preferred_step(limit) if limit else None
    preferred = next((one for one in own if one.step.name == wanted), None)
    return preferred or next((one for rank in _ranks(limit) for one in road if rank(one)), None)


def _ranks(limit: str) -> tuple[Callable[[OpenStep], bool], ...]:
    return (
        lambda one: one.step.primary and _names(one.step.stops, limit),
        lambda one: _names(one.step.serves, limit),
        lambda one: _names(one.step.stops, limit),
        lambda one: one.step.primary,
    )


def _names(limits: Iterable, limit: str) -> bool:
    return any(one.key == limit for one in limits)
