"""One box finds a matter by what people remember, in Chinese or by the first letters, and only what one may see."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User
from coordination.kernel.search import SearchWords, fill, found_by, newest, pieces, within_reach
from tests.county import organ, person

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
    "黑岭 ，洗煤点",
    "黑岭 ， 洗煤点",
)
NOT_FOUND = ("洗煤厂", "黑岭 凤凰", "xmc", "岭黑", "zzzz", "%", "_", "\\", "-", "（）")


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


def test_letters_and_digits_of_full_width_find_the_same(case):
    wide = case.number.translate({ord(digit): 0xFEE0 + ord(digit) for digit in "0123456789"})
    assert wide != case.number
    assert found(wide) == [case.pk]
    assert newest(Matter.objects.all, 5, wide) == [(case.pk, "cases")]


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


def narrowed(user, typed: str = "", kind: str = "") -> set[int]:
    """What a search finds, without a look at who may see it."""
    wanted = found_by(typed) & within_reach(user, kind)
    return {*Matter.objects.filter(wanted).values_list("pk", flat=True)}


def everybody() -> list[User]:
    return list(User.objects.filter(posts__isnull=False).distinct())


def test_the_reach_of_a_search_holds_all_that_one_may_see(story):
    """After births, after somebody was let in, and after an item was chosen: the marks leave nobody's matter out."""
    story.accepted()
    item = Item.objects.get(number=story.item)
    story.take(story.case(item=None), "choose_item", story.officer, item=item, words="核对清单后确定")
    assert len(everybody()) > 20
    for user in everybody():
        seen = {*Matter.objects.visible_to(user).values_list("pk", flat=True)}
        assert seen <= narrowed(user), user
        for kind in ("cases", "referrals"):
            of_kind = {*Matter.objects.visible_to(user, kind).values_list("pk", flat=True)}
            assert of_kind <= narrowed(user, kind=kind), user


def test_a_search_looks_only_where_its_reader_may_look(story):
    case = story.case()
    assert narrowed(person(story.officer)) == {case.pk}
    assert narrowed(person("dongzhai.officer1")) == set()
    assert narrowed(person("sifa.supervisor1")) == {case.pk}
    assert narrowed(person(story.officer), kind="referrals") == set()


def test_who_is_let_in_later_finds_it_and_so_does_who_guides_the_item_later(story):
    Item.objects.update(guide=organ("shuili"))
    referral = story.approved()
    receiver, guide = person(story.receiver), person("zhujian.officer1")
    assert referral.pk not in narrowed(receiver)
    story.sent(referral)
    assert referral.pk in narrowed(receiver)
    assert referral.pk not in narrowed(guide)
    Item.objects.filter(pk=referral.item_id).update(guide=organ("zhujian"))
    assert referral.pk in narrowed(guide)


def test_the_newest_are_found_first_and_the_old_ones_too(story):
    """Ids a stretch and more apart, as in ten years of a county."""
    cases = []
    for later in (0, 5_000, 40_000, 300_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('kernel_matter_id_seq', nextval('kernel_matter_id_seq') + %s)", [later])
        cases.append(story.case().pk)

    def found(most: int, typed: str = "洗煤", key=None) -> list[int]:
        searched = partial(Matter.objects.filter, found_by(typed, later=True), kind="cases")
        return [pk for pk, _kind in newest(searched, most, typed, key)]

    assert found(10) == cases[::-1]
    for most in range(1, 5):
        assert found(most) == cases[::-1][:most]
    for typed in ("洗煤", "涉嫌", "洗煤 涉嫌", "没有的话", "洗% 煤", "x", "洗煤 x", "200000000000", "。。"):
        plain = Matter.objects.filter(found_by(typed), kind="cases").order_by("-pk").values_list("pk", flat=True)
        assert found(10, typed, "kept") == found(10, typed, "kept") == list(plain), typed
    number = Matter.objects.get(pk=cases[1]).number
    assert found(10, number, "kept") == found(10, f" {number} ") == [cases[1]]
    assert found(10, number[1:], "kept") == [cases[1]], "a long number that is not the whole is found among all"
    assert found(10, f"{number} 洗煤", "kept") == [cases[1]]


def test_the_whole_number_of_a_matter_finds_nothing_else_and_not_for_whom_it_is_hidden_from(story):
    """Another matter that happens to say the same number is not what was asked for."""
    referral = story.approved()
    case = story.case()
    Matter.objects.filter(pk=case.pk).update(title=f"与{referral.number}有关")
    SearchWords.objects.all().delete()
    fill(Matter.objects.select_related("item", "place"))

    def found(typed: str) -> list[int]:
        visible = Matter.objects.visible_to(person(story.officer))
        return [pk for pk, _kind in newest(partial(visible.filter, found_by(typed, later=True)), 10, typed)]

    assert found(referral.number) == [referral.pk]
    assert found(referral.number[1:]) == [case.pk, referral.pk]
    Matter.objects.filter(pk=referral.pk).update(hidden_organ=organ("yangfangkou"))
    assert found(referral.number) == []
    assert found(referral.number[1:]) == [case.pk]
