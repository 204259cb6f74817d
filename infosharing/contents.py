"""What is shared: the content classes of the county's documents, each with the facts that it must have.

One readable table. A class says which facts it asks for and under which words (执法信息共享工作机制 三（二）,
县乡执法协助工作机制 三（三）); the form, the record's page, the exports and the check of completeness all read it here.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from coordination.kernel.words import CARRIED


@dataclass(frozen=True)
class Fact:
    """A fact that a class asks for: the name of the form's field, and what this class calls it."""

    name: str
    label: Promise
    required: bool = True


@dataclass(frozen=True)
class Content:
    """A class of information. `acknowledged`: readers sign for it, because a clause wants to know that they were told;
    `reported`: also reported through the “互联网+监管” platform; `mailed`: pushed by e-mail with all its elements;
    `publishable`: decisions that are published; `nameless`: nobody's identity may stand in it."""

    key: str
    title: Promise
    facts: tuple[Fact, ...]
    rules: tuple[str, ...]
    acknowledged: bool = False
    reported: bool = False
    mailed: bool = False
    publishable: bool = False
    nameless: bool = False

    def __post_init__(self) -> None:
        CARRIED.extend((rule, f"infosharing.contents.{self.key}") for rule in self.rules)


def need(name: str, label: Promise) -> Fact:
    return Fact(name, label)


def may(name: str, label: Promise) -> Fact:
    return Fact(name, label, required=False)


