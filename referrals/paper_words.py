"""What the words of a referral's documents draw on: from the matter, the case, the materials and the step's facts."""

from cases.documents import contact, known, measures
from cases.models import Property
from coordination.kernel.documents import Occasion
from coordination.kernel.materials import Material
from coordination.kernel.mechanisms import dispute_rungs, option
from referrals.words import ServiceMethod

BODIES = {
    "justice_bureau": "司法局",
    "government": "人民政府",
    "coordination_office": "协调办公室",
    "common_superior": "共同的上一级行政机关",
}
ACTS = {"mediate": "调解", "coordinate": "协调", "designate": "指定管辖", "rule": "裁决", "decide": "决定"}


def officers(occasion: Occasion) -> list:
    return occasion.once("officers", lambda: occasion.matter.named_officers)


def materials(occasion: Occasion) -> list[Material]:
    """What goes along: the lines of the sheet that are the sender's, or whoever's hands over."""
    matter = occasion.matter
    giving = {matter.sender_id, matter.keeper_id}
    return occasion.once("materials", lambda: [one for one in matter.sheet_lines if one.organ_id in giving])


def properties(occasion: Occasion) -> list[Property]:
    return occasion.once("properties", lambda: occasion.matter.listed_property)


def route(occasion: Occasion) -> str:
    """报请司法局调解，仍未解决的，报请人民政府裁决: the county's ladder after the negotiation."""
    rungs = [rung for rung in dispute_rungs(occasion.matter.county_id, "jurisdiction") if rung.act in ACTS]
    return "，仍未解决的，".join(f"报请{BODIES.get(rung.body, rung.body)}{ACTS[rung.act]}" for rung in rungs)


def sides(occasion: Occasion) -> dict:
    """Both organs and the case, in the words of the referral where it has its own."""
    matter = occasion.matter
    return known(matter.case, matter) | {
        "sender": matter.sender,
        "receiver": matter.receiver,
        "basic_facts": matter.basic_facts,
        "served_at": matter.served_at,
    }


def reference(occasion: Occasion) -> dict:
    """The letter that is answered or gone along with."""
    return sides(occasion) | {"letter": occasion.paper("transfer_letter", "lead_letter")}


def answer(occasion: Occasion) -> dict:
    """A letter from the receiver to the sender."""
    return reference(occasion) | contact(occasion) | {"receiver": occasion.matter.sender, "route": route(occasion)}


def jurisdiction(matter) -> str:
    """Why the receiver is competent, with the number of the item, which people leave out when they type."""
    item, basis = matter.item, matter.jurisdiction_basis
    if item is None or item.reference in basis:
        return basis
    return f"该违法行为属于执法事项清单{item.reference}“{item.title}”。{basis}"


def attachments(occasion: Occasion) -> list[str]:
    """The sheet and the list, with copies and pages; without a sheet the materials themselves."""
    going, listed = materials(occasion), properties(occasion)
    pages = sum(one.pages or 0 for one in going)
    with_sheet = "handover_sheet" in occasion.keys
    if with_sheet or option(occasion.matter.county_id, "referrals.handover_sheet", occasion.moment):
        named = [f"案件移送材料交接单（1份，所列材料{len(going)}件{pages}页）"]
    else:
        named = [f"{one.title}（{one.copies}份{one.pages or 0}页）" for one in going]
    return named + ([f"涉案物品清单（1份，所列物品{len(listed)}项）"] if listed else [])


def letter(occasion: Occasion) -> dict:
    matter = occasion.matter
    disposed = [one for one in properties(occasion) if one.disposed_in_advance]
    return sides(occasion) | {
        "urgency": matter.get_urgency_display(),
        "jurisdiction": jurisdiction(matter),
        "officers": officers(occasion),
        "measures": occasion.once("measures", lambda: measures(matter.case)),
        "disposed": disposed,
        "attachments": attachments(occasion),
        "copy_to": matter.copy_to,
        "from_complaint": matter.case.source == "complaint",
        "complaint_number": matter.case.source_number,
        "checked": matter.checked,
    }


