"""Whom somebody asks who may not look up who complained: a person of his own organ, as long as there is one."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from complaints.models import Complaint
from complaints.words import TAKEN_OVER
from coordination.kernel.organs import Organ, Post, User, in_force, posts_of
from coordination.kernel.steps import Step, own_steps


def why_not(complaint: Complaint, user: User, moment: datetime) -> tuple[str, list[dict]]:
    """Why `user` may not look it up, and whom he asks: who handles it in his organ; where nobody is named there, who
    can name somebody; else who handles it where it was asked, who alone knows of one that asked for secrecy."""
    organs, asked = {post.organ_id for post in posts_of(user)}, complaint.handler
    if own := list(_handlers(complaint, organs)):
        return _ask_the_handler(), [_shown(person, organ) for person, organ in own]
    naming = _naming(complaint, organs)
    if naming and naming.name in {one.step.name for one in own_steps(complaint, user, moment)}:
        words = _("只有承办人可以查看投诉举报人身份，本单位还没有确定承办人，请先办理“%(step)s”。")
        return words % {"step": naming.label}, _colleagues(complaint, naming, user, organs, moment)
    if naming and (colleagues := _colleagues(complaint, naming, user, organs, moment)):
        return _ask_the_handler(), colleagues
    return _ask_the_handler(), [_shown(asked, complaint.asked)] if asked else []


def _ask_the_handler() -> str:
    return _("只有承办人可以查看投诉举报人身份，请联系承办人。")


def _handlers(complaint: Complaint, organs: set[int]) -> Iterable[tuple[User, Organ]]:
    if complaint.handler and complaint.asked_id in organs:
        yield complaint.handler, complaint.asked
    if not complaint.asks_secrecy:
        items = complaint.items.filter(competent__in=organs, state__in=TAKEN_OVER).exclude(handler=None)
        yield from {(one.handler, one.competent): None for one in items.select_related("handler", "competent")}


def _naming(complaint: Complaint, organs: set[int]) -> Step | None:
    """The step by which his organ names its handler."""
    if complaint.closed_at:
        return None
    if complaint.asked_id in organs:
        return Complaint.steps()["assign"]
    received = organs & {*complaint.receivers} and not complaint.asks_secrecy
    return Complaint.steps()["name_handler"] if received else None


def _colleagues(complaint: Complaint, naming: Step, user: User, organs: set[int], moment: datetime) -> list[dict]:
    own = organs & {complaint.asked_id, *complaint.receivers}
    posts = Post.objects.filter(in_force(moment.date()), organ__in=own, role__in=naming.roles, user__is_active=True)
    people = {post.user: post.organ for post in posts.exclude(user=user).select_related("user", "organ").order_by("pk")}
    return [_shown(person, organ) for person, organ in list(people.items())[:5]]


def _shown(person: User, organ: Organ) -> dict:
    return {"name": person.name, "organ": organ.name, "phone": person.phone or organ.phone}
