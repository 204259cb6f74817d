"""Who is competent for an item in a township on a day, and what the catalogue refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from coordination.kernel.catalogue import (
    Entrustment,
    Holding,
    Item,
    Mode,
    competent,
    competent_all,
    expiring_entrustments,
    held_items,
    holds,
    search_items,
)
from coordination.kernel.organs import County, Organ

pytestmark = pytest.mark.django_db

DECISION = {"decision_number": "演示赋权决定〔2021〕1号", "decision_date": date(2021, 8, 20)}
DEVOLVED_ON = date(2021, 9, 1)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def county() -> County:
    return County.objects.create(code="shiyan", name="试验县", mechanism="ningwu")


def make_organ(county: County, key: str, kind: str, name: str) -> Organ:
    organ = Organ(county=county, key=f"shiyan.{key}", kind=kind, name=name, short_name=name)
    organ.clean()
    organ.save()
    return organ


@pytest.fixture
def department(county) -> Organ:
    return make_organ(county, "linye", Organ.Kind.DEPARTMENT, "宁武县林业局")


@pytest.fixture
def township(county) -> Organ:
    return make_organ(county, "censhan", Organ.Kind.TOWNSHIP, "涔山乡人民政府")


@pytest.fixture
def other_township(county) -> Organ:
    return make_organ(county, "dongzhai", Organ.Kind.TOWNSHIP, "东寨镇人民政府")


@pytest.fixture
def item(county, department) -> Item:
    return Item.objects.create(**item_facts(county, department, 37, "毁林开垦、采石、采砂、采土"))


def item_facts(county: County, guide: Organ, number: int, title: str) -> dict:
    law = {"law": "中华人民共和国森林法", "article": "第三十九条第一款"}
    penalty = {"penalty_law": "中华人民共和国森林法", "penalty_article": "第七十四条第一款"}
    item = Item(
        county=county,
        number=number,
        code=f"140925{number:03d}",
        title=title,
        conduct=title,
        field="林业草原",
        guide=guide,
        since=DEVOLVED_ON,
        law_version="2019年修订",
        **law,
        **penalty,
    ).index()
    return {field.name: getattr(item, field.name) for field in Item._meta.concrete_fields if field.name != "id"}


def devolve(item: Item, to: Organ, **span) -> Holding:
    facts = {"since": DEVOLVED_ON, "devolved_from": item.guide, **DECISION, **span}
    return Holding.objects.create(item=item, holder=to, place=to, mode=Mode.DEVOLVED, **facts)


def entrust(item: Item, to: Organ, signed: bool = True, **facts) -> Entrustment:
    """A letter that is signed, published and in term unless `facts` say otherwise."""
    words = dict.fromkeys(("scope", "powers", "basis", "responsibility"), "演示")
    span = {"since": date(2026, 1, 1), "until": date(2026, 12, 31), "published_at": date(2026, 1, 5)}
    letter = Entrustment(number="试验委托〔2026〕1号", from_organ=item.guide, to_organ=to, **words, **(span | facts))
    if signed:
        letter.letter.save("letter.pdf", ContentFile(b"%PDF-1.7"), save=False)
    letter.save()
    Holding.objects.create(
        item=item,
        holder=to,
        place=to,
        mode=Mode.ENTRUSTED,
        since=letter.since,
        until=letter.until,
        devolved_from=item.guide,
        entrustment=letter,
    )
    return letter


@pytest.mark.rules("NW-1.3", "NW-3.3")
def test_a_devolved_item_is_the_townships_own_from_its_date(item, township):
    holding = devolve(item, township)
    found = competent(item, township, TODAY)
    assert (found.organ, found.mode, found.holding) == (township, Mode.DEVOLVED, holding)
    assert found.reason == (
        "第37项「毁林开垦、采石、采砂、采土」：已列入涔山乡人民政府行政处罚事项清单，自2021-09-01起由其行使"
        "（演示赋权决定〔2021〕1号）。"
    )


@pytest.mark.rules("NW-1.3")
def test_before_its_date_a_devolution_changes_nothing_and_the_reason_names_the_date(item, department, township):
    devolve(item, township, since=date(2027, 1, 1))
    found = competent(item, township, date(2026, 12, 31))
    assert found.organ == department
    assert "自2027-01-01起才赋权涔山乡人民政府" in found.reason
    assert competent(item, township, date(2027, 1, 1)).organ == township


@pytest.mark.rules("NW-1.3", "NW-3.1")
def test_what_one_township_holds_stays_with_the_department_elsewhere(item, department, township, other_township):
    devolve(item, township)
    found = competent(item, other_township, TODAY)
    assert found.organ == department
    assert "未下放" in found.reason


@pytest.mark.rules("NW-3.11")
def test_a_withdrawn_item_goes_back_to_the_department_the_day_after(item, department, township):
    devolve(item, township, until=date(2025, 12, 31))
    assert competent(item, township, date(2025, 12, 31)).organ == township
    found = competent(item, township, date(2026, 1, 1))
    assert found.organ == department
    assert "已于2025-12-31终止" in found.reason


@pytest.mark.rules("NW-3.7", "LAW-2")
def test_an_entrusted_item_is_done_by_the_township_in_the_departments_name(item, department, township):
    entrust(item, township)
    found = competent(item, township, TODAY)
    assert (found.organ, found.executor, found.mode) == (department, township, Mode.ENTRUSTED)
    assert "以宁武县林业局的名义作出决定" in found.reason
    assert holds(township, item, TODAY, township)


@pytest.mark.rules("NW-3.7", "LAW-2")
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"signed": False}, "委托书未签订或者未存档"),
        ({"published_at": None}, "委托书尚未公布"),
        ({"published_at": date(2026, 12, 1)}, "委托书尚未公布"),
    ],
)
def test_without_a_signed_and_published_letter_nothing_is_entrusted(item, department, township, fault, words):
    entrust(item, township, **fault)
    found = competent(item, township, TODAY)
    assert (found.organ, found.executor) == (department, department)
    assert words in found.reason
    assert not holds(township, item, TODAY)
    assert item not in held_items(township, TODAY)


@pytest.mark.rules("NW-3.8")
def test_an_entrustment_that_ends_within_thirty_days_is_watched(item, township):
    letter = entrust(item, township, until=date(2026, 12, 14))
    watched = [letter in expiring_entrustments(date(2026, *day)) for day in ((11, 13), (11, 14), (12, 14), (12, 15))]
    assert watched == [False, True, True, False]


@pytest.mark.rules("NW-3.8", "LAW-2")
def test_an_entrustment_without_a_term_is_refused(item, department, township):
    letter = Entrustment(number="试验委托〔2026〕9号", from_organ=department, to_organ=township)
    with pytest.raises(ValidationError) as refused:
        letter.full_clean()
    assert {"scope", "powers", "basis", "responsibility", "since", "until"} <= set(refused.value.message_dict)


@pytest.mark.rules("NW-3.6")
def test_where_a_township_only_assists_the_department_is_the_subject(item, department, township):
    facts = {"since": DEVOLVED_ON, "devolved_from": department}
    Holding.objects.create(item=item, holder=township, place=township, mode=Mode.ASSISTING, **facts)
    found = competent(item, township, TODAY)
    assert found.organ == department
    assert "涔山乡人民政府综合行政执法队协助" in found.reason
    assert not holds(township, item, TODAY)


@pytest.mark.rules("NW-3.2", "NW-3.4")
def test_an_organ_files_only_on_what_it_holds_where_it_holds_it(item, department, township, other_township):
    devolve(item, township)
    assert holds(township, item, TODAY)
    assert holds(township, item, TODAY, township)
    assert not holds(other_township, item, TODAY)
    assert not holds(department, item, TODAY, township)
    assert holds(department, item, TODAY, other_township)
    assert not holds(township, item, date(2021, 8, 31))


def test_what_the_law_itself_gives_to_townships_needs_no_decision(item, township):
    Holding.objects.create(item=item, holder=township, place=township, mode=Mode.STATUTORY, since=DEVOLVED_ON)
    found = competent(item, township, TODAY)
    assert found.organ == township
    assert "《中华人民共和国森林法》第七十四条第一款直接规定" in found.reason


def test_a_holding_for_the_whole_county_gives_way_to_one_for_the_township(item, department, township, other_township):
    Holding.objects.create(item=item, holder=department, mode=Mode.RETAINED, since=DEVOLVED_ON)
    devolve(item, township)
    assert competent(item, township, TODAY).organ == township
    assert competent(item, other_township, TODAY).mode == Mode.RETAINED


def test_an_item_that_left_the_catalogue_goes_to_its_department_with_a_word(item, department, township):
    devolve(item, township)
    Item.objects.filter(pk=item.pk).update(until=date(2026, 6, 30))
    item.refresh_from_db()
    assert competent(item, township, date(2026, 6, 30)).organ == township
    found = competent(item, township, TODAY)
    assert found.organ == department
    assert "不在目录内" in found.reason


@pytest.mark.rules("LX-1.3")
def test_a_decision_that_stays_with_the_county_is_said_beside_the_competent_organ(item, township):
    item.stays_with_county = True
    devolve(item, township)
    assert competent(item, township, TODAY).reason.endswith("；处罚决定仍由县级作出。")


@pytest.mark.rules("LAW-1")
def test_devolution_without_the_provincial_decision_is_refused(item, township):
    holding = Holding(item=item, holder=township, place=township, mode=Mode.DEVOLVED, since=DEVOLVED_ON)
    with pytest.raises(ValidationError, match="省级赋权决定的文号和日期"):
        holding.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        holding.save()


def test_overlapping_holders_are_refused_in_words_that_name_the_other(item, township):
    devolve(item, township, until=date(2026, 12, 31))
    second = Holding(item=item, holder=township, place=township, mode=Mode.ASSISTING, since=date(2026, 12, 31))
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert "第37项在该区域已由涔山乡人民政府以赋权方式承担（2021-09-01至2026-12-31）" in str(refused.value)
    second.since = date(2027, 1, 1)
    second.full_clean()


@pytest.mark.parametrize("place", ["township", None])
def test_the_database_refuses_overlapping_holders_too(item, department, township, place):
    where = township if place else None
    facts = {"item": item, "holder": department, "place": where, "mode": Mode.RETAINED}
    Holding.objects.create(**facts, since=DEVOLVED_ON)
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        Holding.objects.create(**facts, since=date(2025, 1, 1))


def test_an_entrusted_holding_needs_its_letter(item, township):
    holding = Holding(item=item, holder=township, place=township, mode=Mode.ENTRUSTED, since=DEVOLVED_ON)
    with pytest.raises(ValidationError, match="委托事项须选定行政执法委托书"):
        holding.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        holding.save()


def test_competence_costs_at_most_two_queries_and_a_page_of_items_one(
    item, county, department, township, django_assert_max_num_queries
):
    devolve(item, township)
    Item.objects.create(**item_facts(county, department, 38, "非法开垦草原"))
    bare = Item.objects.get(pk=item.pk)
    with django_assert_max_num_queries(2):
        competent(bare, township, TODAY)
    with django_assert_max_num_queries(2):
        holds(township, bare, TODAY)
    loaded = list(Item.objects.filter(county=county).select_related("guide"))
    with django_assert_max_num_queries(1):
        assert len(competent_all(loaded, township, TODAY)) == 2


@pytest.mark.parametrize("typed", ["37", "第37项", "毁林 采石", "huilinkaiken", "hlkk", "140925037", "森林法"])
def test_an_item_is_found_by_number_words_pinyin_initials_code_or_law(item, county, department, typed):
    Item.objects.create(**item_facts(county, department, 52, "非法开垦草原") | {"law": "中华人民共和国草原法"})
    assert list(search_items(Item.objects.filter(county=county), typed)) == [item]