def sheet(occasion: Occasion) -> dict:
    listed, lists = properties(occasion), occasion.paper("property_list")
    proceeds = sum(one.proceeds or 0 for one in listed)
    return reference(occasion) | {
        "officers": officers(occasion),
        "materials": materials(occasion),
        "properties": listed,
        "proceeds": proceeds,
        "property_number": lists and lists.number,
        "preserved_at": occasion.matter.case.preserved_at,
    }


def sheet_done(occasion: Occasion) -> dict:
    matter, facts = occasion.matter, occasion.facts
    return sheet(occasion) | {
        "sender": matter.keeper,
        "sheet": occasion.paper("handover_sheet"),
        "handed_over_at": matter.handed_over_at,
        "sender_confirmed_at": matter.sender_confirmed_at,
        "received_by": facts.get("receiver_person"),
        "differences": matter.differences,
    }


def listing(occasion: Occasion) -> dict:
    listed = properties(occasion)
    proceeds = sum(one.proceeds or 0 for one in listed)
    return reference(occasion) | {"officers": officers(occasion), "properties": listed, "proceeds": proceeds}


def receipt(occasion: Occasion) -> dict:
    """Served on the platform, or otherwise with a witness; the materials came with the sheet."""
    matter, facts = occasion.matter, occasion.facts
    otherwise = "witness" in facts or "photo" in facts
    served = [occasion.paper(key) for key in ("transfer_letter", "lead_letter", "handover_sheet", "property_list")]
    return reference(occasion) | {
        "officers": officers(occasion),
        "served": [paper for paper in served if paper],
        "service_method": ServiceMethod(matter.service_method).label if matter.service_method else "",
        "received_by": facts.get("signer") or facts.get("receiver_person"),
        "served_at": matter.signed_at,
        "witness": facts.get("witness"),
        "refused_because": facts.get("words") if otherwise else "",
        "remark": "" if otherwise else facts.get("words"),
    }


def accepting(occasion: Occasion) -> dict:
    facts = occasion.facts
    return answer(occasion) | {
        "accepted_at": occasion.matter.accepted_at,
        "answer_words": facts.get("words"),
        "handler": facts.get("handler"),
        "handler_phone": facts.get("phone"),
        "own_number": occasion.matter.number,
    }


def supplementing(occasion: Occasion) -> dict:
    facts = occasion.facts
    return answer(occasion) | {
        "supplements": facts.get("items"),
        "supplement_reasons": facts.get("why"),
        "supplement_by": facts.get("by_day"),
    }


def objecting(occasion: Occasion) -> dict:
    facts, opinion = occasion.facts, occasion.facts.get("competent_organ")
    return answer(occasion) | {
        "finding": facts.get("finding"),
        "basis": facts.get("legal_basis"),
        "proposal": facts.get("proposal"),
        "competent_opinion": opinion and opinion.name,
    }


def returning(occasion: Occasion) -> dict:
    """The sender takes the matter back: the receiver returns the materials by the sheet."""
    matter, competent = occasion.matter, occasion.facts.get("competent_organ")
    return (
        reference(occasion)
        | contact(occasion)
        | {
            "finding": occasion.facts.get("words"),
            "sheet": occasion.paper("handover_sheet_done", "handover_sheet"),
            "materials": materials(occasion) if matter.handed_over_at else [],
            "objection": occasion.paper("objection"),
            "competent_opinion": competent and competent.name,
            "again": competent is not None,
        }
    )


def declining(occasion: Occasion) -> dict:
    facts = occasion.facts
    return answer(occasion) | {"reasons": facts.get("reasons"), "basis": facts.get("legal_basis")}


def resulting(occasion: Occasion) -> dict:
    """The receiver's own case, where it is on the platform, says when it was filed and decided."""
    facts, links = occasion.facts, occasion.matter.links_out.filter(kind="filed_case").select_related("target__case")
    own = next((link.target.case for link in links), None)
    return answer(occasion) | {
        "result": facts.get("result"),
        "decision_number": facts.get("decision_number"),
        "execution": facts.get("executed"),
        "own_number": own and own.number,
        "filed_at": own and own.filed_at,
        "decided_at": own and own.decided_at,
        "executed_at": own and own.executed_at,
    }
