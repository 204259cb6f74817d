"""The English of the product: complete, well formed, and on every screen."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from coordination.kernel.now import now, travel_to
from coordination.kernel.sweep import sweep
from coordination.local import extract
from coordination.local.paths import ROOT
from tests.county import Story, organ, person
from tests.english_pages import CHINESE, Browser, catalogue, county_data, foreign_words, read_matter, sources

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]")
QUOTED = re.compile(r"“[^”]*”")
#: A language is named in itself.
OWN_NAMES = {"简体中文"}
TROUBLE = ("403_csrf.html", "500.html", "503.html", "too_old.html", "registration/locked.html")
#: Who sends, who approves, who receives, who watches over the county.
READERS = ("yangfangkou.officer1", "yangfangkou.approver", "shengtai.officer1", "sifa.supervisor1")


def texts(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def messages() -> list:
    return [message for message in catalogue() if message.id]


def names(found) -> set:
    return {(message.context, message.id) for message in found if message.id}


def test_the_catalogue_holds_the_strings_of_the_sources_and_no_others():
    found = names(extract.collect())
    assert names(messages()) == found, "run `make messages`"


def test_every_string_has_an_english_text():
    assert [message.id for message in messages() if not all(texts(message)) or message.fuzzy] == []


def test_placeholders_are_the_same_on_both_sides():
    different = [
        (message.id, text)
        for message in messages()
        for text in texts(message)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(sources(message)[0]))
    ]
    assert different == []


def test_what_is_counted_has_a_singular_and_a_plural():
    assert catalogue().num_plurals == 2
    counted = [message for message in messages() if isinstance(message.id, tuple)]
    assert counted
    assert [message.id for message in counted if len(texts(message)) != 2 or len(set(texts(message))) != 2] == []


def test_english_texts_hold_chinese_only_as_a_name_in_quotes():
    mixed = [text for message in messages() for text in texts(message) if CHINESE.search(QUOTED.sub("", text))]
    assert set(mixed) == OWN_NAMES


def test_english_texts_have_no_exclamation_marks():
    assert [text for message in messages() for text in texts(message) if "!" in text] == []


def test_pages_for_everyone_are_english(ningwu):
    stranger = Browser()
    for name in ("login", "verify"):
        stranger.open(reverse(name))
    stranger.send("/login/", 200, username="nobody", password="nothing")
    stranger.open("/verify/", 200, code="ABCD-EFGH-JKLM")
    stranger.open("/no-such-page/", 404)
    assert stranger.left == {}


@pytest.mark.parametrize("template", TROUBLE)
def test_pages_of_trouble_are_english(ningwu, template):
    with translation.override("en"):
        page = render_to_string(template, {"number": "7f3a", "until": "11-24 22:00"})
    assert foreign_words(page, county_data()) == []


@pytest.mark.parametrize("login", READERS)
def test_the_county_is_english_to_its_reader(story: Story, login):
    story.sent()
    reader = Browser(person(login))
    for address in ("/", "/cases/", "/referrals/", "/notices/", "/account/", "/search/", "/directory/", "/calculator/"):
        reader.open(address)
    reader.open("/?tab=mine")
    reader.open("/cases/", urgency="urgent", q="洗煤")
    reader.open("/search/", q="洗煤")
    assert reader.left == {}


def test_the_catalogue_and_the_directory_are_english(ningwu):
    reader = Browser(person("yangfangkou.officer1"))
    reader.open("/catalogue/")
    reader.open("/catalogue/", place=organ("yangfangkou").pk, q="53")
    for number in (1, 10, 53):
        reader.open(f"/catalogue/ningwu/{number}/")
        reader.open(f"/catalogue/ningwu/{number}/", place=organ("yangfangkou").pk)
    for key in ("ningwu.yangfangkou", "ningwu.shengtai", "ningwu.sifa"):
        reader.open(f"/directory/{key}/")
    assert reader.left == {}


def test_the_calculator_answers_in_english(ningwu):
    reader = Browser(person("yangfangkou.officer1"))
    for asked in (
        {"within": "3 working days", "start": "2026-09-30T17:00"},
        {"within": "24 hours", "start": "2026-09-30T17:00", "pause": "2026-09-30 18:00..2026-09-30 20:00"},
        {"within": "same day", "start": "2026-10-01T17:00"},
        {"county": "ningwu", "limit": "referrals.send", "start": "2026-09-30T17:00", "urgency": "normal"},
        {"county": "ningwu", "limit": "referrals.send", "start": "2026-09-30T17:00", "urgency": "urgent"},
        {"county": "ningwu", "limit": "cases.decide", "start": "2027-09-30T17:00"},
    ):
        reader.open("/calculator/", **asked)
    start = {"start": "2026-09-30T17:00"}
    for asked in ({"within": "sometime"}, {"county": "nowhere"}, {"within": "3 days", "pause": "yesterday"}, {}):
        reader.open("/calculator/", 400, **start, **asked)
    assert reader.left == {}


def test_a_case_is_english_at_every_stage(story: Story):
    reader = Browser(person(story.officer))
    case = story.case(urgency="major", category="environment", ongoing=True)
    read_matter(reader, case)
    reader.send(f"/m/{case.number}/file_case/", 422)
    reader.open("/cases/new/")
    case = story.found_other(case)
    story.evidence(case)
    read_matter(reader, case)
    reader.open("/referrals/new/", **{"from": case.number})
    assert reader.left == {}


def test_a_referral_is_english_at_every_stage(story: Story):
    sender, approver, receiver = (Browser(person(login)) for login in (story.officer, story.approver, story.receiver))
    referral = story.draft()
    read_matter(sender, referral)
    story.take(referral, "submit", story.officer)
    read_matter(approver, referral)
    referral = story.take(referral, "approve", story.approver, words="同意")
    read_matter(sender, referral)
    referral = story.sent(referral)
    read_matter(receiver, referral)
    read_matter(sender, referral)
    receiver.send(f"/m/{referral.number}/confirm_received/", 422)
    accepted = story.accepted(referral)
    read_matter(receiver, accepted)
    objected = {"finding": "不属于", "legal_basis": "清单", "proposal": "协商"}
    story.take(accepted, "object", story.receiver, **objected)
    read_matter(receiver, accepted)
    read_matter(sender, accepted)
    travel_to(now() + timedelta(days=40))
    sweep()
    read_matter(sender, accepted)
    sender.open("/")
    sender.open("/notices/")
    assert (sender.left, approver.left, receiver.left) == ({}, {}, {})


def test_a_step_of_another_post_is_refused_in_english(story: Story):
    referral = story.sent()
    reader = Browser(person(story.approver))
    reader.open(f"/m/{referral.number}/accept/", 403)
    assert reader.left == {}


def test_labels_of_the_journal_are_told_in_the_readers_language(story: Story):
    referral = story.sent()
    page = Browser(person(story.officer)).open(f"/m/{referral.number}/")
    assert "<b>Send</b>" in page
    assert "Way of service: 平台送达" in page


def test_the_identifiers_of_the_glossary_are_those_of_the_code():
    rows = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row[3])}
    folders = ("coordination", *settings.WORKFLOWS)
    code = "\n".join(path.read_text() for folder in folders for path in (ROOT / folder).rglob("*.py"))
    missing = [name for name in named if not re.search(rf"\b{re.escape(name.rsplit('.', 1)[-1])}\b", code)]
    assert sorted(missing) == []