CONTENTS = (
    Content(
        "penalty",
        pgettext_lazy("content", "行政处罚信息"),
        (
            need("party", pgettext_lazy("shared fact", "被处罚人的姓名（名称）")),
            may("is_person", pgettext_lazy("shared fact", "被处罚人是自然人")),
            need("filed_on", pgettext_lazy("shared fact", "立案时间")),
            need("decided_on", pgettext_lazy("shared fact", "作出处罚时间")),
            need("content", pgettext_lazy("shared fact", "处罚内容")),
            need("document_number", pgettext_lazy("shared fact", "决定书编号")),
            may("handling", pgettext_lazy("shared fact", "执行情况")),
        ),
        ("NW-4.15", "NW-3.39", "JH-4.4", "QX-6.4", "YY-1.6", "LX-7.2"),
        reported=True,
        publishable=True,
    ),
    Content(
        "coercion",
        pgettext_lazy("content", "行政强制信息"),
        (
            need("party", pgettext_lazy("shared fact", "当事人的姓名（名称）")),
            may("is_person", pgettext_lazy("shared fact", "当事人是自然人")),
            need("happened_at", pgettext_lazy("shared fact", "实施强制时间")),
            need("content", pgettext_lazy("shared fact", "强制内容")),
            need("document_number", pgettext_lazy("shared fact", "决定书编号")),
        ),
        ("NW-4.16",),
        reported=True,
    ),
    Content(
        "inspection",
        pgettext_lazy("content", "行政检查信息"),
        (
            need("content", pgettext_lazy("shared fact", "检查内容")),
            need("happened_at", pgettext_lazy("shared fact", "检查时间")),
            need("where", pgettext_lazy("shared fact", "检查地点")),
            may("party", pgettext_lazy("shared fact", "检查对象")),
            may("handling", pgettext_lazy("shared fact", "检查结果")),
        ),
        ("NW-4.17",),
        reported=True,
    ),
    Content(
        "not_filed",
        pgettext_lazy("content", "不予立案、不予处罚情况"),
        (
            need("party", pgettext_lazy("shared fact", "当事人的姓名（名称）")),
            may("is_person", pgettext_lazy("shared fact", "当事人是自然人")),
            need("decided_on", pgettext_lazy("shared fact", "作出决定时间")),
            need("content", pgettext_lazy("shared fact", "不予立案（处罚）的理由")),
            may("document_number", pgettext_lazy("shared fact", "文号")),
        ),
        ("YY-1.6",),
    ),
    Content(
        "basis_change",
        pgettext_lazy("content", "执法依据和标准的调整"),
        (
            need("law", pgettext_lazy("shared fact", "法律、法规、规章、标准的名称")),
            need("content", pgettext_lazy("shared fact", "调整内容")),
            need("effective_on", pgettext_lazy("shared fact", "施行日期")),
            may("document_number", pgettext_lazy("shared fact", "发布文号")),
        ),
        ("NW-3.9", "NW-3.10", "NW-3.37", "JH-4.2", "QX-6.2", "YY-1.3"),
        acknowledged=True,
    ),
    Content(
        "item_list",
        pgettext_lazy("content", "行政处罚事项清单的调整"),
        (
            need("content", pgettext_lazy("shared fact", "调整的事项和内容")),
            need("effective_on", pgettext_lazy("shared fact", "生效日期")),
            need("document_number", pgettext_lazy("shared fact", "调整决定的文号")),
        ),
        ("NW-3.1", "NW-3.11"),
        acknowledged=True,
    ),
    Content(
        "permit",
        pgettext_lazy("content", "行政许可事项和监督管理信息"),
        (
            need("party", pgettext_lazy("shared fact", "许可（备案）相对人")),
            need("document_number", pgettext_lazy("shared fact", "许可（备案）编号")),
            need("decided_on", pgettext_lazy("shared fact", "决定日期")),
            need("content", pgettext_lazy("shared fact", "许可和监督管理内容")),
        ),
        ("NW-3.38", "NW-4.19", "JH-4.3", "QX-6.3", "YY-1.4", "LX-7.1"),
    ),
    Content(
        "statistics",
        pgettext_lazy("content", "统计分析数据"),
        (
            need("period", pgettext_lazy("shared fact", "统计期间")),
            need("content", pgettext_lazy("shared fact", "数据和分析")),
            may("source", pgettext_lazy("shared fact", "数据来源和口径")),
        ),
        ("NW-3.40", "JH-4.5", "QX-6.5"),
    ),
    Content(
        "discretion",
        pgettext_lazy("content", "自由裁量标准和执法工作流程"),
        (
            need("law", pgettext_lazy("shared fact", "标准或者流程的名称")),
            need("content", pgettext_lazy("shared fact", "主要内容")),
            need("effective_on", pgettext_lazy("shared fact", "施行日期")),
            may("document_number", pgettext_lazy("shared fact", "文号")),
        ),
        ("NW-3.41", "JH-4.6", "QX-6.6", "YY-1.8"),
    ),
    Content(
        "dynamic",
        pgettext_lazy("content", "动态信息（检查记录、工作简报）"),
        (
            need("happened_at", pgettext_lazy("shared fact", "形成时间")),
            need("content", pgettext_lazy("shared fact", "记录或者简报内容")),
            may("where", pgettext_lazy("shared fact", "涉及地点")),
        ),
        ("NW-3.42", "JH-4.7", "QX-6.7", "YY-1.5"),
    ),
    Content(
        "complaints",
        pgettext_lazy("content", "投诉举报信访的受理与处理情况"),
        (
            need("document_number", pgettext_lazy("shared fact", "受理编号")),
            need("filed_on", pgettext_lazy("shared fact", "受理日期")),
            need("content", pgettext_lazy("shared fact", "反映的事项（不写投诉举报人）")),
            need("handling", pgettext_lazy("shared fact", "处理情况")),
        ),
        ("NW-3.43", "NW-4.20", "JH-4.8", "QX-6.8", "YY-1.9"),
        nameless=True,
    ),
    Content(
        "sensor",
        pgettext_lazy("content", "前端感知数据"),
        (
            need("source", pgettext_lazy("shared fact", "设备和点位")),
            need("happened_at", pgettext_lazy("shared fact", "采集时间")),
            need("where", pgettext_lazy("shared fact", "地点")),
            need("content", pgettext_lazy("shared fact", "数据内容")),
        ),
        ("YY-1.7",),
    ),
    Content(
        "by_law",
        pgettext_lazy("content", "法律法规规章规定应予共享的信息"),
        (
            need("law", pgettext_lazy("shared fact", "规定共享的法律、法规、规章")),
            need("content", pgettext_lazy("shared fact", "信息内容")),
        ),
        ("NW-4.18",),
    ),
    Content(
        "off_catalogue",
        pgettext_lazy("content", "目录外监管行为"),
        (
            need("party", pgettext_lazy("shared fact", "监管对象")),
            need("law", pgettext_lazy("shared fact", "监管依据")),
            need("means", pgettext_lazy("shared fact", "监管方式")),
            need("happened_at", pgettext_lazy("shared fact", "监管时间")),
            need("where", pgettext_lazy("shared fact", "监管地点")),
            need("officers", pgettext_lazy("shared fact", "监管人员")),
            need("content", pgettext_lazy("shared fact", "监管内容")),
            need("handling", pgettext_lazy("shared fact", "监管结果")),
        ),
        ("NW-4.11", "NW-4.24"),
        mailed=True,
    ),
    Content(
        "other",
        pgettext_lazy("content", "其他需要共享的执法信息"),
        (
            need("content", pgettext_lazy("shared fact", "信息内容")),
            may("law", pgettext_lazy("shared fact", "共享依据")),
        ),
        ("NW-3.44", "NW-4.21", "JH-4.9", "QX-6.9", "YY-1.10"),
    ),
)
BY_KEY = {content.key: content for content in CONTENTS}
CHOICES = [(content.key, content.title) for content in CONTENTS]
