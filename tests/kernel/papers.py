"""A referral as plain objects: everything that a document may say, and the bare minimum."""

from datetime import datetime
from types import SimpleNamespace as Thing

from coordination.kernel.now import CST


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CST)


COUNTY = Thing(code="ningwu", name="宁武县")
BUREAU = Thing(
    name="宁武县住房和城乡建设局", mark="宁住建", county=COUNTY, address="宁武县凤凰大街1号", phone="0350-4720000"
)
TOWNSHIP = Thing(name="阳方口镇人民政府", mark="阳政", county=COUNTY, address="阳方口镇政府街2号", phone="0350-4720001")
GOVERNMENT = Thing(name="宁武县人民政府", mark="宁政", county=COUNTY, address="", phone="")
OFFICERS = [
    Thing(name="张明", certificate_number="14092500012", phone="0350-4720011"),
    Thing(name="李堃", certificate_number="14092500013", phone="0350-4720012"),
]
ITEM = Thing(
    number=37,
    title="未取得乡村建设规划许可证进行建设",
    law="中华人民共和国城乡规划法",
    article="第四十一条",
    penalty_law="中华人民共和国城乡规划法",
    penalty_article="第六十五条",
)
MATERIALS = [
    Thing(title="现场检查记录", reference="宁住建检〔2026〕8号", copies=1, pages=4, original=True, remark=""),
    Thing(title="现场照片", reference="", copies=1, pages=12, original=True, remark="附光盘一张"),
    Thing(title="询问笔录", reference="", copies=1, pages=5, original=False, remark="原件由我单位保存"),
    Thing(title="营业执照", reference="", copies=1, pages=2, original=False, remark=""),
]
PROPERTIES = [
    Thing(
        name="彩钢板",
        model="0.5mm",
        unit="张",
        quantity=46,
        value="9200.00",
        condition="未拆封",
        stored_at="阳方口镇××村",
        disposal="",
        evidence_kept="",
        proceeds=None,
        remark="",
        disposed_in_advance=False,
    ),
    Thing(
        name="商品混凝土",
        model="C30",
        unit="立方米",
        quantity=6,
        value="2400.00",
        condition="不宜保存",
        stored_at="",
        disposal="已先行变卖",
        evidence_kept="照片和检验报告",
        proceeds="2100.00",
        disposed_in_advance=True,
        remark="款项另附交款单",
    ),
]
MEASURES = [
    Thing(label="劝阻", at=at(9, 29, 15), by=OFFICERS[0], words="当场劝阻当事人停止建设，当事人表示停工"),
    Thing(label="固定证据", at=at(9, 29, 15, 40), by=OFFICERS[1], words="拍摄现场照片12张，制作现场检查记录"),
]
FACTS = (
    "2026年9月29日，我单位执法人员在日常监督检查中发现，宁武县祎通彩钢有限公司在阳方口镇××村村道北侧擅自搭建"
    "钢结构厂房1处，占地约320平方米，现场无法提供乡村建设规划许可证。\n"
    "检查时该厂房主体已完工，尚未投入使用。经询问，当事人承认未办理规划许可手续，陈述厂房拟用于彩钢板加工。"
)
CASE = Thing(
    number="案2026000012",
    title="未取得乡村建设规划许可证进行建设",
    subject_name="宁武县祎通彩钢有限公司",
    subject_code="91140925MA0XXXXX0X",
    subject_address="宁武县阳方口镇××村",
    subject_contact="0350-4729999",
    discovered_at=at(9, 29, 14, 20),
    ongoing=True,
    holder=BUREAU,
)
BARE_CASE = Thing(
    number="案2026000013",
    title="倾倒建筑垃圾",
    subject_name="",
    subject_code="",
    subject_address="",
    subject_contact="",
    discovered_at=at(9, 29),
    ongoing=False,
    holder=BUREAU,
)
LETTER = Thing(title="涉嫌违法案件移送函", number="宁住建移〔2026〕12号")
SHEET = Thing(title="案件移送材料交接单", number="宁住建移交〔2026〕9号")
JURISDICTION = "该违法行为属于执法事项清单第37项“未取得乡村建设规划许可证进行建设”，由你单位管辖"
MATTER = Thing(jurisdiction_basis="根据《宁武县县级职能部门与乡镇之间案件移送制度》第二条，该案由你单位管辖")

