"""Whether a matter of another workflow may be taken into a dispute, and between whom."""

from django.db.models import QuerySet

from coordination.kernel.matters import Matter, Participation
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, User, posts_of, with_units
from coordination.kernel.sides import Readers
from coordination.kernel.steps.declare import Step, applying
from coordination.kernel.words import Refusal, carries


def may_dispute(matter: Matter, user: User, roles: tuple[str, ...]) -> bool:
    """Whether `user` may take `matter` into a dispute for one of its sides now. No query but what the gates of its own
    way into a dispute ask, where all else fits, and who was ever let into a matter that is over."""
    mine = {post.organ_id for post in posts_of(user) if post.role in roles}
    if not matter.DISPUTABLE:
        return matter.stage not in matter.UNTOLD and _between_two(_standing(matter), mine) and _told(matter)
    entering = matter.steps()["enter_dispute"]
    open_now = matter.stage in entering.source and (entering.only is None or entering.only.holds(matter, None))
    sides = {pk for pk in matter.disputants() if pk}
    return open_now and len(sides) == 2 and _between_two(sides, mine) and _lets_pass(matter, entering)


def _told(matter: Matter) -> bool:
    """What is over may have ended before anybody else was told of it."""
    return matter.closed_at is None or participants(matter).count() > 1


def _lets_pass(matter: Matter, entering: Step) -> bool:
    """Whether the matter's own gates would: what is always refused is not offered."""
    moment = now()
    try:
        for check in applying(entering.gates, matter, moment):
            check(matter, None, {}, moment)
    except Refusal:
        return False
    return True


def _between_two(sides: set[int], mine: set[int]) -> bool:
    return len(sides) > 1 and bool(sides & mine)


def _standing(matter: Matter) -> set[int]:
    """Who stands on a side of a matter that no dispute moves, by id: not who is accused in it."""
    return {pk for side in _sides(matter) for pk in side.organ_ids(matter)} - {matter.hidden_organ_id}


def _sides(matter: Matter) -> list:
    """Without those who only read it, or only record what others do."""
    return [side for side in matter.SIDES if not (side.records or isinstance(side, Readers))]


@carries("LAW-20")
def participants(matter: Matter) -> QuerySet[Organ]:
    """Between whom a matter that no dispute moves may be disputed: whoever has been let into it, so that nobody learns
    of it by the dispute. Never the accused, nor a unit of his (信访工作条例 art. 30)."""
    let_in = Participation.objects.filter(matter=matter.pk, side__in=[side.key for side in _sides(matter)])
    found = Organ.objects.filter(pk__in=let_in.values("organ"))
    return found.exclude(with_units(matter.hidden_organ_id)) if matter.hidden_organ_id else found
