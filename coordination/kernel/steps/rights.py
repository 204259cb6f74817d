"""Who acts: the post through which a person takes a step, or why he may not, in words that say whom to ask."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, Organ, Post, Role, User, posts_of
from coordination.kernel.steps.declare import Step
from coordination.kernel.steps.open import certified, fitting_post, own_work, post_for, recording_post
from coordination.kernel.words import Refusal, law_language, listed


def actor_for(matter: Matter, step: Step, user: User, moment: datetime, behalf: dict | None) -> Actor:
    """Raises Refusal for whoever may not take the step, himself or as a record on behalf of another organ."""
    posts = posts_of(user, moment.date())
    if behalf is not None:
        return _recorder(matter, step, user, posts, moment, behalf)
    post = post_for(step, matter, user, posts, moment)
    if post is None:
        raise Refusal(_why_not(matter, step, user, posts, moment), code="permission")
    return Actor(user, post)


def _recorder(matter, step, user, posts, moment, behalf) -> Actor:
    """A record on behalf of an organ: only for steps that allow it, with a scan of what that organ did."""
    post = recording_post(step, matter, user, posts, moment) if step.behalf else None
    if post is None:
        raise Refusal(_("“%(step)s”不能由您代为记录。") % {"step": step.label}, code="permission")
    if not behalf.get("scan"):
        raise Refusal(_("代为记录必须上传对方办理的书面凭证（扫描件或照片）。"), field="scan", code="missing")
    return Actor(user, post, on_behalf_of=_whose(matter, step, behalf))


def _whose(matter, step: Step, behalf: dict) -> Organ:
    """The organ for which something is recorded; of a side of several the one that is named."""
    organs = step.by[0].organs(matter)
    named = behalf.get("organ") or (organs[0] if len(organs) == 1 else None)
    if named not in organs:
        raise Refusal(_("请选择代为记录的是哪个单位。"), field="organ", code="missing")
    return named


@law_language()
def voucher(behalf: dict | None) -> list[list[str]]:
    """What the record on behalf of another organ rests on, for the words of the entry."""
    if not behalf:
        return []
    told = [[_("书面凭证"), str(behalf["scan"])], [_("代为记录的说明"), behalf.get("behalf_words", "")]]
    return [line for line in told if line[1]]


def _why_not(matter, step: Step, user: User, posts: Iterable[Post], moment: datetime) -> str:
    """Whom to ask, said only to people who may see the matter."""
    fits = fitting_post(step, matter, posts) is not None
    if fits and own_work(step, matter, user):
        return _("起草人不能审批自己起草的事项，请由其他审批人办理。")
    if fits and not certified(step, user, moment):
        return _("“%(step)s”须由持有有效执法证的执法人员办理，您的执法证状态为“%(state)s”。") % {
            "step": step.label,
            "state": user.certificate_on(moment.date()).label,
        }
    return _("“%(step)s”由%(organs)s的%(roles)s办理，请联系该单位。") % {
        "step": step.label,
        "organs": listed(str(organ) for side in step.by for organ in side.organs(matter)),
        "roles": listed(str(Role(role).label) for role in step.roles),
    }


def birth_actor(step: Step, user: User, organ: Organ | None, moment: datetime) -> Actor:
    """Who may give birth to a matter, in the name of `organ` if one is asked for. Raises Refusal."""
    posts = [p for p in posts_of(user, moment.date()) if p.role in step.roles and organ in (None, p.organ)]
    if step.certificate and not user.certified_on(moment.date()):
        raise Refusal(_("“%(step)s”须由持有有效执法证的执法人员办理。") % {"step": step.label}, code="permission")
    if not posts:
        raise Refusal(_("您的岗位不能办理“%(step)s”，请联系本单位管理员。") % {"step": step.label}, code="permission")
    return Actor(user, posts[0])
