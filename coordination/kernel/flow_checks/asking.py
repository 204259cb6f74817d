"""What steps ask for: limits, conditions, forms, people."""

import inspect
from collections import Counter
from collections.abc import Iterator

from coordination.kernel.clocks import Limit, Start
from coordination.kernel.flow_checks.naming import Model, has_field, plain
from coordination.kernel.mechanisms import DECLARED, DECLARED_OPTIONS
from coordination.kernel.organs import Role
from coordination.kernel.steps import Step, StepForm
from coordination.kernel.steps.declare import Guarded, Kind, Option
from coordination.kernel.steps.scans import ScanForm

#: Parameters of django_fsm's own, which a step's facts would meet.
RESERVED = {"instance", "method"}


def limits_bind_a_side_of_this_flow(model: Model) -> Iterator[str]:
    for step in model.steps().values():
        starts = plain(step.starts)
        for start in starts:
            if not isinstance(start, Start):
                yield f"step {step.name}: starts takes LIMIT.since('attribute')."
            elif not hasattr(model, start.attribute):
                yield f"step {step.name}: {start.limit.key} since {start.attribute!r}, which the matter does not have."
        yield from (f"step {step.name}: {words}" for words in _bearers(model, step, starts))
    for key in getattr(model, "TAKES_OVER", ()):
        if key not in DECLARED:
            yield f"TAKES_OVER: no flow declares the limit {key!r}."


def _bearers(model: Model, step: Step, starts: list[Start]) -> Iterator[str]:
    begun = [start.limit for start in starts if isinstance(start, Start)]
    for limit in (*step.stops, *step.serves, *begun):
        if not isinstance(limit, Limit):
            yield f"{limit!r} is no limit."
        elif limit.bearer not in model.SIDES:
            yield f"{limit.key} binds {limit.bearer.key}, which is no side of this flow (SIDES)."


def conditions_can_hold(model: Model) -> Iterator[str]:
    """`only` and `when(…)` ask for an option that is declared, or for something that the matter has and can be."""
    for step in model.steps().values():
        guarded = (*step.gates, *step.starts, *step.documents, *step.previews, *step.tells)
        asked = [thing.condition for thing in guarded if isinstance(thing, Guarded)]
        for condition in (*asked, *([step.only] if step.only else [])):
            for words in _impossible(model, condition):
                yield f"step {step.name}: {words}"


def _impossible(model: Model, condition: Option | Kind) -> Iterator[str]:
    if isinstance(condition, Option):
        if condition.key not in DECLARED_OPTIONS:
            yield f"the option {condition.key!r} is not declared; use option()."
        return
    if not hasattr(model, condition.attribute):
        yield f"a condition asks for {condition.attribute!r}, which the matter does not have."
    elif has_field(model, condition.attribute):
        choices = dict(model._meta.get_field(condition.attribute).flatchoices)
        if choices and condition.value not in choices:
            yield f"{condition.attribute} can never be {condition.value!r}."


def forms_give_what_the_step_takes(model: Model) -> Iterator[str]:
    """The method's own parameters are fields; one without a default is a required field; the rest goes into **facts."""
    for step in model.steps().values():
        parameters = list(inspect.signature(getattr(model, step.name)).parameters.values())[2:]
        named = {one.name: one for one in parameters if one.kind is not one.VAR_KEYWORD}
        fields = (step.form or StepForm).base_fields
        for name in RESERVED & {*fields}:
            yield f"step {step.name}: the state machine has a parameter {name!r} of its own; call the field otherwise."
        if not step.caused or step.form:
            yield from (f"step {step.name}: {words}" for words in _misfits(named, fields))
        if len(named) == len(parameters):
            yield f"step {step.name}: take the facts that it does not name itself as **facts."


def _misfits(named: dict[str, inspect.Parameter], fields: dict) -> Iterator[str]:
    for name, parameter in named.items():
        if name not in fields:
            yield f"it takes {name!r}, which its form does not ask for."
        elif parameter.default is parameter.empty and not fields[name].required:
            yield f"it takes {name!r} without a default, but the form does not require it."


def every_field_stands_in_one_group(model: Model) -> Iterator[str]:
    """A field that no group names would not be shown; a name that is no field shows nothing."""
    for step in model.steps().values():
        form = step.form or StepForm
        for name in {*form.silent, *getattr(form, "scans", ())} - {*form.base_fields}:
            yield f"step {step.name}: {form.__name__} names {name!r}, which is none of its fields."
        if hasattr(form, "groups"):
            yield from (f"step {step.name}: {form.__name__}.{words}" for words in _ungrouped(form))


def _ungrouped(form: type[StepForm]) -> Iterator[str]:
    grouped = Counter(name for _title, names in form.groups for name in names)
    shown = {name for name, field in form.base_fields.items() if not field.widget.is_hidden}
    for name in grouped.keys() - form.base_fields.keys():
        yield f"groups names {name!r}, which is none of its fields."
    for name in shown - grouped.keys():
        yield f"groups leaves out {name!r}."
    for name in (name for name, times in grouped.items() if times > 1):
        yield f"groups names {name!r} twice."


def who_may_act_is_somebody(model: Model) -> Iterator[str]:
    """Roles exist; what only one side does can be recorded by another where `behalf` says so."""
    for step in model.steps().values():
        for role in {*step.roles} - {*Role.values}:
            yield f"step {step.name}: there is no role {role!r}."
        if step.behalf and not {*model.SIDES} - {*step.by}:
            yield f"step {step.name}: every side may take it, so that nobody can record it on behalf of another."
        if step.caused and (step.behalf or step.primary or step.aside):
            yield f"step {step.name}: it is caused by another step and offered to nobody."
        if step.primary and step.aside:
            yield f"step {step.name}: it is on the main road (primary) or off it (aside), not both."


def what_is_done_in_bulk_decides_nothing(model: Model) -> Iterator[str]:
    """Signing for receipt may be done on many matters at once; what moves a matter on is looked at one by one."""
    for step in (step for step in model.steps().values() if step.bulk):
        if step.target is not None or step.closes or step.caused or step.first:
            yield f"step {step.name}: a step that moves, opens or closes a matter is never taken in bulk."
        if step.form is not None and issubclass(step.form, ScanForm):
            yield f"step {step.name}: it asks for a scan of each matter, so that it cannot be taken in bulk."
