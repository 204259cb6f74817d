"""HTML to PDF/A: offline, faithful or not at all."""

import re
import threading
from io import BytesIO

import pytest
from pypdf import PdfReader

from coordination.kernel import fonts, pdf
from coordination.kernel.pdf import RenderFault, page_count, render

PAGE = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>函</title></head><body>{}</body></html>'


def test_a_page_becomes_a_pdf_of_the_archival_kind_with_its_fonts_inside():
    content = render(PAGE.format("<p style='font-family: 仿宋'>移送函</p>"))
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    said = root["/Metadata"].get_data()
    assert re.search(rb'pdfaid:part(="|>)3', said)
    assert re.search(rb'pdfaid:conformance(="|>)U', said)
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descendant)
    assert "移送函" in reader.pages[0].extract_text()


def test_pages_are_counted():
    assert page_count(render(PAGE.format("一<p style='break-before: page'>二</p>"))) == 2


@pytest.mark.parametrize(
    "reached",
    [
        "<img src='http://example.com/seal.png'>",
        "<img src='file:///etc/passwd'>",
        "<link rel=stylesheet href='https://example.com/a.css'>",
        "<style>body { background: url(ftp://example.com/a.png) }</style>",
        "<svg><image href='http://example.com/a.png'/></svg>",
    ],
)
def test_nothing_outside_the_page_is_fetched(reached):
    with pytest.raises(RenderFault, match=r"offline|Failed to"):
        render(PAGE.format(reached))


def test_a_character_without_a_glyph_is_a_fault_and_not_a_gap():
    with pytest.raises(RenderFault, match="notdef"):
        render(PAGE.format("<p>\U0001f9ff</p>"))


def test_a_fault_leaves_the_next_page_in_order():
    with pytest.raises(RenderFault):
        render(PAGE.format("<p>\U0001f9ff</p>"))
    assert page_count(render(PAGE.format("<p>函</p>"))) == 1


def test_an_absent_library_is_named_with_the_command_to_type(monkeypatch):
    monkeypatch.setattr(pdf, "LIBRARY_FAULT", "cannot load library 'libpango-1.0-0'")
    with pytest.raises(RenderFault, match="apt-get install"):
        render(PAGE.format("函"))
    (found,) = pdf.libraries_are_there()
    assert "libpango" in found.msg
    assert found.hint.startswith("apt-get install")


def test_a_slow_installation_is_warned_of(monkeypatch):
    monkeypatch.setattr(pdf, "harfbuzz_subset", None)
    (found,) = pdf.libraries_are_there()
    assert "libharfbuzz-subset0" in found.hint


def test_threads_print_side_by_side():
    made = []
    threads = [threading.Thread(target=lambda: made.append(render(PAGE.format("<p>函</p>")))) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [page_count(each) for each in made] == [1] * 6


def test_every_character_of_the_law_s_own_language_can_be_written():
    common = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    assert not fonts.missing_glyphs(common + "〔〕×—·“”（）《》、；：？，。0123456789ABCxyz\n\t\u200b")


def test_rare_characters_of_names_are_written_where_a_font_has_them_and_named_where_none_has():
    rare = set("𠮷祎堃𬭚")
    lacking = fonts.missing_glyphs("".join(rare))
    assert not lacking & set("祎堃𬭚"), "the pip fonts have these"
    if any(path.name == "BabelStoneHan.ttf" for path in fonts.font_files()):
        assert not lacking
    else:
        assert lacking == {"𠮷"}
    assert fonts.missing_glyphs("甲\U0001f9ff乙") == {"\U0001f9ff"}


def test_a_character_of_private_use_is_never_written_since_each_font_draws_it_otherwise():
    assert fonts.missing_glyphs("甲\ue000") == {"\ue000"}


def test_only_the_installation_s_own_fonts_are_offered():
    words = fonts.fontconfig_file().read_text()
    assert words.count("<dir>") == 2
    assert "/usr/share/fonts" not in words
