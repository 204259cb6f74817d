"""One box finds a matter by what people remember, in Chinese or by the first letters, and only what one may see."""

import pytest
from django.test import Client

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.search import SearchWords, found_by, pieces
from tests.county import person

FOUND = (
    "洗煤点",
    "黑岭洗选",
    "后窑湾村东",
    "排污许可证 黑岭",
    "xmd",
    "hlxx",
    "hywcd",
    "HLXX",
    "阳方口",
    "煤",
)
NOT_FOUND = ("洗煤厂", "黑岭 凤凰", "xmc", "岭黑", "zzzz", "%", "_", "\\")


@pytest.fixture
def case(story) -> Matter:
    return story.case()


def found(typed: str) -> list[int]:
    return list(Matter.objects.filter(found_by(typed)).values_list("pk", flat=True))


@pytest.mark.parametrize("typed", FOUND)
def test_by_a_part_of_any_word_or_its_first_letters(case, typed):
    assert found(typed) == [case.pk]


@pytest.mark.parametrize("typed", NOT_FOUND)
def test_only_if_every_word_stands_there(case, typed):
    assert found(typed) == []


def test_by_number_item_and_a_part_of_the_number(case):
    item = Item.objects.get(pk=case.item_id)
    for typed in (case.number, case.number[1:], case.number[-4:], item.title[:6]):
        assert found(typed) == [case.pk]


def test_a_step_that_changes_the_words_changes_what_is_found(story):
    item = Item.objects.get(number=story.item)
    case = story.case(item=None, title="洗煤点夜间作业")
    assert found(item.title[:8]) == []
    story.take(case, "choose_item", story.officer, item=item, words="核对清单后确定")
    assert found(item.title[:8]) == [case.pk]


def test_every_matter_has_its_row(story):
    referral = story.accepted()
    assert {*Matter.objects.values_list("pk", flat=True)} == {*SearchWords.objects.values_list("pk", flat=True)}
    assert found(referral.number) == [referral.pk]


def test_pieces_are_cut_within_runs():
    assert {*pieces("宁武 a1b，县")} == {"宁", "武", "宁武", "a1", "1b", "a1b", "县"}


def test_the_page_shows_what_one_may_see_and_narrows_it(story):
    referral = story.sent()
    mine, other = Client(), Client()
    mine.force_login(person(story.officer), backend="django.contrib.auth.backends.ModelBackend")
    other.force_login(person("zhujian.officer1"), backend="django.contrib.auth.backends.ModelBackend")
    assert referral.number in mine.get("/search/?q=hlxx").content.decode()
    assert referral.number not in other.get("/search/?q=hlxx").content.decode()
    assert referral.number not in mine.get("/search/?q=hlxx&kind=cases").content.decode()
    assert referral.number in mine.get("/search/?kind=referrals").content.decode()
    assert "想找哪一件" in mine.get("/search/").content.decode()


def test_what_is_found_is_exported_as_it_stands(story):
    story.sent()
    client = Client()
    client.force_login(person(story.officer), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/search/?q=hlxx&export=xlsx")
    assert answer["Content-Type"].endswith("sheet")
    assert len(answer.content) > 1000
