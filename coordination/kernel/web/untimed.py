"""What waits for somebody without a time limit: a draft to be signed, a matter to be concluded. The desk, which is made
of clocks, shows it apart, so that nothing is lost for want of a date."""

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Link, Matter
from coordination.kernel.organs import User


def untimed(user: User, stages: Q) -> QuerySet[Matter]:
    """The open matters in the hands of the reader's organs, at one of the `stages`, on which no clock is open, and
    which wait for none that came out of them (as a lead waits for its referral)."""
    clocks = Clock.objects.filter(matter=OuterRef("pk"), state__in=OPEN)
    born = Link.objects.filter(source=OuterRef("pk"), target__closed_at=None)
    held = Matter.objects.held_by(user).filter(stages, closed_at=None, next_due_at=None)
    # As values and not as NOT EXISTS, which PostgreSQL may answer by reading all clocks and all links at once.
    return held.alias(clock=Subquery(clocks.values("pk")[:1]), born=Subquery(born.values("pk")[:1])).filter(
        clock=None, born=None
    )


def number_of(matters: QuerySet[Matter]) -> QuerySet:
    """Their number as a subquery of another statement."""
    return matters.order_by().annotate(how_many=Func(F("pk"), function="COUNT")).values("how_many")
