"""考核: the same numbers as the desk, frozen with method and hash, as PDF and xlsx."""

import io
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import County
from coordination.kernel.words import Refusal
from supervision.assessment import assess
from supervision.figures import period_of
from supervision.frozen import Assessment
from supervision.models import Order
from supervision.report import on_paper
from tests.county import Story, at, organ, person
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db
SEPTEMBER = {"from": "2026-09", "to": "2026-09"}


@pytest.fixture
def september(story: Story) -> Story:
    """Two referrals in time, one too late; an order about it; October."""
    late = story.found_other(story.case())
    for _each in range(2):
        story.sent(story.approved(story.draft(story.found_other(story.case()))))
    OrderStory().answered()
    travel_to(at("2026-09-29 09:00"))
    story.sent(story.approved(story.draft(late)))
    travel_to(at("2026-10-12 10:00"))
    return story


def client(login: str = "sifa.supervisor1") -> Client:
    one = Client()
    one.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
    return one


def assessed() -> Assessment:
    moment = now()
    return assess(County.objects.get(), period_of(SEPTEMBER, moment), person("sifa.supervisor1"), moment)


def table(one: Assessment, title: str) -> list[list]:
    return next(found["lines"] for found in one.rows["tables"] if found["title"] == title)


def counts(cell: dict) -> list:
    return [cell["share"].total, cell["share"].kept, cell["share"].words]


@pytest.mark.rules("NW-2.21", "NW-3.69")
def test_its_numbers_are_those_of_the_desk_for_the_same_period(september):
    desk = client().get("/supervision/?from=2026-09&to=2026-09").context
    one = assessed()
    by_organ = [[line["organ"].name, *counts(line["law"]), *counts(line["local"])] for line in desk["by_organ"]]
    assert table(one, "按承担单位") == by_organ != []
    rates = [[line["title"], line["basis"], line["share"].total] for line in desk["laws"] + desk["targets"]]
    assert [[title, basis, total] for title, basis, _nature, total, *_more in table(one, "按时限和依据")] == rates
    cells = sum(cell["share"].total for line in desk["matrix"]["lines"] for cell in line["cells"])
    assert sum(line[2] for line in table(one, "乡镇与部门之间")) == cells
    assert table(one, "移送往来")[0][2] == desk["flows"][0]["there"]["sent"] == 3


@pytest.mark.rules("NW-3.70", "NW-4.28", "NW-2.20")
def test_who_did_not_do_what_is_listed_by_number_without_a_name_of_anybody(september):
    one = assessed()
    late = table(one, "未按期履行的清单（法定时限）")
    assert [line[0] for line in late if line[2] == "移送有管辖权的一方"] == [organ("yangfangkou").name]
    assert table(one, "督办、监督和限期整改") == [[organ("shengtai").name, "行政执法监督意见书", 1, 1, 0]]
    assert "黑岭" not in str(one.rows), "no party is named"


@pytest.mark.rules("LAW-20", "NW-3.70")
def test_what_accuses_an_organ_is_counted_and_not_listed(september):
    """The report is read by every organ that watches over the county, also by the one that is accused."""
    late = Clock.objects.get(limit="referrals.send", state="met", ended_at__gte=F("overdue_at"))
    listed = table(assessed(), "未按期履行的清单（法定时限）")
    assert late.matter.number in str(listed)
    Matter.objects.filter(pk=late.matter_id).update(hidden_organ=organ("sifa"))
    one = assessed()
    assert late.matter.number not in str(one.rows)
    shown = table(one, "未按期履行的清单（法定时限）")
    assert shown == [line for line in listed if line[1] != late.matter.number]
    _kind, owed, kept, _share = table(one, "总体")[0]
    assert owed - kept == len(listed), "it stays counted"
    assert any("不列入清单" in line for line in one.rows["method"])


def test_what_is_frozen_stays_and_what_is_changed_is_noticed(september):
    one = assessed()
    before = one.rows
    travel_to(now() + timedelta(days=60))
    assert assessed().rows["tables"] == before["tables"]
    assert one.intact
    one.rows["tables"][0]["lines"][0][1] += 1
    assert not one.intact


def test_a_period_that_is_not_over_is_refused(september):
    moment = now()
    with pytest.raises(Refusal, match="还没有结束"):
        assess(County.objects.get(), period_of({}, moment), person("sifa.supervisor1"), moment)
    page = client().post(reverse("supervision_assess"), {"from": "2026-10", "to": "2026-10"}, follow=True)
    assert "还没有结束" in page.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "请选择统计期的起止月份"),
        ("2026-08", "", "请选择统计期的起止月份"),
        ("2026-09", "2026-08", "起始月份晚于终止月份"),
        ("2023-01", "2026-09", "最长 36 个月"),
        ("2026-09", "2027-01", "不能晚于本月"),
        ("2026-09", "2026-10", "还没有结束"),
    ],
)
def test_what_is_wrong_with_a_period_is_said(september, first, last, said):
    page = client().post(reverse("supervision_assess"), {"from": first, "to": last}, follow=True)
    assert said in page.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.rules("NW-2.21")
def test_it_names_the_organ_that_made_it_and_the_day(september):
    one = assessed()
    assert (one.rows["issuer"], one.rows["made_on"]) == ("宁武县司法局", "2026年10月12日")
    content = client().get(reverse("supervision_assessment_pdf", args=[one.pk]))
    words = "".join(each.extract_text() for each in PdfReader(io.BytesIO(b"".join(content.streaming_content))).pages)
    assert words.count("宁武县司法局") >= 2
    assert "2026年10月12日" in words
    book = load_workbook(io.BytesIO(client().get(reverse("supervision_assessment_xlsx", args=[one.pk])).content))
    assert "宁武县司法局 2026年10月12日" in [row[0] for row in book["口径"].iter_rows(values_only=True)]


def test_every_column_of_the_report_has_room_for_what_is_in_it(september):
    """Those with a width leave to the others what words need: a text area is 162 mm wide."""
    for table in on_paper(assessed().rows):
        widths = [width for _head, width in table["columns"]]
        assert (162 - sum(filter(None, widths))) / widths.count(None) >= 24, table["title"]


def test_it_is_printed_and_given_as_sheets_from_the_same_rows(september):
    page = client().post(reverse("supervision_assess"), SEPTEMBER, follow=True)
    assert "已生成" in page.content.decode()
    one = Assessment.objects.get()
    answer = client().get(reverse("supervision_assessment_pdf", args=[one.pk]))
    words = "".join(each.extract_text() for each in PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages)
    assert one.sha256[:12] in words.replace("\n", "")
    book = load_workbook(io.BytesIO(client().get(reverse("supervision_assessment_xlsx", args=[one.pk])).content))
    sheet = [list(row) for row in book["按承担单位"].iter_rows(min_row=2, values_only=True)]
    assert sheet == table(one, "按承担单位")


def test_nobody_else_finds_it(september):
    one = assessed()
    for login in ("yangfangkou.head", "shengtai.officer1"):
        for name in ("supervision_assessment_pdf", "supervision_assessment_xlsx"):
            assert client(login).get(reverse(name, args=[one.pk])).status_code == 404
        assert client(login).get(reverse("supervision_assessments")).status_code == 404
        assert client(login).post(reverse("supervision_assess"), SEPTEMBER).status_code == 404
    assert Order.objects.count() == 1
