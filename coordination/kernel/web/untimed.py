"""What waits for somebody without a time limit: a draft to be signed, a matter to be concluded. The desk, which is made
of clocks, shows it apart, so that nothing is lost for want of a date."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery, TextField, Value

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Link, Matter
from coordination.kernel.organs import User
from coordination.kernel.written import OneOf


def untimed(user: User, stages: dict[str, set[str]]) -> QuerySet[Matter]:
    """The open matters in the hands of the reader's organs, at one of the `stages` of their kind, on which no clock
    is open, and which wait for none that came out of them (as a lead waits for its referral)."""
    clocks = Clock.objects.filter(matter=OuterRef("pk"), state__in=OPEN)
    born = Link.objects.filter(source=OuterRef("pk"), target__closed_at=None)
    held = Matter.objects.held_by(user).filter(closed_at=None, next_due_at=None)
    # In a form that no index answers: by stage PostgreSQL would read the concluded matters of ten years, and by
    # NOT EXISTS all clocks and links. What an organ holds without a date is little, and looked at one by one.
    known = held.alias(
        clock=Subquery(clocks.values("pk")[:1]),
        born=Subquery(born.values("pk")[:1]),
    )
    return known.filter(stands_at(stages), clock=None, born=None)


class Dotted(Func):
    """`kind.stage`"""

    template, arg_joiner, output_field = "(%(expressions)s)", " || '.' || ", CharField()


def stands_at(stages: dict[str, set[str]], prefix: str = "") -> OneOf:
    """That a matter stands at one of the `stages` of its kind; `prefix` leads to the matter. One condition and one
    value: a pair for each kind, or each of seventy stages, takes Django longer to write than PostgreSQL to read."""
    wanted = [f"{kind}.{stage}" for kind, some in stages.items() for stage in sorted(some)]
    return OneOf(Dotted(F(f"{prefix}kind"), F(f"{prefix}stage")), Value(wanted, ArrayField(TextField())))


def number_of(matters: QuerySet[Matter]) -> QuerySet:
    """Their number as a subquery of another statement."""
    return matters.order_by().annotate(how_many=Func(F("pk"), function="COUNT")).values("how_many")
