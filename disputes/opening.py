"""Whether a matter of another workflow may be taken into a dispute."""

from coordination.kernel.matters import Matter
from coordination.kernel.organs import User, posts_of


def may_dispute(matter: Matter, user: User, roles: tuple[str, ...]) -> bool:
    """Whether `user` may take `matter` into a dispute for one of its two sides now. No query."""
    entering = matter.steps()["enter_dispute"]
    open_now = matter.stage in entering.source and (entering.only is None or entering.only.holds(matter, None))
    sides = {pk for pk in matter.disputants() if pk}
    mine = {post.organ_id for post in posts_of(user) if post.role in roles}
    return open_now and len(sides) == 2 and bool(sides & mine)
