"""Every quote of the mechanism files stands in its source, character for character, under the place that is cited.

Ningwu's four systems are cut into chapters, sections and numbered points; the law's articles stand in
tests/rules/sources/law.toml.
"""

import re
import tomllib
from pathlib import Path

import pytest

from coordination.kernel.mechanisms import read_all

SOURCES = Path(__file__).resolve().parents[1] / "sources"
NINGWU = (SOURCES / "ningwu.txt").read_text(encoding="utf-8")
SOURCE = tomllib.loads((SOURCES / "law.toml").read_text(encoding="utf-8"))
LAW = {(one["law"], one["article"]): one["text"] for one in SOURCE["article"]}
EDITIONS = {one["name"]: one for one in SOURCE["law"]}
TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "documents"
CITED = re.compile(r"《(?:中华人民共和国)?([^》{}]+)》(第[一二三四五六七八九十百]+条)")

#: How a basis names a system, and the words with which its text begins and the next one's begins.
SYSTEMS = {
    "案件移送制度": ("县级职能部门与乡镇之间案件移送制度\n深化", "县级职能部门与乡镇之间执法线索\n相互告知工作机制\n"),
    "执法线索相互告知工作机制": ("执法线索\n相互告知工作机制\n", "乡镇综合行政执法县乡执法\n协助工作机制"),
    "县乡执法协助工作机制": ("县乡执法\n协助工作机制", "县级职能部门与乡镇之间执法信息共享工作机制\n"),
    "执法信息共享工作机制": ("执法信息共享工作机制\n", None),
}
PLACE = re.compile(r"(\S+) ([一二三四五六七八九十])(?:（([一二三四五六七八九十]+)）)?(\d)?")


def bare(text):
    """Spaces apart."""
    return re.sub(r"\s", "", text)


def system(name):
    begins, ends = SYSTEMS[name]
    text = NINGWU[NINGWU.index(begins) :]
    return text[: text.index(ends)] if ends else text


def cut(text, heads, wanted):
    """The part of `text` from the line that begins with the wanted head to the next line that begins with any."""
    lines = re.split(r"\n(?=\s*" + heads + ")", text)
    found = [line for line in lines if line.strip().startswith(wanted)]
    assert len(found) == 1, f"{wanted} stands {len(found)} times"
    return found[0]


def passage(basis):
    """The text of the place that a basis cites."""
    name, chapter, section, point = PLACE.fullmatch(basis).groups()
    text = cut(system(name), "[一二三四五六七八九十]、", f"{chapter}、")
    text = cut(text, "（[一二三四五六七八九十]+）", f"（{section}）") if section else text
    return cut(text, r"\d\.", f"{point}.") if point else text


def clauses(mechanism):
    """Every (basis, quote) of a file, with where it stands."""
    found = []
    for limit in mechanism.limits.values():
        found += [(limit.key, branch.clause) for branch in limit.branches]
        found += [(limit.key, rung.clause) for rung in limit.rungs]
    found += [(name, rung.clause) for name, ladder in mechanism.ladders.items() for rung in ladder]
    found += [(key, rule.clause) for key, rule in mechanism.options.items()]
    found += [(rung.act, rung.clause) for rung in mechanism.disputes]
    found += [(rung.act, rung.direct) for rung in mechanism.disputes if rung.direct]
    found += [(clash.id, clause) for clash in mechanism.clashes for _value, clause in clash.sides]
    pairs = [(where, clause.basis, clause.quote) for where, clause in found if clause.quote]
    return pairs + [(where, basis, quote) for where, clause in found for basis, quote in clause.also]


@pytest.mark.parametrize(("where", "basis", "quote"), clauses(read_all()["ningwu"]))
def test_a_quote_of_ningwu_stands_where_it_is_cited(where, basis, quote):
    assert bare(quote) in bare(passage(basis))


@pytest.mark.parametrize(("where", "basis", "quote"), clauses(read_all()["national"]))
def test_a_quote_of_the_law_stands_in_its_article(where, basis, quote):
    law, article = basis.split(" ")
    assert quote in LAW[law, article]


def test_every_law_says_its_edition_and_with_what_it_was_compared():
    laws = read_all()["national"].laws
    quoted = {basis.split(" ")[0] for _where, basis, _quote in clauses(read_all()["national"])}
    assert quoted == set(laws)
    for name, law in laws.items():
        assert law.edition == EDITIONS[name]["edition"]
        assert law.checked == bool(EDITIONS[name].get("compared"))
    assert {law for law, _article in LAW} == set(EDITIONS)


def test_every_article_that_a_printed_paper_cites_stands_in_the_source():
    cited = {found for path in TEMPLATES.rglob("*.html") for found in CITED.findall(path.read_text(encoding="utf-8"))}
    assert ("行政处罚法", "第二十六条") in cited
    assert cited <= set(LAW)


def test_what_is_not_quoted_says_that_it_is_local():
    for mechanism in read_all().values():
        for limit in mechanism.limits.values():
            assert all(branch.clause.quote or branch.clause.nature == "local" for branch in limit.branches), limit.key


def test_the_reader_of_the_source_finds_a_place_and_not_its_neighbour():
    assert "24小时内" in passage("案件移送制度 二（一）")
    assert "劝阻" not in passage("案件移送制度 二（一）")
    assert bare(passage("县乡执法协助工作机制 三（一）4")).startswith("4.案件移送应当以县级职能部门")
