"""What must hold before a step of a claim."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coordination.kernel.catalogue import Holding
from coordination.kernel.organs import Organ, Role, User, in_force
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal, listed


@gate("NW-4.3")
def guided_here(matter, actor, facts, moment) -> None:
    """Items at the county's level are claimed by the department that is in charge of them."""
    strange = [item.reference for item in facts["items"] if item.guide_id != actor.organ.pk]
    if strange:
        raise Refusal(_("%(items)s不由本单位主管，不能认领。") % {"items": listed(strange)}, field="items")


@gate("NW-4.3")
def claimed_once(matter, actor, facts, moment) -> None:
    taken = [item.reference for item in facts["items"] if item.claims.exclude(stage="released").exists()]
    if taken:
        raise Refusal(_("%(items)s已经认领，请在原认领中办理。") % {"items": listed(taken)}, field="items")


@gate("NW-4.9")
def somebody_holds_them(matter, actor, facts, moment) -> None:
    """A claim tells the townships that hold the items; where none does, there is nobody to tell."""
    if not holders_of(facts["items"], moment):
        raise Refusal(_("所选事项目前没有乡镇承接，无需分工；赋权或委托后再认领。"), field="items")


def holders_of(items, moment) -> list[int]:
    """The townships that hold one of the items today."""
    return sorted(set(held_on(moment.date()).filter(item__in=items).values_list("holder_id", flat=True)))


def held_on(day: date) -> QuerySet[Holding]:
    """What townships hold: of other items there is nobody to tell, and nothing to claim."""
    return Holding.objects.filter(in_force(day), holder__kind__in=Organ.TOWNSHIPS)


@gate("NW-4.7", "NW-4.10")
def own_people(matter, actor, facts, moment) -> None:
    """Who is named works there: accounts are personal. The work is an enforcement officer's, not an assistant's alone,
    and accounts are an administrator's."""
    named = (facts["administrator"], *facts["officers"])
    here = set(working(actor.organ, moment.date()).values_list("pk", flat=True))
    strange = [user.name for user in named if user.pk not in here]
    if strange:
        raise Refusal(_("%(people)s不在本单位任职，请核对。") % {"people": listed(strange)}, field="officers")
    officers = set(working(actor.organ, moment.date(), Role.OFFICER).values_list("pk", flat=True))
    helping = [user.name for user in facts["officers"] if user.pk not in officers]
    if helping:
        raise Refusal(
            _("%(people)s不是执法人员，请选择本单位的执法人员；执法辅助人员不能单独办理。")
            % {"people": listed(helping)},
            field="officers",
        )
    if not working(actor.organ, moment.date(), Role.ORGAN_ADMIN).filter(pk=facts["administrator"].pk).exists():
        words = _("%(name)s不是本单位的单位管理员，请选择单位管理员；没有的，请联系系统管理员设置。")
        raise Refusal(words % {"name": facts["administrator"].name}, field="administrator")


def working(organ: Organ, day: date, *roles: str) -> QuerySet[User]:
    """Who works there on the day, in one of the roles if any are said."""
    posts = organ.posts.filter(in_force(day))
    fitting = posts.filter(role__in=roles) if roles else posts
    return User.objects.filter(pk__in=fitting.values("user"), is_active=True)
