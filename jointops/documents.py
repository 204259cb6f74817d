"""The papers of joint operations and meetings: what each is called, how it is numbered, what its words draw on."""

from cases.documents import contact
from coordination.kernel.documents import Document, Occasion, Style
from coordination.kernel.organs import Organ
from jointops.flow import PARTICIPANTS


def planning(occasion: Occasion) -> dict:
    """The plan as its form says it, the organs by name; with other days, the plan that it takes the place of."""
    plan, facts = occasion.matter, occasion.facts
    known = {"plan": plan, "participants": PARTICIPANTS.organs(plan), "receiver": plan.initiator}
    days = {name: facts.get(name) or getattr(plan, name) for name in ("planned_from", "planned_to")}
    earlier = occasion.paper("joint_plan") if plan.known and "planned_from" in facts else None
    changed = {"earlier": earlier, "why_other_days": facts.get("words")} if earlier else {}
    return known | days | changed | contact(occasion)


def requesting(occasion: Occasion) -> dict:
    plan, facts = occasion.matter, occasion.facts
    return planning(occasion) | {
        "participants": Organ.objects.filter(pk__in=plan.joining),
        "receiver": plan.government or plan.county_government(),
        "signer": facts.get("signer"),
        "reasons": facts.get("reasons"),
        "plan_paper": occasion.paper("joint_plan"),
    }


def calling(occasion: Occasion) -> dict:
    meeting = occasion.matter
    return {"meeting": meeting, "invited": meeting.invited_organs()} | contact(occasion)


def minuting(occasion: Occasion) -> dict:
    """Who was there with his post, who asked for leave, who was away without a word."""
    meeting = occasion.matter
    people = {one.organ_id: one for one in meeting.replies.all()}
    there = Organ.objects.filter(pk__in=[meeting.convener_id, *meeting.attending_ids])
    away = [organ for organ in meeting.invited_organs() if organ.pk not in meeting.attending_ids]
    coming = {pk: one.words for pk, one in people.items() if one.comes}
    return {
        "meeting": meeting,
        "attending": [f"{organ.name}{' ' + coming[organ.pk] if organ.pk in coming else ''}" for organ in there],
        "excused": [organ.name for organ in away if organ.pk in people and organ.pk not in coming],
        "missing": [
            _missing(organ, organ.pk in coming) for organ in away if organ.pk in coming or organ.pk not in people
        ],
    }


def _missing(organ: Organ, had_said_yes: bool) -> str:
    """Silence is no leave, nor is staying away after a yes."""
    return f"{organ.name}（{'回复参会，未到' if had_said_yes else '未回复'}）"


JOINT_PLAN = Document(
    "joint_plan", "联合执法方案", "联", Style.FORM, context=planning, rules=("YY-5.4", "YY-5.6", "LX-7.12")
)
JOINT_REQUEST = Document(
    "joint_request", "关于开展联合执法的请示", "联请", Style.FILE, context=requesting, rules=("YY-5.5",)
)
MEETING_CALL = Document("meeting_call", "会议通知", "会通", Style.LETTER, context=calling, rules=("NW-3.48", "NW-3.50"))
MEETING_MINUTES = Document(
    "meeting_minutes", "协商会议纪要", "会纪", Style.MINUTES, context=minuting, rules=("NW-3.49", "JH-5.2")
)
