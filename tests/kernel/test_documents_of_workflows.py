"""Every document of cases and referrals, issued on a real matter with the facts of its step, and printed."""

import pytest

from coordination.kernel import pdf
from coordination.kernel.documents import issue, registry
from coordination.kernel.flow_checks import relating
from coordination.kernel.flow_checks.naming import plain
from coordination.kernel.now import now
from tests.county import at, organ, person
from tests.kernel.test_documents_issuing import circumstances

OF_A_CASE = {
    "case_filing": ({"words": "符合立案条件，建议立案"}, "符合立案条件，建议立案"),
    "case_not_filed": ({"words": "违法行为轻微并及时改正"}, "违法行为轻微并及时改正"),
    "stop_record": ({"at": at("2026-09-21 09:00"), "words": "当场口头责令"}, "现责令你（单位）立即停止"),
    "dissuasion_record": ({"at": at("2026-09-21 09:00"), "words": "当场劝阻"}, "已当场劝阻你（单位）"),
    "ongoing_notice": (
        {"person": "李四", "at": at("2026-09-21 09:00"), "words": "电话告知"},
        "2026年9月21日9时00分已告知你单位李四",
    ),
    "report_to_government": ({"words": "请责成处理"}, "签发人：<b>{signer}</b>"),
    "legal_review_opinion": ({"words": "适用法律正确"}, "审核结论：退回补正。"),
    "order_to_correct": ({"correct_by": at("2026-10-01 09:00"), "correction": "清运"}, "于2026年10月1日前改正"),
}
OF_A_REFERRAL = {
    "transfer_letter": ({}, "现移送你单位处理。案件处理结果请函告我单位。"),
    "lead_letter": ({}, "处理结果请告知我单位。"),
    "handover_sheet": ({}, "合计 2 件"),
    "handover_sheet_done": ({"receiver_person": "王芳"}, "接收人</th><td>王芳"),
    "property_list": ({}, "本案无涉案物品"),
    "service_receipt": ({"signer": "王芳", "words": "材料齐全"}, "材料齐全"),
    "acceptance_reply": ({"handler": "王芳", "phone": "0350-1", "words": "已派员"}, "承办人：王芳，联系电话0350-1"),
    "objection": ({"finding": "不在清单内", "legal_basis": "第53项", "proposal": "会商"}, "不在清单内"),
    "return_note": ({"words": "协商一致", "again": "again"}, "同意你单位退回"),
    "supplement_notice": (
        {"items": "照片原件", "why": "不清", "by_day": at("2026-09-25 09:00").date()},
        "请于2026年9月25日前提交",
    ),
    "not_filed_reasons": ({"reasons": "事实不成立", "legal_basis": "第五十七条"}, "事实不成立"),
    "result_letter": (
        {"result": "罚款二万元", "decision_number": "忻环罚〔2026〕1号"},
        "我单位作出忻环罚〔2026〕1号决定",
    ),
}


def printed(document) -> str:
    assert "None" not in document.html
    assert pdf.page_count(pdf.render(document.html)) >= 1
    return document.html


def test_the_tables_here_name_every_declared_document():
    others = [model for model in relating.installed() if model.KIND not in ("cases", "referrals")]
    elsewhere = {key for model in others for step in model.steps().values() for key in plain(step.documents)}
    assert set(OF_A_CASE) | set(OF_A_REFERRAL) == set(registry()) - elsewhere


def test_the_documents_of_a_case_say_what_their_steps_were_told(story):
    case = story.case(ongoing=True)
    story.take(case, "dissuade", story.officer, at=now(), words="当场劝阻，当事人停工")
    for key, (facts, said) in OF_A_CASE.items():
        given = circumstances(story, type(case).fetch(case.pk), facts=facts | {"notified": organ(story.department)})
        assert said.replace("{signer}", person(story.officer).name) in printed(issue(key, **given)), key


def test_the_documents_of_a_referral_say_what_their_steps_were_told(story):
    referral = story.accepted()
    for key, (facts, said) in OF_A_REFERRAL.items():
        given = circumstances(story, type(referral).fetch(referral.pk), facts=facts)
        assert said in printed(issue(key, **given)), key


def test_a_letter_tells_of_property_disposed_of_in_advance_and_its_proceeds(story):
    case = story.found_other(story.case())
    case.properties.create(
        name="商品混凝土", quantity=6, unit="立方米", disposed_in_advance=True, disposal="已变卖", evidence_kept="照片",
        proceeds="2100.00",
    )  # fmt: skip
    referral = story.approved(story.draft(case, property_declared="listed"))
    given = circumstances(story, type(referral).fetch(referral.pk))
    letter = printed(issue("lead_letter", **given))
    assert "对商品混凝土依法先行处置：已变卖，留取的证据为照片，所得款项2100.00元。" in letter
    assert "先行处置所得款项 2100.00 元，一并移送" in printed(issue("handover_sheet", **given))
    assert "留取证据：照片" in printed(issue("property_list", **given))


@pytest.mark.rules("NW-1.4", "NW-2.6")
def test_measures_stand_on_the_letter_with_who_when_and_how(story):
    case = story.case()
    story.take(case, "dissuade", story.officer, at=at("2026-09-21 09:00"), words="当场劝阻，当事人停工")
    referral = story.sent(story.approved(story.draft(story.found_other(case))))
    words = referral.documents.get(key="lead_letter").html
    assert f"2026年9月21日9时00分，{person(story.officer).name}劝阻：当场劝阻，当事人停工。" in words
