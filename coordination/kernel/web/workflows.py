"""The workflows of this installation, by the name that stands in URLs."""

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.http import Http404

from coordination.kernel.matters import Matter, MatterQuerySet
from coordination.kernel.organs import Organ


@cache
def workflows() -> dict[str, type[Matter]]:
    """The matter classes by kind, in the order of the floors."""
    return {model.KIND: model for model in apps.get_models() if issubclass(model, Matter) and model.KIND}


def workflow(kind: str) -> type[Matter]:
    if kind not in workflows():
        raise Http404
    return workflows()[kind]


def with_children(matters: MatterQuerySet, prefix: str = "", models: Iterable[type[Matter]] = ()) -> MatterQuerySet:
    """Join the own rows of these kinds (default: every kind), so that `child()` costs no query; their organs come by
    `name_organs()`."""
    children = [f"{prefix}{model._meta.model_name}" for model in models or workflows().values()]
    return matters.select_related(f"{prefix}item", *children)


def child(matter: Matter) -> Matter:
    """The child of a matter that came out of `with_children`."""
    return getattr(matter, workflows()[matter.kind]._meta.model_name)


def name_organs(rows: Iterable[Model], known: dict[int, Organ]) -> None:
    """Give each row the organs that its columns name: a join for every one of them takes the database longer to plan
    than to read. One query, and only if some are not among the `known`."""
    named = [(row, field) for row in rows for field in _organ_fields(type(row)) if getattr(row, field.attname)]
    strange = {getattr(row, field.attname) for row, field in named} - known.keys()
    known = {**known, **Organ.objects.in_bulk(strange)} if strange else known
    for row, field in named:
        setattr(row, field.name, known[getattr(row, field.attname)])


@cache
def _organ_fields(model: type[Model]) -> list[ForeignKey]:
    return [field for field in model._meta.concrete_fields if field.related_model is Organ]
