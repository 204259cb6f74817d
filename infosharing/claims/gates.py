"""What must hold before a step of a claim."""

from django.utils.translation import gettext as _

from coordination.kernel.catalogue import Holding
from coordination.kernel.organs import in_force
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
    held = Holding.objects.filter(in_force(moment.date()), item__in=items, holder__kind__in=TOWNSHIPS)
    return sorted(set(held.values_list("holder_id", flat=True)))


TOWNSHIPS = ("township", "subdistrict")


@gate("NW-4.7", "NW-4.10")
def own_people(matter, actor, facts, moment) -> None:
    """Who is named works there: accounts are personal."""
    today = in_force(moment.date())
    here = set(actor.organ.posts.filter(today).values_list("user_id", flat=True))
    strange = [user.name for user in (facts["administrator"], *facts["officers"]) if user.pk not in here]
    if strange:
        raise Refusal(_("%(people)s不在本单位任职，请核对。") % {"people": listed(strange)}, field="officers")
