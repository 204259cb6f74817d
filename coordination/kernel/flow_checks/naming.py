"""Names: of steps, stages, sides, fields, clauses and documents. Each is there, and there once."""

import ast
import csv
import inspect
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from coordination.kernel.documents import registry
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.sides import Group, Readers, Side
from coordination.kernel.steps import Flow, Step, Tell
from coordination.kernel.steps.declare import Guarded

Model = type[Matter]


def plain(things: Iterable) -> list:
    """The declared things without their conditions."""
    return [thing.thing if isinstance(thing, Guarded) else thing for thing in things]


def targets(step: Step) -> list[str]:
    """The stages that a step can lead to; none if it stays where it is."""
    if step.target is None:
        return []
    return [str(stage) for stage in getattr(step.target, "allowed_states", [step.target])]


def has_field(model: Model, name: str) -> bool:
    try:
        return bool(model._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def every_step_has_a_name_of_its_own(model: Model) -> Iterator[str]:
    """Python keeps only the last of two methods of one name; and `save` or `delete` would hide the row's own."""
    for base in model.__mro__:
        if issubclass(base, Flow) and base is not Flow:
            yield from _written_twice(base)
    for name in model.steps():
        if hasattr(Matter, name):
            yield f"step {name}: every matter has an attribute of this name; choose another."


def _written_twice(base: type) -> Iterator[str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0].body
    names = Counter(node.name for node in body if isinstance(node, ast.FunctionDef) and _is_step(node))
    yield from (f"two steps of {base.__name__} are called {name}." for name, times in names.items() if times > 1)


def _is_step(node: ast.FunctionDef) -> bool:
    called = [one.func for one in node.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(func, ast.Name) and func.id == "step" for func in called)


def every_step_says_what_it_is_for(model: Model) -> Iterator[str]:
    for step in model.steps().values():
        if not str(step.label).strip():
            yield f"step {step.name}: give it a label."
        if not step.doc:
            yield f"step {step.name}: say in its docstring what it is for."


def stages_and_sides_exist(model: Model) -> Iterator[str]:
    stages = {"", *model.Stage.values}
    for step in model.steps().values():
        for stage in {*step.source, *targets(step)} - stages:
            yield f"step {step.name}: there is no stage {stage!r}."
        for side in {*step.by, *step.lets_in, *_told(step)} - {*model.SIDES}:
            yield f"step {step.name}: {side.key} is no side of this flow (SIDES)."
    for stage in {str(stage) for stage in model.PROGRESS} - stages:
        yield f"PROGRESS: there is no stage {stage!r}."


def _told(step: Step) -> set[Side]:
    return {tell.side if isinstance(tell, Tell) else tell for tell in plain(step.tells)}


def fields_that_are_named_exist(model: Model) -> Iterator[str]:
    for side in model.SIDES:
        field = model._meta.get_field(side.field) if has_field(model, side.field) else None
        if isinstance(side, Readers):
            continue
        if isinstance(side, Group) and not isinstance(field, ArrayField):
            yield f"side {side.key}: {side.field} is no array of organ ids."
        elif not isinstance(side, Group) and getattr(field, "related_model", None) is not Organ:
            yield f"side {side.key}: {side.field} is no field that names an organ."
    for name in model.SHOWN:
        if not has_field(model, name):
            yield f"SHOWN: there is no field {name!r}."
    for step in model.steps().values():
        if step.not_by and not has_field(model, step.not_by):
            yield f"step {step.name}: not_by names {step.not_by!r}, which is no field."


@cache
def clause_ids() -> frozenset[str]:
    """The ids of the acceptance list (coordination/mechanisms/clauses.tsv)."""
    path = settings.BASE_DIR / "coordination" / "mechanisms" / "clauses.tsv"
    with path.open(encoding="utf-8", newline="") as table:
        return frozenset(row["id"] for row in csv.DictReader(table, delimiter="\t"))


def clauses_exist(model: Model) -> Iterator[str]:
    for step in model.steps().values():
        for rule in set(step.all_rules) - clause_ids():
            yield f"step {step.name}: there is no clause {rule} in clauses.tsv."
        for key in {*plain(step.documents)} & {*registry()}:
            for rule in set(registry()[key].rules) - clause_ids():
                yield f"document {key}: there is no clause {rule} in clauses.tsv."


def documents_exist(model: Model) -> Iterator[str]:
    for step in model.steps().values():
        for key in plain((*step.documents, *step.previews)):
            if key not in registry():
                yield f"step {step.name}: no document is declared as {key!r} (documents.py)."
            elif not _has_template(key):
                yield f"step {step.name}: the document {key!r} has no template in templates/documents/."


def _has_template(key: str) -> bool:
    try:
        return bool(get_template(f"documents/{key}.html"))
    except TemplateDoesNotExist:
        return False
