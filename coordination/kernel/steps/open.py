"""What may be done next: the same answer for the page, the API, the admin and the lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coordination.kernel.organs import Post, Role, User, posts_of
from coordination.kernel.sides import Side
from coordination.kernel.steps.declare import Step


@dataclass(frozen=True)
class OpenStep:
    """A step that a person may take now through `post`; `behalf`: only as a record for the organ whose turn it is.

    `offered` is False for one that a page still shows though it is no longer, or never was, his to take.
    """

    step: Step
    post: Post
    behalf: bool = False
    offered: bool = True


def open_steps(matter, user: User, moment: datetime) -> list[OpenStep]:
    """The steps open to `user`, in the order of the flow, by stage, side and roles alone: no query. Gates run later.

    Steps that he could only record on behalf of another organ come last.
    """
    own = own_steps(matter, user, moment)
    taken = {one.step.name for one in own}
    posts = posts_of(user)
    behalf = [
        OpenStep(s, p, behalf=True)
        for s in _possible(matter, moment)
        if s.behalf and s.name not in taken and (p := recording_post(s, matter, user, posts, moment))
    ]
    return own + behalf


def own_steps(matter, user: User, moment: datetime) -> list[OpenStep]:
    """Of the open steps those that `user` takes for his own side."""
    posts, matter.moment = posts_of(user), moment
    return [OpenStep(s, p) for s in _possible(matter, moment) if (p := post_for(s, matter, user, posts, moment))]


def _possible(matter, moment: datetime) -> Iterable[Step]:
    for one in type(matter).steps_at(matter.stage):
        if one.only is None or one.only.holds(matter, moment):
            yield one


def post_for(step: Step, matter, user: User, posts: Iterable[Post], moment: datetime) -> Post | None:
    """The post through which `user` may take `step` on `matter` for his own side, or None."""
    post = fitting_post(step, matter, posts)
    return post if post and certified(step, user, moment) and not own_work(step, matter, user) else None


def fitting_post(step: Step, matter, posts: Iterable[Post]) -> Post | None:
    """The first post of the right side and role, whatever else the step asks for."""
    fitting = [p for p in posts if p.role in step.roles]
    organs = organs_of(step.by, matter) if fitting else ()
    return next((p for p in fitting if p.organ_id in organs), None)


def organs_of(sides: Iterable[Side], matter) -> set[int]:
    """The organs that stand on these sides."""
    return {organ for side in sides for organ in side.organ_ids(matter)}


def certified(step: Step, user: User, moment: datetime) -> bool:
    """Enforcement acts and transfer formalities need a certificate that is valid on the day (LAW-6)."""
    return not step.certificate or user.certified_on(moment.date())


def own_work(step: Step, matter, user: User) -> bool:
    """Nobody approves what he drafted, nobody reviews what he sent to review."""
    return bool(step.not_by) and getattr(matter, f"{step.not_by}_id") == user.pk


def recording_post(step: Step, matter, user: User, posts: Iterable[Post], moment: datetime) -> Post | None:
    """The officer's post of another side, who may record what an organ off the platform has done; or a post in the
    step's roles on a side that is there to record."""
    if step.judging and not all(organ.off_platform for side in step.by for organ in side.organs(matter)):
        return None
    bearers = organs_of(step.by, matter)
    others = organs_of(matter.SIDES, matter) - bearers if bearers else set()  # of nobody nothing is recorded
    clerks = organs_of((side for side in matter.SIDES if side.records), matter) & others
    if not certified(step, user, moment):
        return None
    return next((p for p in posts if p.organ_id in others and _records(p, step, clerks)), None)


def _records(post: Post, step: Step, clerks: set[int]) -> bool:
    return post.role == Role.OFFICER or (post.organ_id in clerks and post.role in step.roles)
