"""docs/tale.md and docs/tale.zh-CN.md tell what the tale does: each moment, each limit with its clause, each paper."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from coordination.demo.tales import crossing
from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.journal import Entry
from coordination.kernel.now import CST

PAGES = ("docs/tale.md", "docs/tale.zh-CN.md")
ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d \d\d:\d\d) \| (.+?) \| (.+?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
LIMIT = re.compile(r"(\d{4}-\d\d-\d\d) 24:00 .+?[（(](.+)[）)]$")
LOCAL, SOFT = ("local", "本地"), (": promptly, local target", "：及时，本地目标")
ORGANS = {
    "Water bureau": "县水利局",
    "Yangfangkou": "阳方口镇",
    "Xuejiawa": "薛家洼乡",
    "Justice bureau": "县司法局",
    "County government": "县政府",
}


def minute(moment) -> str:
    return f"{moment.astimezone(CST):%Y-%m-%d %H:%M}"


def last_day(clock: Clock) -> str:
    """The exclusive end of a duty, as its last day."""
    return f"{(clock.due_at - clock.due_at.resolution).astimezone(CST):%Y-%m-%d}"


def clause(clock: Clock) -> tuple[str, str]:
    """What it rests on, and whether the date itself is the law's or the county's own."""
    if clock.basis.startswith("本地"):
        return "", "local"
    return clock.basis, "local" if clock.nature == "local" else "law"


def told_clause(words: str) -> tuple[str, str]:
    if words in LOCAL:
        return "", "local"
    soft = next((end for end in SOFT if words.endswith(end)), "")
    return words.removesuffix(soft), "local" if soft else "law"


@pytest.fixture
def happened(telling):
    telling.through(crossing.told_back)
    entries = Entry.objects.filter(actor__isnull=False).select_related("organ").order_by("pk")
    clocks = Clock.objects.filter(due_at__isnull=False).select_related("started_by")
    papers = IssuedDocument.objects.select_related("entry")
    return {
        "people": {minute(one.at): one.organ.short_name for one in reversed(entries)},
        "limits": {(minute(one.started_by.at), last_day(one), *clause(one)) for one in clocks},
        "papers": {(minute(one.entry.at), one.number) for one in papers},
    }


@pytest.mark.rules("NW-1.1", "NW-4.22")
def test_both_pages_tell_every_moment_every_limit_and_every_paper_of_the_tale(happened):
    for name in PAGES:
        rows = ROW.findall((Path(settings.BASE_DIR) / name).read_text(encoding="utf-8"))
        people = {moment: ORGANS.get(who, who) for moment, who, *_rest in rows}
        limits = [
            (moment, *LIMIT.search(one).groups())
            for moment, _w, _d, cell, _p in rows
            for one in cell.split("<br>")
            if one
        ]
        papers = {(moment, one.split(" ")[-1]) for moment, *_rest, cell in rows for one in cell.split("<br>") if one}
        assert people == happened["people"], name
        assert {(moment, day, *told_clause(words)) for moment, day, words in limits} == happened["limits"], name
        assert papers == happened["papers"], name


def test_the_pictures_of_the_pages_are_there_and_small():
    for name in PAGES:
        words = (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")
        pictures = re.findall(r"\]\((pictures/tale-[a-z]+\.png)\)", words)
        assert len(pictures) == 4
        for one in pictures:
            assert (Path(settings.BASE_DIR) / "docs" / one).stat().st_size < 150_000, one


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_leads_to_it(readme):
    assert "docs/tale" in (Path(settings.BASE_DIR) / readme).read_text(encoding="utf-8")
