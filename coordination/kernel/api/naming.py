"""How things are named across the API: by what people know them, not by the numbers of rows."""

from datetime import datetime

from django.db.models import Model

from coordination.kernel.catalogue import Item
from coordination.kernel.clocks import Clock
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, User

#: The field by which a row is named, and what a program is told about it.
NAMED_BY = {
    Organ: ("key", "key of an organ, e.g. ningwu.shengtai"),
    Item: ("number", "number of an enforcement item in the county's list"),
    User: ("username", "user name of a person"),
    Matter: ("number", "number of a matter"),
    Material: ("pk", "id of a material"),
    Clock: ("pk", "id of a time limit of the matter"),
}
OWN_ROW = ("pk", "id of a row of the matter")


def named_by(model: type[Model]) -> tuple[str, str]:
    """Field and description for a model; LookupError for one that has no name outside."""
    for known, named in NAMED_BY.items():
        if issubclass(model, known):
            return named
    if any(field.related_model and issubclass(field.related_model, Matter) for field in model._meta.concrete_fields):
        return OWN_ROW
    raise LookupError(f"{model.__name__} has no name in the API: give it one in NAMED_BY")


def outside(value):
    """A fact as a program reads it: rows by their names, moments with their offset."""
    if isinstance(value, Model):
        return getattr(value, named_by(type(value))[0])
    if isinstance(value, datetime):
        return value.astimezone(CST).isoformat()
    if hasattr(value, "all"):
        return [outside(one) for one in value.all()]
    return value
