"""The documents of a dispute: what each is called, how it is numbered, which clauses it carries."""

from coordination.kernel.documents import Document, Style
from disputes import paper_words as words

APPLICATION = Document(
    "dispute_application",
    "行政执法争议协调申请书",
    "争申",
    Style.FORM,
    context=words.application,
    rules=("JH-7.4", "QX-5.3", "NW-1.18"),
)
MINUTES = Document(
    "dispute_minutes",
    "协商会议纪要",
    "争纪",
    Style.MINUTES,
    context=words.minutes,
    recordable=True,
    rules=("JH-7.3", "QX-5.2"),
)
RECOMMENDATION = Document(
    "dispute_recommendation",
    "行政执法监督建议书",
    "监建",
    Style.FORM,
    context=words.recommendation,
    rules=("JH-7.5",),
)
DESIGNATION = Document(
    "dispute_designation",
    "指定管辖决定书",
    "指管",
    Style.FORM,
    context=words.decision,
    rules=("LAW-3", "QX-5.4", "YY-4.9", "NW-1.19", "NW-3.62"),
)
DECISION = Document(
    "dispute_decision",
    "行政执法争议处理决定书",
    "争决",
    Style.FORM,
    context=words.decision,
    rules=("JH-7.6", "NW-3.62"),
)
