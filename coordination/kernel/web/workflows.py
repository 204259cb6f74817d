"""The workflows of this installation, by the name that stands in URLs."""

from functools import cache

from django.apps import apps
from django.http import Http404

from coordination.kernel.matters import Matter, MatterQuerySet


@cache
def workflows() -> dict[str, type[Matter]]:
    """The matter classes by kind, in the order of the floors."""
    return {model.KIND: model for model in apps.get_models() if issubclass(model, Matter) and model.KIND}


def workflow(kind: str) -> type[Matter]:
    if kind not in workflows():
        raise Http404
    return workflows()[kind]


def with_children(matters: MatterQuerySet, prefix: str = "") -> MatterQuerySet:
    """Join every kind's own row and the organs of its sides, so that `child()` costs no query."""
    paths = []
    for model in workflows().values():
        child = f"{prefix}{model._meta.model_name}"
        paths += [child, *(f"{child}__{side.field}" for side in model.SIDES if side.field != "holder")]
    common = [f"{prefix}{name}" for name in ("holder", "originator", "place", "item")]
    return matters.select_related(*common, *paths)


def child(matter: Matter) -> Matter:
    """The child of a matter that came out of `with_children`."""
    return getattr(matter, workflows()[matter.kind]._meta.model_name)
