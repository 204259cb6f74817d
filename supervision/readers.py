"""Who may count what: supervisors the whole county, the leaders of an organ its own figures, nobody else anything."""

from dataclasses import dataclass

from coordination.kernel.matters import OVERSEERS
from coordination.kernel.organs import Organ, Role, User, posts_of
from coordination.kernel.words import carries

LEADERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


@dataclass(frozen=True)
class Remit:
    """A county, and in it the organs whose figures may be read (None: all); `supervises`: whoever may also open each
    matter that is counted, and urge. `organ`: the one in whose post he reads."""

    county: str
    organs: frozenset[int] | None
    supervises: bool = False
    organ: Organ | None = None

    @property
    def whole(self) -> bool:
        return self.organs is None


@carries("LAW-23", "NW-2.17", "NW-3.5")
def remit_of(user: User) -> Remit | None:
    """行政执法监督条例 art. 6: the justice bureau supervises in the county government's name; with it the government
    and the coordination office. Their leaders count what their supervisors read (`matters.reach_of`). A leader answers
    for his own organ (执法线索相互告知工作机制 三（一）)."""
    posts = posts_of(user)
    for roles, supervises in (((Role.SUPERVISOR,), True), (LEADERS, False)):
        for post in posts:
            if post.organ.kind in OVERSEERS and post.role in roles:
                return Remit(post.organ.county_id, None, supervises, post.organ)
    led = [post.organ for post in posts if post.role in LEADERS]
    return Remit(led[0].county_id, frozenset(organ.pk for organ in led), organ=led[0]) if led else None


def partners(organs: dict[int, Organ], county: str) -> tuple[list[Organ], list[Organ]]:
    """The townships and the departments of a county that act in their own name, in the order of their names."""
    here = [organ for organ in organs.values() if organ.county_id == county]
    townships = [organ for organ in here if organ.is_township]
    return townships, [one for one in here if not one.is_township and one.may_act_in_own_name]
