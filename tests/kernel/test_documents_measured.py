"""Every declared document, printed with specimen words and measured against GB/T 9704-2012, to half a millimetre."""

from io import BytesIO

import pdfplumber
import pytest
from django.template import engines
from pypdf import PdfWriter

from coordination.kernel import fonts, pdf
from coordination.kernel.documents import Style, registry
from coordination.kernel.documents.declared import joined
from coordination.kernel.pdf import render
from tests.kernel import papers
from tests.kernel.archival import faults
from tests.kernel.measures import BODY, departures, read
from tests.kernel.specimens import PROOF, specimen

RARE = "祎堃𬭚𠮷"
MINUTES = (
    '{% extends "documents/base_minutes.html" %}{% block title %}协商会议纪要{% endblock %}'
    "{% block body %}{% for each in rows %}<p>该案由阳方口镇人民政府管辖，李堃参加。</p>{% endfor %}{% endblock %}"
)
ATTENDING = ["宁武县司法局 刘伟", "阳方口镇人民政府 王芳、李堃", "宁武县住房和城乡建设局 张明、赵红"]


def letter(**more) -> bytes:
    document = registry()["acceptance_reply"]
    return render(document.words({**papers.CONTEXT, **PROOF, **more}))


@pytest.mark.parametrize("key", registry())
def test_a_document_stands_on_the_paper_where_the_standard_puts_it(key):
    document = registry()[key]
    content = render(specimen(document))
    assert departures(content, document.style) == []
    assert faults(content) == [], "PDF/A-3u"


def test_the_structure_of_a_file_that_is_not_archival_is_told(monkeypatch):
    content, locked = letter(), BytesIO()
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.encrypt("")
    writer.write(locked)
    monkeypatch.setattr(pdf, "VARIANT", "pdf/a-1b")
    assert "encrypted" in faults(locked.getvalue())
    assert "XMP: not part 3" in faults(letter())
    assert any("header" in each for each in faults(content.replace(b"%PDF-1.7", b"%PDF-2.0")))


@pytest.mark.parametrize("rows", range(1, 24, 2))
def test_minutes_stand_on_the_paper_where_the_standard_puts_them_and_bear_no_seal(rows):
    words = engines["django"].from_string(MINUTES)
    told = {"document": papers.Thing(title="会议纪要"), "rows": range(rows), "attending": ATTENDING}
    content = render(joined(words.render({**papers.CONTEXT, **PROOF, **told})))
    assert departures(content, Style.MINUTES) == []
    last = read(content)[-1]
    assert any("出席" in row.text for row in last.rows), "who attended and the imprint stand on one page"
    assert sum("2026年10月9日" in row.text for page in read(content) for row in page.rows) == 2


@pytest.mark.parametrize("lines", range(1, 26))
def test_a_signature_is_never_alone_on_its_page_however_long_the_body(lines):
    content = letter(answer_words="核查情况如下。\n" * lines, supplements="", contact_name="", contact_phone="")
    assert departures(content, Style.LETTER) == []
    body = read(content)[-1].body()
    place = next(place for place, row in enumerate(body) if row.text == papers.BUREAU.name)
    assert place >= 1, "some text stands above the organ on the last page"


def test_rare_characters_of_names_are_printed_as_glyphs_and_push_no_line_off_its_place():
    names = sorted(set(RARE) - fonts.missing_glyphs(RARE))
    content = letter(answer_words=f"承办人{''.join(names)}。\n" * 20)
    assert departures(content, Style.LETTER) == []
    with pdfplumber.open(BytesIO(content)) as document:
        printed = "".join(page.extract_text() for page in document.pages)
    assert set(names) <= set(printed)
    assert set(names) >= set("祎堃𬭚")


def test_the_digits_of_a_letter_are_of_its_own_face():
    with pdfplumber.open(BytesIO(letter())) as document:
        body = [char for char in document.pages[0].chars if BODY[0] < char["size"] < BODY[1]]
    face = "Fandol" if any(path.name == fonts.FACE_OF_LETTERS for path in fonts.font_files()) else "Noto"
    digits = {char["fontname"].split("+")[-1] for char in body if char["text"].isdigit()}
    assert len(digits) == 1
    assert digits.pop().startswith(face)


def test_no_blank_is_left_where_a_line_of_a_template_ends_inside_a_sentence():
    rows = "".join(row.text for page in read(letter()) for row in page.rows)
    assert "收到。经审查" in rows
    assert joined("<p>甲\n  乙\nC</p>\n<p>") == "<p>甲乙\nC</p>\n<p>"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("margin: calc(-7mm - .112em)|margin: calc(-5mm - .112em)", "upper edge of the mark"),
        ("width: 170mm|width: 160mm", "width of a rule"),
        (
            ".75mm solid var(--red); border-bottom: .25mm|.25mm solid var(--red); border-bottom: .75mm",
            "thick over thin",
        ),
        ("margin: 37mm 26mm 35mm 28mm|margin: 37mm 26mm 35mm 20mm", "left of the text area"),
        ("--line: 10.227mm|--line: 11mm", "page 2, line"),
        (".number { margin-top: 4.86mm|.number { margin-top: 8mm", "number under the rule"),
        ("text-align: right }|text-align: left }", "number at the right edge"),
        ("@page :first { @bottom-right { content: none } }|", "page 1 bears its number"),
        ("2026年10月9日<!--|2026年10月09日<!--", "leading zero"),
    ],
)
def test_the_measure_finds_what_departs(damage, said):
    document, (before, after) = registry()["transfer_letter"], damage.split("|")
    words = document.words({**papers.CONTEXT, **PROOF})
    assert before in words
    found = departures(render(words.replace(before, after)), Style.LETTER)
    assert any(said in each for each in found), found
