"""The papers of a dispute say what their steps were told, in the order of the county's forms."""

from datetime import date

import pytest

from coordination.kernel import pdf
from coordination.kernel.documents import Style, registry
from disputes.models import Dispute
from tests.county import at, organ
from tests.disputes.tale import MEETING


def paper(dispute: Dispute, key: str) -> str:
    """As issued, and it can be printed."""
    html = dispute.documents.filter(key=key).latest("pk").html
    assert "None" not in html
    assert pdf.page_count(pdf.render(html)) >= 1
    return html


def in_order(html: str, *words: str) -> bool:
    """Each stands somewhere after the one before."""
    for word in words:
        assert word in html, word
        html = html.partition(word)[2]
    return True


@pytest.mark.rules("NW-1.18", "JH-7.4", "QX-5.3")
def test_the_application_names_both_sides_the_facts_the_talks_the_proposal_and_who_acts_meanwhile(story):
    html = paper(story.raised(talks="9月20日协商未成"), "dispute_application")
    assert in_order(html, "宁武县司法局：", "申请单位", "阳方口镇人民政府", "被申请单位", "宁武县住房和城乡建设局")
    assert in_order(html, "移送行政执法案件争议", "争议事实", "自行协商情况", "9月20日协商未成", "请求、理由和依据")
    assert in_order(html, "由受移送方管辖", "县事项目录第53项", "争议期间的处理", "由宁武县住房和城乡建设局继续办理")
    assert "依照《案件移送制度》四（十）的规定" in html


@pytest.mark.rules("JH-7.3", "QX-5.2")
def test_the_minutes_name_time_place_people_and_what_was_agreed(story):
    offered = {"outcome": "receiver", "at": at("2026-09-21 08:30")} | MEETING
    dispute = story.take(story.raised(story.objected()), "propose", story.officer, **offered)
    html = paper(story.take(dispute, "consent", story.receiver, signer="李局长"), "dispute_minutes")
    assert "协商会议纪要" in html
    assert in_order(html, "2026年9月21日8时30分", "县司法局会议室", "由受移送方管辖", "三日内交接", "双方分管领导")
    assert registry()["dispute_minutes"].style == Style.MINUTES


@pytest.mark.rules("LAW-3")
def test_what_the_superior_took_up_by_itself_was_not_reported_to_it(story):
    dispute = story.heard_by_the_superior(story.raised(story.objected()))
    html = paper(story.decided("receiver", dispute=dispute), "dispute_designation")
    assert in_order(html, "的管辖发生争议，由本机关直接处理", "《中华人民共和国行政处罚法》第二十五条", "现指定该案由")
    assert "未能解决" not in html


@pytest.mark.rules("JH-7.5", "JH-7.6")
def test_a_recommendation_goes_to_both_and_opens_the_next_rung_where_it_is_refused(story):
    """Where a county's ladder says so (金湖): the justice bureau recommends, the government decides."""
    dispute = story.heard()
    dispute.ladder[1]["act"] = "recommend"
    Dispute.objects.filter(pk=dispute.pk).update(ladder=dispute.ladder)
    facts = {"outcome": "receiver", "finding": "清单第53项", "words": "由住建局办理", "reply_by": date(2026, 9, 25)}
    said = story.take(dispute, "recommend", story.bureau, **facts)
    html = paper(said, "dispute_recommendation")
    assert in_order(
        html, "阳方口镇人民政府、宁武县住房和城乡建设局", "争议事实", "清单第53项", "监督建议", "2026年9月25日前"
    )
    refused = story.take(said, "refuse", story.receiver, words="不接受")
    assert (refused.stage, refused.rung) == ("unsettled", 1)


@pytest.mark.rules("LAW-3", "QX-5.4", "YY-4.9", "NW-1.19", "NW-3.62")
def test_the_decision_designates_in_the_name_of_the_organ_above_both_and_orders_the_handover(story):
    dispute = story.decided("designated", organ("shuili"))
    html = paper(dispute, "dispute_designation")
    assert dispute.documents.get(key="dispute_designation").organ == organ("xianfu")
    assert in_order(
        html,
        *("宁武县人民政府", "指定管辖决定书", "阳方口镇人民政府、宁武县住房和城乡建设局、宁武县水利局："),
        *("第二十五条和《案件移送制度》四（十）", "现指定该案由<b>宁武县水利局</b>管辖"),
        *("请宁武县住房和城乡建设局收到本决定后及时将案件材料和涉案物品移交宁武县水利局", "填写交接单"),
    )


@pytest.mark.rules("JH-7.6", "NW-3.62")
def test_a_decision_about_duties_says_who_has_which(story):
    dispute = story.take(story.general(), "end_talks", story.officer, words="协商未成")
    asked = {"request": "请求协调", "basis": "权责清单", "outcome": "shared"}
    dispute = story.in_hand(story.take(dispute, "apply", story.officer, **asked))
    dispute = story.take(dispute, "end_settling", story.bureau, words="未成")
    dispute = story.in_hand(story.take(dispute, "apply", story.officer, **asked), story.government)
    for login in (story.officer, story.receiver):
        dispute = story.stated(dispute, login, "shared")
    html = paper(story.decided("shared", dispute=dispute), "dispute_decision")
    assert in_order(html, "行政执法职责争议", "决定如下：双方按所列分工各自负责", "按事项清单确定")
