"""The papers of an order: each of one authority, numbered in a series of its own."""

from coordination.kernel.calendar import Within
from coordination.kernel.documents import Document, Occasion, Style
from supervision.missed import is_rule, is_target


def words(occasion: Occasion) -> dict:
    """What every one of them says: of whom, about what, which rule with its trace, what is asked for, until when."""
    order = occasion.matter
    return {
        "order": order,
        "receiver": order.supervised,
        "about": order.about,
        "clock": order.clock,
        "asked": bool(order.clock) and is_rule(order.clock),
        "target": bool(order.clock) and is_target(order.clock),
        "within": Within.parse(order.clock.within).words if order.clock else "",
        "trace": order.trace.splitlines(),
        "appointment": order.appointment,
        "government": order.appointment.by if order.appointment else order.issuer,
        "contact_name": order.drafted_by.name,
        "contact_phone": order.drafted_by.phone or occasion.organ.phone,
    }


FOLLOW_UP_ORDER = Document("follow_up_order", "督办通知书", "督", Style.FORM, context=words, rules=("LAW-24",))
SUPERVISION_OPINION = Document(
    "supervision_opinion", "行政执法监督意见书", "执监", Style.FORM, context=words, rules=("LAW-23",)
)
RECTIFICATION_ORDER = Document(
    "rectification_order", "责令限期整改通知书", "整改", Style.FORM, context=words, rules=("NW-4.27", "NW-4.28")
)
RAISED_REVIEW_NOTICE = Document(
    "raised_review_notice", "关于提级审查的抄告函", "抄提", Style.LETTER, context=words, rules=("LX-3.6", "LX-3.7")
)
