"""What a reader may do on the page of a matter, the main road first."""

from datetime import datetime

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User, posts_of
from coordination.kernel.steps import next_on_the_road, open_steps
from coordination.kernel.web.rows import openings, step_url


def actions_of(matter: Matter, clocks: list[Clock], user: User, moment: datetime) -> list[dict]:
    """The one main step first, the same as in a row of the desk; then what else is on the road, what may be opened, the
    rest; records on behalf of others last, but for the next step of an organ that is off the platform."""
    offered = open_steps(matter, user, moment)
    main = next_on_the_road(matter, offered, _pressing(clocks, user))
    steps = [
        {
            "name": one.step.name,
            "label": one.step.label,
            "url": step_url(matter, one),
            "behalf": one.behalf,
            "tucked": one.behalf
            and not any(organ.off_platform for side in one.step.by for organ in side.organs(matter)),
            "primary": one is main,
            "aside": not one.step.primary,
        }
        for one in offered
    ]
    opened = openings(matter, user)
    if any(one["primary"] for one in opened):
        steps = [one | {"primary": False} for one in steps]
    leading = [one for one in opened if one["primary"]]
    others = [one | {"aside": True} for one in opened if not one["primary"]]
    return sorted(leading + steps + others, key=_rank)


def _rank(action: dict) -> tuple[bool, bool, bool]:
    aside = action.get("aside", False)
    return not action["primary"], action.get("behalf", False) and (aside or action["tucked"]), aside


def _pressing(clocks: list[Clock], user: User) -> str:
    """The limit of the reader's own clock that ends first."""
    mine = {post.organ_id for post in posts_of(user)}
    return next((clock.limit for clock in clocks if clock.state in OPEN and clock.organ_id in mine), "")
