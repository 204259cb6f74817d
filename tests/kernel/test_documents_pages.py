"""What the pages of documents say, and where on the paper it stands (GB/T 9704-2012, measured at 300 dpi)."""

import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace as Thing

import pdfplumber
import pypdfium2
import pytest
from django.template.loader import get_template
from PIL import Image

from coordination.kernel.documents import Style, registry
from coordination.kernel.flow_checks import relating
from coordination.kernel.flow_checks.naming import plain
from coordination.kernel.pdf import page_count, render
from coordination.kernel.templatetags.documents import cn_date, cn_moment, heading
from tests.kernel import papers

DPI = 300
PROOF = {"number": "宁住建移〔2026〕12号", "code": "ABCD-EFGH-2345", "qr": "", "checkpoint": ""}


def page_words(key: str, context: dict, **more) -> str:
    document = Thing(title=registry()[key].title)
    return get_template(f"documents/{key}.html").render({**context, **PROOF, "document": document, **more})


def paper(key: str, **more) -> bytes:
    return render(page_words(key, papers.CONTEXT, **more))


def picture(content: bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    try:
        return document[page].render(scale=DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()


def red_bands(image: Image.Image) -> list[tuple[float, float, float, float]]:
    """Top, bottom, left, right in mm of each band of rows that has red ink."""
    red = image.split()[0].point(lambda v: 255 if v > 180 else 0)
    pale = image.split()[1].point(lambda v: 255 if v < 100 else 0)
    ink = Image.composite(red, Image.new("L", image.size), pale)
    rows = [ink.crop((0, y, ink.width, y + 1)).getbbox() for y in range(ink.height)]
    bands, start = [], None
    for y, box in enumerate([*rows, None]):
        if box and start is None:
            start = y
        elif not box and start is not None:
            left, _top, right, _bottom = ink.crop((0, start, ink.width, y)).getbbox()
            bands.append(tuple(round(each * 25.4 / DPI, 2) for each in (start, y, left, right)))
            start = None
    return bands


def lines(content: bytes, page: int) -> list[list[dict]]:
    """The characters of 3号 size of a page, line by line."""
    with pdfplumber.open(BytesIO(content)) as document:
        body = [char for char in document.pages[page].chars if 15 < char["size"] < 16.5]
    tops = sorted({round(char["top"]) for char in body})
    return [[char for char in body if round(char["top"]) == top] for top in tops]


def near(expected: float, within: float = 0.4):
    return pytest.approx(expected, abs=within)


def test_every_declared_document_has_a_page_of_its_style():
    for key, document in registry().items():
        source = get_template(f"documents/{key}.html").template.source
        assert source.startswith(f'{{% extends "documents/base_{document.style}.html"') or source.count("extends") == 1
    others = [model for model in relating.installed() if model.KIND not in ("cases", "referrals")]
    elsewhere = {key for model in others for step in model.steps().values() for key in plain(step.documents)}
    assert set(papers.KEYS) == set(registry()) - elsewhere


@pytest.mark.parametrize("key", papers.KEYS)
def test_a_page_with_everything_and_a_page_with_hardly_anything_are_both_whole(key):
    full, bare = page_words(key, papers.CONTEXT), page_words(key, papers.BARE)
    assert "None" not in full + bare
    assert page_count(render(full)) >= page_count(render(bare)) >= 1


def test_the_mark_and_the_double_rules_of_a_letter_stand_where_the_standard_puts_them():
    mark, thick, thin, lower_thin, lower_thick = red_bands(picture(paper("transfer_letter")))
    assert mark[0] == near(30), "the mark's upper edge is 30 mm from the paper's"
    assert thick[0] - mark[1] == near(4), "the upper rule is 4 mm below the mark"
    assert thick[3] - thick[2] == near(170)
    assert lower_thick[3] - lower_thick[2] == near(170)
    assert 297 - lower_thick[1] == near(20), "the lower rule is 20 mm from the paper's edge"
    assert thick[1] - thick[0] > thin[1] - thin[0], "thick over thin above"
    assert lower_thick[1] - lower_thick[0] > lower_thin[1] - lower_thin[0], "thin over thick below"


def test_the_mark_of_a_file_stands_35_mm_under_the_top_of_the_text_area():
    mark, rule = red_bands(picture(paper("report_to_government")))
    assert mark[0] == near(37 + 35)
    assert rule[3] - rule[2] == near(156), "the rule is as wide as the text area"


def test_a_page_holds_22_lines_of_28_characters():
    content = paper("transfer_letter", basic_facts="宁武县阳方口镇违法建设" * 150)
    rows = lines(content, 1)
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    chars = [char for row in rows for char in row]
    assert min(char["x0"] for char in chars) / 72 * 25.4 == near(28)
    assert max(char["x1"] for char in chars) / 72 * 25.4 == near(184)


def test_the_first_page_of_a_letter_bears_no_page_number_and_the_second_does():
    with pdfplumber.open(BytesIO(paper("transfer_letter"))) as document:
        texts = [page.extract_text().replace(" ", "") for page in document.pages]
    assert "—1—" not in texts[0]
    assert "—2—" in texts[1]


@pytest.mark.parametrize("length", range(1, 13))
def test_a_signature_never_begins_a_page_alone(length):
    content = paper("acceptance_reply", answer_words="核查情况如下。\n" * length)
    with pdfplumber.open(BytesIO(content)) as document:
        last = document.pages[-1].extract_text()
    signature = last.index(papers.BUREAU.name)
    assert signature > 0, "some text stands above the signature on its page"


def test_copies_stand_at_the_foot_of_the_last_page_and_never_on_the_signature():
    for length in range(1, 13):
        content = paper("report_to_government", report_words="请依法处理。\n" * length)
        with pdfplumber.open(BytesIO(content)) as document:
            last = document.pages[-1]
            bottom = last.search("抄送")[0]["top"] / 72 * 25.4
            signed = last.search(cn_date(papers.CONTEXT["moment"]))[0]["bottom"] / 72 * 25.4
        assert bottom == near(246.5, 2)
        assert signed < bottom


def test_a_letter_names_its_fields_in_the_order_of_the_standard_form():
    words = page_words("transfer_letter", papers.CONTEXT)
    case, officers = papers.CASE, papers.OFFICERS
    order = [
        *("案件来源：", case.subject_name, case.subject_code, case.subject_address, case.subject_contact),
        *("违法行为发生地：", "钢结构厂房1处", "劝阻", "涉嫌违反", "执法事项清单第37项"),
        *("现移送你单位处理。案件处理结果请函告我单位。", "紧急程度：紧急"),
        *(officers[0].certificate_number, officers[1].certificate_number),
        *("附件：", "案件移送材料交接单（1份", "涉案物品清单（1份", "2026年10月9日", "抄送："),
    ]
    place = words.index("<body>")
    for each in order:
        place = words.index(each, place)


def test_a_lead_letter_never_names_who_complained_and_asks_for_an_answer_to_him():
    words = page_words("lead_letter", papers.CONTEXT)
    assert "处理结果请告知我单位并反馈投诉举报人。" in words
    assert papers.CONTEXT["complaint_number"] in words
    assert "并反馈投诉举报人" not in page_words("lead_letter", papers.BARE)


@pytest.mark.rules("NW-3.20")
def test_the_sheet_lists_each_material_with_its_pages_and_the_totals():
    words = page_words("handover_sheet", papers.CONTEXT)
    for one in papers.MATERIALS:
        assert one.title in words
    assert "合计 4 件</td><td>4</td><td>23</td>" in words
    assert "先行处置所得款项 2100.00 元，一并移送" in words


@pytest.mark.rules("NW-1.11")
def test_a_list_of_no_property_says_so():
    assert "本案无涉案物品" in page_words("property_list", papers.BARE)
    assert "无涉案物品" in page_words("handover_sheet", papers.BARE)


@pytest.mark.rules("NW-1.13")
def test_a_receipt_of_leaving_names_the_witness_and_the_ground_of_refusal():
    words = page_words("service_receipt", papers.CONTEXT)
    assert "留置送达" in words
    assert "××村村委会主任孙立" in words
    assert papers.CONTEXT["refused_because"] in words
    assert papers.CONTEXT["proxy"] in words
    assert "各 1 份" in words


def test_what_people_type_stays_words():
    words = page_words("transfer_letter", papers.CONTEXT, basic_facts="<img src=x> & <b>粗</b>")
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;粗&lt;/b&gt;" in words


def test_a_draft_bears_a_mark_and_no_code():
    words = page_words("transfer_letter", papers.CONTEXT, draft=True)
    assert ">草稿</div>" in words
    assert PROOF["code"] not in words


def test_dates_have_no_leading_zeros():
    assert cn_date(papers.at(10, 9)) == "2026年10月9日"
    assert cn_moment(papers.at(3, 5, 8, 5)) == "2026年3月5日8时05分"
    assert cn_date(None) == ""


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ("移送 未取得乡村建设规划许可证进行建设一案 的函", "移送未取得乡村建设规划 许可证进行建设一案的函"),
        ("请求对 露天焚烧不明废料产生浓烟一案 予以协助的函", "请求对露天焚烧不明废料 产生浓烟一案予以协助的函"),
        ("延期答复 运煤车辆遗撒污染沟渠一案 协助请求的函", "延期答复运煤车辆遗撒 污染沟渠一案协助请求的函"),
        ("景区周边餐饮油烟和燃气安全联合执法 方案", "景区周边餐饮油烟和 燃气安全联合执法方案"),
        (
            "关于 洗煤点未取得排污许可证排污 移送行政执法案件 争议的 协商 会议纪要",
            "关于洗煤点未取得排污许可证排污 移送行政执法案件争议的协商会议纪要",
        ),
        ("补充 倾倒垃圾一案 材料的函", "补充倾倒垃圾一案材料的函"),
    ],
)
def test_a_long_title_is_cut_into_lines_of_like_length_and_never_inside_a_word(parts, lines):
    assert str(heading(*parts.split())).split("<br>") == lines.split()


def test_no_section_is_numbered_twice():
    """The style sheet numbers the sections: 一、二、…"""
    sources = [path.read_text() for path in Path("templates/documents").rglob("*.html")]
    assert sources
    assert not [found for source in sources for found in re.findall(r"<h2>[一二三四五六七八九十]+、", source)]


def test_a_title_of_one_endless_word_is_left_to_the_page():
    assert str(heading("X" * 60)) == "X" * 60


def test_a_title_of_unknown_words_fits_its_lines_and_loses_nothing():
    title = "甲乙丙丁戊己庚辛壬癸" * 5
    broken = str(heading(title)).split("<br>")
    assert "".join(broken) == title
    assert max(map(len, broken)) <= 18


def test_the_styles_of_documents_are_those_of_the_standard():
    styles = {key: document.style for key, document in registry().items()}
    assert styles["transfer_letter"] == Style.LETTER
    assert styles["report_to_government"] == Style.FILE
    assert styles["stop_record"] == Style.FORM
    assert styles["handover_sheet"] == Style.TABLE
