"""Where a complaint goes: to the organ that was asked, never to the one that it accuses; and who answers for it."""

from django.utils.translation import gettext as _

from complaints.words import State
from coordination.kernel.catalogue import competent
from coordination.kernel.matters import OVERSEERS
from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.organs import Organ
from coordination.kernel.words import Refusal, carries

FIRST = declare_option("complaints.first_responsible")


@carries("LAW-20")
def asked_organ(complaint, organ: Organ) -> Organ:
    """The organ that was asked; where it is itself accused, the one above it, and nothing of it stays here
    (信访工作条例 art. 30). A unit is named as it was chosen, and kept from as the organ in whose name it acts."""
    complaint.accused = complaint.accused or _organ_of(complaint)
    accused = acting(complaint.accused)
    if accused is None:
        return organ
    complaint.hidden_organ, complaint.hidden_person = accused, complaint.accused_person
    if acting(organ) != accused:
        return organ
    if accused.superior is None:
        raise Refusal(
            _("%(organ)s没有登记上一级机关，请联系管理员补充后再登记。") % {"organ": accused}, field="accused"
        )
    return accused.superior


def acting(organ: Organ | None) -> Organ | None:
    """The organ in whose name a unit acts."""
    return organ if organ is None or organ.may_act_in_own_name else organ.parent


def _organ_of(complaint) -> Organ | None:
    """Whoever accuses a person accuses him in his post: the organ that he is in must not see it either."""
    if complaint.accused_person is None:
        return None
    post = complaint.accused_person.posts.filter(organ__county=complaint.county_id).order_by("-since").first()
    return post and post.organ


def recorder_for(complaint, organ: Organ) -> Organ | None:
    """Who writes down what an organ off the platform does: the one that was asked, else an overseer of the county that
    is not accused itself."""
    if not complaint.asked.off_platform:
        return None
    overseers = Organ.objects.filter(county=complaint.county_id, kind__in=OVERSEERS, off_platform=False)
    candidates = [organ, *overseers.order_by("-kind", "pk")]
    return next((one for one in candidates if one != complaint.hidden_organ), None)


def prefilled(complaint, moment) -> dict:
    """What stands ready where there is but one item: what the catalogue says of it, and the words of the complaint.
    Of several each is named by itself, so that no letter bears what another one is about."""
    waiting = list(complaint.items.filter(state=State.OPEN).select_related("item")[:2])
    only = waiting[0] if len(waiting) == 1 else None
    title = complaint.title if complaint.items.count() == 1 else ""
    return {
        "found_at": moment,
        "item": only and only.item,
        "competent": likely(complaint, only, moment),
        "title": title,
    }


def case_facts(complaint, about, facts: dict) -> dict:
    """What the case of an item starts with; nothing of whoever complained."""
    about.item = facts.get("item") or about.item
    about.save()
    carried = ("urgency", "category", "ongoing", "subject_name")
    own = {name: facts.get(name) or getattr(complaint, name) for name in ("title", "place", "place_text")}
    return (
        {name: getattr(complaint, name) for name in carried}
        | own
        | {
            "item": about.item,
            "discovered_at": complaint.received_at,
            "basic_facts": f"{about.words}\n{facts['words']}",
            "materials": facts.get("materials") or (),
            "source_number": complaint.number,
        }
    )


def likely(complaint, about, moment) -> Organ | None:
    """Whose the catalogue says an item is; nobody's where that is the organ asked, or the one accused."""
    if about is None or about.item is None:
        return None
    found = competent(about.item, complaint.place, moment.date()).executor
    return found if found and found.pk not in (complaint.asked_id, complaint.hidden_organ_id) else None


@carries("NW-2.8", "NW-3.23", "JH-3.1", "QX-2.1")
def responsible_is_asked(complaint) -> bool:
    """首问 (asked) or 首办 (handler): a county in its transition period says from when to when (NW-3.23)."""
    return kept_rules(complaint.county_id).option(FIRST, complaint.received_at) == "asked"