CONTEXT = vars(
    Thing(
        matter=MATTER,
        jurisdiction=JURISDICTION,
        county=COUNTY,
        conclusions=[(1, "样品是否属于危险废物", "属于危险废物，类别为废矿物油")],
        organ=BUREAU,
        receiver=TOWNSHIP,
        sender=BUREAU,
        moment=at(10, 9),
        facts={},
        case=CASE,
        item=ITEM,
        source="日常巡查",
        urgency="紧急",
        place="阳方口镇××村村道北侧",
        basic_facts=FACTS,
        measures=MEASURES,
        officers=OFFICERS,
        materials=MATERIALS,
        properties=PROPERTIES,
        proceeds="2100.00",
        attachments=["案件移送材料交接单（1份，所列材料4件23页）", "涉案物品清单（1份，所列物品2项）"],
        copy_to="宁武县司法局，宁武县人民政府办公室",
        letter=LETTER,
        sheet=SHEET,
        property_number="宁住建物清〔2026〕3号",
        complaint_number="诉2026000031",
        from_complaint=True,
        disposed=[PROPERTIES[1]],
        checked="经电话核实，反映的地点和时间属实。",
        preserved_at=at(9, 29),
        handed_over_at=at(10, 12, 10),
        received_by="王芳",
        sender_confirmed_at=at(10, 11, 15),
        differences="现场照片实收11页，缺第7页，移送单位于当日补齐。",
        served=[LETTER, Thing(title="涉案物品清单", number="宁住建物清〔2026〕3号")],
        served_place="阳方口镇人民政府收发室",
        service_method="留置送达",
        served_at=at(10, 9, 16, 5),
        proxy="赵红",
        proxy_reason="经办人外出检查，由值班人员代收",
        refused_because="收件人认为不属于本单位管辖",
        witness="××村村委会主任孙立",
        remark="附现场照片2张",
        decision="",
        accepted_at=at(10, 10),
        answer_words="我单位已指派执法人员到现场核查。",
        own_number="案2026000019",
        handler="王芳",
        handler_phone="0350-4720001",
        supplements="1. 当事人法定代表人身份证明复印件；\n2. 现场照片原始电子数据。",
        supplement_reasons="现有材料不能证明当事人主体情况。",
        supplement_by=at(10, 16),
        pauses=True,
        contact_name="王芳",
        contact_phone="0350-4720001",
        finding="经现场核查，涉案地块位于城镇开发边界以内。",
        basis="《中华人民共和国城乡规划法》第四十条。",
        competent_opinion="宁武县自然资源局",
        proposal="建议于10月14日上午在我单位协商。",
        route="报请宁武县司法局调解，调解不成的，报请宁武县人民政府裁决",
        again=True,
        objection=Thing(title="管辖异议函", number="阳政移异〔2026〕2号"),
        findings="经现场核查，当事人已于2025年取得乡村建设规划许可证。",
        reasons="违法事实不成立。",
        filed_at=at(10, 12),
        decision_number="阳政罚决〔2026〕4号",
        decided_at=at(11, 12),
        result="责令限期拆除，并处罚款人民币叁仟元。",
        executed_at=at(11, 20),
        execution="",
        notified=TOWNSHIP,
        told_at=at(9, 29, 15),
        told_person="王芳",
        told_words="电话告知违法行为正在进行，请立即派员",
        dispatched_at=None,
        arrived_at=None,
        refused_at=at(9, 29, 17),
        refusal_reason="",
        signer="刘伟",
        report_words="请县人民政府责成有关单位依法处理。",
        ordered=True,
        done_at=at(9, 29, 15),
        done_words="当场口头责令停止施工，当事人停工",
        secured=MEASURES[1:],
        correct_by=at(10, 20),
        correction="自行拆除违法建设的厂房，恢复土地原状。",
        review_organ="宁武县人民政府",
        court="宁武县人民法院",
        submitted_by=OFFICERS[0],
        reviewer=OFFICERS[1],
        conclusion="同意",
        opinion="事实清楚，证据确凿，适用法律正确，程序合法。",
    )
)
BARE = vars(
    Thing(
        matter=Thing(jurisdiction_basis=""),
        county=COUNTY,
        organ=BUREAU,
        receiver=TOWNSHIP,
        sender=BUREAU,
        moment=at(10, 9),
        facts={},
        case=BARE_CASE,
        item=None,
        officers=[],
        materials=[],
        properties=[],
    )
)
KEYS = (
    "transfer_letter",
    "lead_letter",
    "handover_sheet",
    "handover_sheet_done",
    "property_list",
    "service_receipt",
    "acceptance_reply",
    "objection",
    "return_note",
    "supplement_notice",
    "not_filed_reasons",
    "result_letter",
    "stop_record",
    "dissuasion_record",
    "ongoing_notice",
    "report_to_government",
    "case_filing",
    "case_not_filed",
    "legal_review_opinion",
    "order_to_correct",
)
