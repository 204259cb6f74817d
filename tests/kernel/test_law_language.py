"""What is written for good is written in the language of the law, whatever language its writer reads."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from coordination.kernel.journal import Entry, EntryWords, erase_words
from coordination.kernel.materials import Material, Tick, check_materials, withdraw
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import perform
from coordination.kernel.sweep import sweep
from coordination.kernel.words import Refusal
from referrals.models import Referral
from tests.county import Story, person, picture

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Names of files and their digests have no language.
NEUTRAL = {"SHA-256"}


@pytest.fixture
def an_english_reader():
    with translation.override("en"):
        yield


def labels() -> list[str]:
    """Every label and signature in the journal."""
    words = [one.words for one in EntryWords.objects.all()]
    told = [label for one in words for label, _text in one["facts"]]
    return [text for one in words for text in (one["label"], one["who"])] + told


@pytest.mark.usefixtures("an_english_reader")
def test_the_journal_of_an_english_reader_is_chinese(story: Story):
    story.accepted()
    assert [label for label in labels() if not CHINESE.search(label) and label not in NEUTRAL] == []
    sent = Entry.objects.get(step="send").words
    assert sent["label"] == "移送"
    assert ["送达方式", "平台送达"] in sent["facts"]
    assert "执法人员" in sent["who"]
    drafted = dict(Entry.objects.get(step="draft").words["facts"])
    assert drafted["涉案物品"] == "无涉案物品"


@pytest.mark.usefixtures("an_english_reader")
def test_notices_of_an_english_reader_are_chinese(story: Story):
    referral = story.sent()
    titles = Notice.objects.filter(matter=referral).values_list("title", flat=True)
    assert any("：移送——" in title for title in titles)
    assert not [title for title in titles if re.search(r"[A-Za-z]{3}", title)]


@pytest.mark.usefixtures("an_english_reader")
def test_what_the_catalogue_says_goes_onto_the_letter_in_chinese(story: Story):
    case = story.found_other(story.case())
    basis = Referral.first_initial(case, now())["jurisdiction_basis"]
    assert basis.startswith("第53项")
    assert Referral.hints(case, now())[0].startswith("Item 53")


@pytest.mark.usefixtures("an_english_reader")
def test_materials_are_added_ticked_and_withdrawn_in_chinese(story: Story):
    case = story.case()
    post = next(p for p in posts_of(person(story.officer)) if p.role == "officer")
    actor = Actor(person(story.officer), post)
    first, second = story.evidence(case)
    check_materials(case, [Tick(first.pk, "different", "缺第二页")], actor=actor, moment=now())
    withdraw(second, reason="误传", actor=actor, moment=now())
    facts = [dict(entry.words["facts"]) for entry in Entry.objects.filter(matter=case).order_by("seq")][1:]
    assert facts[0]["类别"] == "案源材料"
    assert facts[2] == {"现场检查记录": "不符：缺第二页"}
    assert facts[3]["理由"] == "误传"
    assert Entry.objects.get(step="withdraw_material").words["label"] == "撤回材料"


def test_a_scan_uploaded_with_a_step_gets_a_chinese_title(story: Story):
    referral = story.sent()
    browser = Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    browser.force_login(person(story.officer))
    officers = [person(story.officer).pk, person(story.second).pk]
    sealed = {"officers": officers, "sealed_scan_upload": picture()}
    answer = browser.post(f"/m/{referral.number}/confirm_sent/", sealed)
    assert answer.status_code == 302, answer.text
    assert Material.objects.filter(matter=referral, title="签字盖章的交接单扫描件").exists()


@pytest.mark.usefixtures("an_english_reader")
def test_a_deletion_of_words_is_recorded_in_chinese(story: Story):
    case = story.case()
    actor = Actor(person(story.officer), posts_of(person(story.officer))[0])
    erased = erase_words(Entry.objects.get(matter=case), reason="依法删除", actor=actor, moment=now())
    assert erased.words["label"] == "删除可读内容"


@pytest.mark.usefixtures("an_english_reader")
def test_rungs_that_fire_in_an_english_process_are_recorded_in_chinese(story: Story):
    referral = story.sent()
    travel_to(now() + timedelta(days=30))
    sweep()
    rungs = Entry.objects.filter(matter=referral, step__startswith="rung.")
    assert {entry.words["who"] for entry in rungs} == {"系统"}
    assert {entry.words["label"] for entry in rungs} <= {"临期提醒", "超期提醒", "督促办理", "报告政府"}
    assert all(CHINESE.match(title) for title in Notice.objects.values_list("title", flat=True))


@pytest.mark.usefixtures("an_english_reader")
def test_a_refusal_is_said_in_the_readers_language(story: Story):
    case = story.case()
    with pytest.raises(Refusal, match="The stage is “Lead”"):
        perform(case, "archive", person(story.officer))
