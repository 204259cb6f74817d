"""The documents of a case: what each is called, how it is numbered, and what its words draw on."""

from cases.government import county_government
from coordination.kernel.documents import Document, Occasion, Style


def place(matter, village: str) -> str:
    """阳方口镇××村村道北侧: what is known of the place, nothing twice."""
    known = [matter.place.short_name if matter.place else "", village, matter.place_text]
    words = ""
    for part in known:
        words = part if part.startswith(words) else words + part
    return words


def known(case, matter=None) -> dict:
    """What every document says of a case; `matter` is the referral that carries it, whose item and place go first."""
    matter = matter or case
    return {
        "case": case,
        "item": matter.item,
        "place": place(matter, case.village),
        "source": case.get_source_display(),
        "urgency": case.get_urgency_display(),
        "basic_facts": case.basic_facts,
    }


def measures(case) -> list:
    """What was done on the spot, in order; what belongs to the procedure is left out."""
    on_the_spot = case.measures.exclude(kind__in=("announce", "hear_party"))
    return list(on_the_spot.select_related("by"))


def contact(occasion: Occasion) -> dict:
    """Whom to call: the handler of this step."""
    user = occasion.actor.user
    return {"contact_name": user.name if user else "", "contact_phone": (user and user.phone) or occasion.organ.phone}


def handlers(occasion: Occasion) -> list:
    return [occasion.actor.user] if occasion.actor.user else []


def filing(occasion: Occasion) -> dict:
    return known(occasion.matter) | {"officers": handlers(occasion), "opinion": occasion.facts.get("words", "")}


def stopping(occasion: Occasion) -> dict:
    case, facts = occasion.matter, occasion.facts
    secured = [one for one in measures(case) if one.kind == "secure_evidence"]
    return known(case) | {
        "ordered": True,
        "done_at": facts.get("at"),
        "done_words": facts.get("words"),
        "secured": secured,
        "officers": handlers(occasion),
    }


def dissuading(occasion: Occasion) -> dict:
    return stopping(occasion) | {"ordered": False}


def telling(occasion: Occasion) -> dict:
    case, facts = occasion.matter, occasion.facts
    return (
        known(case)
        | contact(occasion)
        | {
            "receiver": facts.get("notified") or case.notified,
            "measures": measures(case),
            "told_at": facts.get("at"),
            "told_person": facts.get("person"),
            "told_words": facts.get("words"),
        }
    )


def reporting(occasion: Occasion) -> dict:
    case, facts = occasion.matter, occasion.facts
    answered = ("notified", "told_at", "dispatched_at", "arrived_at", "refused_at", "refusal_reason")
    return (
        known(case)
        | contact(occasion)
        | {name: getattr(case, name) for name in answered}
        | {
            "receiver": county_government(case.county_id),
            "measures": measures(case),
            "signer": occasion.actor.user.name,
            "report_words": facts.get("words"),
        }
    )


def reviewing(occasion: Occasion) -> dict:
    """The reviewer is whoever takes the step; the conclusion is the name of the step."""
    case = occasion.matter
    return known(case) | {
        "submitted_by": case.review_asked_by,
        "reviewer": occasion.actor.user,
        "opinion": occasion.facts.get("words"),
        "conclusion": "同意" if case.review_passed_at else "退回补正",
    }


def correcting(occasion: Occasion) -> dict:
    facts = occasion.facts
    asked = {name: facts.get(name) for name in ("correct_by", "correction", "review_organ", "court")}
    return known(occasion.matter) | asked | {"officers": handlers(occasion)}


CASE_FILING = Document(
    "case_filing", "立案审批表", "立", Style.TABLE, context=filing, sealed=False, rules=("NW-1.20", "LAW-7", "LAW-9")
)
CASE_NOT_FILED = Document(
    "case_not_filed", "不予立案审批表", "不立审", Style.TABLE, context=filing, sealed=False, rules=("LAW-11",)
)
STOP_RECORD = Document("stop_record", "责令停止违法行为通知书", "责停", Style.FORM, context=stopping, rules=("NW-2.6",))
DISSUASION_RECORD = Document(
    "dissuasion_record", "劝阻违法行为记录", "劝", Style.FORM, context=dissuading, sealed=False, rules=("NW-1.4",)
)
ONGOING_NOTICE = Document(
    "ongoing_notice", "正在进行违法行为告知函", "告", Style.LETTER, context=telling, rules=("NW-1.5", "NW-2.7")
)
REPORT = Document(
    "report_to_government", "关于违法行为未能及时制止的报告", "报", Style.FILE, context=reporting, rules=("NW-3.53",)
)
LEGAL_REVIEW = Document(
    "legal_review_opinion", "法制审核意见书", "法审", Style.FORM, context=reviewing, sealed=False, rules=("LAW-8",)
)
ORDER_TO_CORRECT = Document("order_to_correct", "责令改正通知书", "责改", Style.FORM, context=correcting)
