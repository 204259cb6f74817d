"""Where steps lead: every stage can be reached, none is a trap, and what is at its end is closed."""

from collections.abc import Iterable, Iterator
from itertools import product

from coordination.kernel.flow_checks.naming import Model, targets
from coordination.kernel.steps import Step
from coordination.kernel.steps.declare import Option

Edges = dict[str, set[str]]
#: A value of an option of which no step knows.
OTHER = "another value"


def edges(steps: Iterable[Step]) -> Edges:
    found: Edges = {}
    for step in steps:
        for source in step.source:
            found.setdefault(source, set()).update(set(targets(step)) - {source})
    return found


def reached(begin: Iterable[str], ways: Edges) -> set[str]:
    """Every stage that can be come to from `begin`, those included."""
    seen, open_ = set(begin), list(begin)
    while open_:
        for stage in ways.get(open_.pop(), set()) - seen:
            seen.add(stage)
            open_.append(stage)
    return seen


#: A dispute that is settled or given up leads on out of the stage in which a disputable matter waits for it.
LED_BY_A_DISPUTE = ("leave_dispute", "abide_by")


def ways_on(model: Model, steps: Iterable[Step]) -> list[Step]:
    """Those of `steps` that people take: on the matter itself, or on the dispute about it."""
    return [one for one in steps if not one.caused or (model.DISPUTABLE and one.name in LED_BY_A_DISPUTE)]


def ends(model: Model) -> set[str]:
    """The stages out of which nothing leads that a person does."""
    ways = edges(ways_on(model, model.steps().values()))
    return {stage for stage in model.Stage.values if not ways.get(stage)}


def every_stage_is_reached_from_birth(model: Model) -> Iterator[str]:
    found = reached([""], edges(model.steps().values()))
    yield from (f"no step leads to the stage {stage!r}." for stage in model.Stage.values if stage not in found)


def every_stage_leads_to_an_end(model: Model) -> Iterator[str]:
    """By what people do, whatever a county chooses of the options that the steps ask for."""
    final, all_steps = ends(model), list(model.steps().values())
    for choice in _choices(all_steps):
        steps = [step for step in all_steps if _exists(step, choice)]
        offered = edges(ways_on(model, steps))
        for stage in sorted(reached([""], edges(steps)) - {""}):
            if not reached([stage], offered) & final:
                yield f"no way leads from the stage {stage!r} to an end{_where(choice)}."


def _choices(steps: list[Step]) -> Iterator[dict[str, object]]:
    """Every combination of what the options that the steps' conditions know may be."""
    values: dict[str, set] = {}
    for only in (step.only for step in steps if isinstance(step.only, Option)):
        values.setdefault(only.key, set()).add(only.value)
    spread = [(True, False) if some <= {True, False} else (*some, OTHER) for some in values.values()]
    yield from (dict(zip(values, chosen, strict=True)) for chosen in product(*spread))


def _exists(step: Step, choice: dict[str, object]) -> bool:
    return not isinstance(step.only, Option) or choice[step.only.key] == step.only.value


def _where(choice: dict[str, object]) -> str:
    return f" where {', '.join(f'{key} = {value}' for key, value in choice.items())}" if choice else ""


def what_is_at_its_end_is_closed(model: Model) -> Iterator[str]:
    """Into an end only a step leads that closes the matter, or one that finds it closed. A step that chooses its
    target closes by itself (`act.closes`)."""
    arriving = {stage: _arriving(model, stage) for stage in model.Stage.values}
    closed: set[str] = set()
    while more := {s for s, steps in arriving.items() if steps and all(_closes(one, closed) for one in steps)} - closed:
        closed |= more
    for stage in sorted(ends(model) - closed):
        names = [one.name for one in arriving[stage] if not _closes(one, closed)]
        yield f"the stage {stage!r} is an end, but {', '.join(names) or 'nothing'} closes nothing (closes=True)."


def _arriving(model: Model, stage: str) -> list[Step]:
    return [step for step in model.steps().values() if step.target is not None and targets(step) == [stage]]


def _closes(step: Step, closed: set[str]) -> bool:
    return step.closes or set(step.source) <= closed
