"""The sides of a matter: which organ, or which organs, stand where."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coordination.kernel.organs import Organ


@dataclass(frozen=True)
class Side:
    """A side of a matter: the field of the matter that names its organ, and what people call it.

    `records`: it takes part only to record what an organ off the platform does, whoever its people are.
    """

    key: str
    field: str
    title: str
    records: bool = False

    def organ_id(self, matter) -> int | None:
        return getattr(matter, f"{self.field}_id")

    def organ(self, matter) -> Organ | None:
        return getattr(matter, self.field)

    def organ_ids(self, matter) -> set[int]:
        """The organs that stand on this side: one, or none yet."""
        return {self.organ_id(matter)} - {None}

    def organs(self, matter) -> list[Organ]:
        return [organ for organ in (self.organ(matter),) if organ]


@dataclass(frozen=True)
class Group(Side):
    """A side of several organs (the participants of a plan, the recipients of a record), each with duties of its own.

    `field` is an array of organ ids on the matter, so that lists need no query to know who may act.
    """

    def organ_id(self, matter) -> int | None:
        return next(iter(getattr(matter, self.field)), None)

    def organ(self, matter) -> Organ | None:
        return next(iter(self.organs(matter)), None)

    def organ_ids(self, matter) -> set[int]:
        return set(getattr(matter, self.field))

    def organs(self, matter) -> list[Organ]:
        """One query."""
        return list(Organ.objects.filter(pk__in=self.organ_ids(matter)))


@dataclass(frozen=True)
class Readers(Group):
    """Organs that read a matter and do nothing in it: no column names them, their participation does. `field` holds
    them for the step that lets them in."""


#: Whoever is asked to settle a dispute about the matter (行政处罚法 art. 25, 案件移送制度 四（十）).
RULING = Readers("ruling", "asked_to_rule", _("处理争议的机关"))
