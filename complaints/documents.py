"""Documents of a complaint: to the complainant, without his name (serving.py), and to the organ that passed it on."""

from cases.documents import contact
from coordination.kernel.documents import Document, Occasion, Style


def about(occasion: Occasion) -> dict:
    """The complaint, the item that the step is about, and whom to call."""
    item = occasion.facts.get("about")
    return contact(occasion) | {"complaint": occasion.matter, "about": item, "received_at": occasion.matter.received_at}


def transferring(occasion: Occasion) -> dict:
    """Every item that has gone to another organ, when and to whom; of a step about one item, that one."""
    known = about(occasion)
    items = [known["about"]] if known["about"] else list(occasion.matter.items.exclude(competent=None))
    return known | {"items": items, "by_himself": known["about"] is not None}


def resulting(occasion: Occasion) -> dict:
    item = occasion.facts.get("about")
    words = {"result": item.result, "finding": item.get_finding_display()} if item else {"result": "", "finding": ""}
    return about(occasion) | words | {"told_way": item and item.get_told_way_display()}


def reporting_back(occasion: Occasion) -> dict:
    return resulting(occasion) | {"receiver": occasion.matter.asked, "words": occasion.facts.get("words", "")}


TRANSFER_NOTICE = Document(
    "complaint_transfer_notice",
    "投诉举报移送告知书",
    "投告",
    Style.FORM,
    context=transferring,
    rules=("NW-2.13", "NW-3.30", "YY-3.5"),
)
RESULT_NOTICE = Document(
    "complaint_result_notice",
    "投诉举报处理结果告知书",
    "投果",
    Style.FORM,
    context=resulting,
    rules=("NW-2.15", "NW-3.26", "NW-3.34"),
)
FEEDBACK = Document(
    "complaint_feedback",
    "投诉举报处理结果反馈函",
    "投馈",
    Style.LETTER,
    context=reporting_back,
    rules=("NW-2.14", "NW-3.35", "JH-3.13"),
)
