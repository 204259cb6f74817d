"""The documents of an assistance request: what each is called, how it is numbered, what its words draw on."""

from assistance import paper_words as words
from coordination.kernel.documents import Document, Style

ASSISTANCE_LETTER = Document(
    "assistance_letter",
    "执法协助函",
    "协",
    Style.LETTER,
    context=words.asking,
    rules=("NW-3.55", "JH-6.1", "QX-4.8", "YY-6.6", "LAW-4"),
)
SUPPLEMENT_NOTICE = Document(
    "assistance_supplement_notice",
    "补充协助材料通知",
    "协补",
    Style.LETTER,
    context=words.supplementing,
    rules=("QX-4.12", "QX-4.13"),
)
EXTENSION_NOTICE = Document(
    "assistance_extension_notice",
    "延期答复告知函",
    "协延",
    Style.LETTER,
    context=words.extending,
    rules=("NW-3.59", "JH-6.5", "QX-4.11"),
)
CONSULTATION_LIST = Document(
    "consultation_list", "档案调阅清单", "调阅", Style.TABLE, context=words.lending, rules=("NW-3.12", "NW-3.60")
)
ASSISTANCE_REPLY = Document(
    "assistance_reply",
    "执法协助意见",
    "协复",
    Style.LETTER,
    context=words.answering,
    rules=("NW-3.56", "NW-3.57", "JH-6.2", "JH-6.3"),
)
ASSISTANCE_REFUSAL = Document(
    "assistance_refusal", "不予协助说明", "协拒", Style.LETTER, context=words.refusing, rules=("LAW-4", "YY-6.8")
)
