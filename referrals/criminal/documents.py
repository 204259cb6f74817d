"""The documents of a criminal transfer: what each is called, how it is numbered, what its words draw on."""

from cases.documents import contact, known
from coordination.kernel.documents import Document, Occasion, Style

REPORT = "涉嫌犯罪案件情况的调查报告"


def transfer(occasion: Occasion) -> dict:
    """Both organs, the case, the suspected crime and the special group."""
    matter = occasion.matter
    return (
        known(matter.case, matter)
        | contact(occasion)
        | {
            "transfer": matter,
            "sender": matter.sender,
            "receiver": matter.police,
            "procuratorate": matter.procuratorate,
            "officers": matter.group,
            "properties": matter.listed_property,
        }
    )


def reporting(occasion: Occasion) -> dict:
    return transfer(occasion) | {"appraisals": list(occasion.facts.get("appraisals") or ())}


def attachments(occasion: Occasion) -> list[str]:
    """The five of article 6, in its order and its words, each with what stands for it here."""
    matter, listed = occasion.matter, occasion.paper("criminal_property_list")
    report, appraisals = matter.investigation_report, list(matter.appraisals.order_by("pk"))
    tested = (
        "、".join(one.title for one in appraisals)
        or f"无（{matter.appraisal_note.rstrip('。') or '依法不需要检验、鉴定'}）"
    )
    goods = f"{len(matter.listed_property)}项" if matter.listed_property else "本案无涉案物品"
    others = "、".join(one.title for one in matter.other_materials) or "无"
    return [
        "涉嫌犯罪案件移送书（即本件）",
        REPORT if report and report.title == REPORT else f"{REPORT}：{report.title if report else '无'}",
        f"涉案物品清单{f'（{listed.number}）' if listed else ''}：{goods}",
        f"有关检验报告或者鉴定结论：{tested}",
        f"其他有关涉嫌犯罪的材料：{others}",
    ]


def sending(occasion: Occasion) -> dict:
    return transfer(occasion) | {
        "attachments": attachments(occasion),
        "copy_to": occasion.matter.procuratorate.name,
    }


def receiving(occasion: Occasion) -> dict:
    return transfer(occasion) | {"letter": occasion.paper("criminal_transfer_form")}


def handing_over(occasion: Occasion) -> dict:
    matter = occasion.matter
    report = [matter.investigation_report] if matter.investigation_report else []
    materials = [*report, *matter.appraisals.order_by("pk"), *matter.other_materials]
    return receiving(occasion) | {"materials": materials}


def asking(occasion: Occasion) -> dict:
    """To the police or the procuratorate: what was refused, and why it should have been filed."""
    return receiving(occasion) | {"reasons": occasion.facts.get("reasons")}


CRIMINAL_REPORT = Document(
    "criminal_report",
    "移送涉嫌犯罪案件的报告",
    "涉罪报",
    Style.FORM,
    context=reporting,
    sealed=False,
    rules=("LAW-12",),
)
CRIMINAL_REFUSAL = Document(
    "criminal_refusal",
    "不批准移送涉嫌犯罪案件理由记录",
    "涉罪不移",
    Style.FORM,
    context=transfer,
    sealed=False,
    rules=("LAW-12",),
)
CRIMINAL_PROPERTY_LIST = Document(
    "criminal_property_list", "涉案物品清单", "涉罪物清", Style.TABLE, context=transfer, rules=("LAW-13",)
)
CRIMINAL_TRANSFER_FORM = Document(
    "criminal_transfer_form",
    "涉嫌犯罪案件移送书",
    "涉罪移",
    Style.FORM,
    context=sending,
    rules=("LAW-12", "LAW-13", "LAW-14", "LAW-18"),
)
CRIMINAL_RECEIPT = Document(
    "criminal_receipt", "涉嫌犯罪案件移送书回执", "涉罪回", Style.FORM, context=receiving, rules=("LAW-14",)
)
CRIMINAL_RECONSIDERATION = Document(
    "criminal_reconsideration", "不予立案复议申请书", "涉罪复", Style.FORM, context=asking, rules=("LAW-16",)
)
CRIMINAL_SUPERVISION_REQUEST = Document(
    "criminal_supervision_request", "立案监督建议书", "涉罪监", Style.FORM, context=asking, rules=("LAW-16",)
)
CRIMINAL_HANDOVER_SHEET = Document(
    "criminal_handover_sheet", "涉案物品和材料移交清单", "涉罪交", Style.TABLE, context=handing_over, rules=("LAW-17",)
)
