"""The documents of a referral: what each is called, how it is numbered, which clauses it carries."""

from coordination.kernel.documents import Document, Style
from referrals import paper_checks as checks
from referrals import paper_words as words
from referrals.criminal import documents as criminal

__all__ = ["criminal"]

LETTER_CHECKS = (checks.two_named_officers, checks.two_organs)
TRANSFER_LETTER = Document(
    "transfer_letter",
    "涉嫌违法案件移送函",
    "移",
    Style.LETTER,
    context=words.letter,
    checks=LETTER_CHECKS,
    rules=("NW-1.6", "NW-1.9", "NW-1.10"),
)
LEAD_LETTER = Document(
    "lead_letter",
    "违法线索移送函",
    "移线",
    Style.LETTER,
    context=words.letter,
    checks=LETTER_CHECKS,
    rules=("NW-2.1", "NW-2.12"),
)
HANDOVER_SHEET = Document(
    "handover_sheet",
    "案件移送材料交接单",
    "移交",
    Style.TABLE,
    context=words.sheet,
    checks=LETTER_CHECKS,
    rules=("NW-3.19", "NW-3.20"),
)
HANDOVER_SHEET_DONE = Document(
    "handover_sheet_done",
    "案件移送材料交接单（双方确认）",
    "接收",
    Style.TABLE,
    context=words.sheet_done,
    recordable=True,
    checks=(*LETTER_CHECKS, checks.receiver_named, checks.dates_agree),
    rules=("NW-3.21",),
)
PROPERTY_LIST = Document(
    "property_list", "涉案物品清单", "物清", Style.TABLE, context=words.listing, rules=("NW-1.11", "NW-1.12")
)
SERVICE_RECEIPT = Document(
    "service_receipt", "送达回证", "送证", Style.TABLE, context=words.receipt, recordable=True, rules=("NW-1.13",)
)
ACCEPTANCE_REPLY = Document(
    "acceptance_reply", "受理情况复函", "移复", Style.LETTER, context=words.accepting, rules=("NW-1.13",)
)
OBJECTION = Document("objection", "管辖异议函", "移异", Style.LETTER, context=words.objecting, rules=("NW-1.17",))
RETURN_NOTE = Document("return_note", "同意退回函", "移退", Style.LETTER, context=words.returning, rules=("NW-1.17",))
SUPPLEMENT_NOTICE = Document("supplement_notice", "补充材料通知", "移补", Style.LETTER, context=words.supplementing)
NOT_FILED_REASONS = Document(
    "not_filed_reasons", "不予立案说明", "不立", Style.LETTER, context=words.declining, rules=("LAW-11",)
)
RESULT_LETTER = Document(
    "result_letter", "结果反馈函", "移果", Style.LETTER, context=words.resulting, rules=("NW-2.14",)
)
