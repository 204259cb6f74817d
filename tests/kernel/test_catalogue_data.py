"""The demonstration county: its files are whole, its law is cited, its people say that they are invented."""

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from coordination.demo import load_items
from coordination.demo.load import DEMO_PASSWORD, NINGWU, load_county, load_people
from coordination.kernel.catalogue import (
    Entrustment,
    Holding,
    Item,
    Mode,
    competent,
    competent_all,
    expiring_entrustments,
    held_items,
)
from coordination.kernel.organs import Delegation, Organ, Post, Role, User

TODAY = date(2026, 11, 23)
TOWNSHIPS = [
    "凤凰镇",
    "阳方口镇",
    "东寨镇",
    "石家庄镇",
    "薛家洼乡",
    "余庄乡",
    "涔山乡",
    "化北屯乡",
    "西马坊乡",
    "新堡乡",
    "迭台寺乡",
    "圪廖乡",
    "怀道乡",
    "东马坊乡",
]
ARTICLE = re.compile(r"第[一二三四五六七八九十百千零]+条(第[一二三四五六七八九十]+款)?(第[一二三四五六七八九十]+项)?")


def read(name: str) -> dict:
    return tomllib.loads((NINGWU / name).read_text(encoding="utf-8"))


ITEMS = [
    row
    for file in sorted((NINGWU / "items").glob("*.toml"))
    for group in tomllib.loads(file.read_text(encoding="utf-8"))["group"]
    for row in group["item"]
]
SCENARIOS = read("scenarios/referrals.toml")["scenario"]


@pytest.fixture(autouse=True)
def letters(settings, tmp_path, monkeypatch):
    """Letters are written beside the test, and not typeset for it."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(load_items, "render", lambda html: b"%PDF-1.7")


@pytest.fixture
def county(db):
    return load_county()


def test_every_item_names_the_article_it_violates_and_the_article_that_punishes_it():
    laws = read("laws.toml")["law"]
    for row in ITEMS:
        for law, article in (row["violates"], row["punished_by"]):
            assert law in laws, row
            assert all(ARTICLE.fullmatch(part) for part in article.split("、") if "条" in part), row
            assert article.startswith("第"), row
    assert all(law["title"] and law["version"] for law in laws.values())


def test_no_item_stands_twice_and_the_numbers_run_without_a_gap():
    assert [row["number"] for row in ITEMS] == list(range(1, len(ITEMS) + 1))
    assert [title for title, n in Counter(row["title"] for row in ITEMS).items() if n > 1] == []
    assert len(ITEMS) >= 80


def test_no_law_is_listed_that_no_item_cites():
    cited = {law for row in ITEMS for law, _ in (row["violates"], row["punished_by"])}
    assert cited == set(read("laws.toml")["law"])


def test_the_people_say_that_they_are_invented():
    assert "虚构" in read("people.toml")["notice"]
    assert "虚构" in (NINGWU / "scenarios" / "referrals.toml").read_text(encoding="utf-8").splitlines()[0]
    assert "演示" in (NINGWU / "holdings.toml").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.rules("NW-3.54")
def test_the_county_has_its_fourteen_townships_and_the_departments_of_its_items(county):
    assert {o.short_name for o in Organ.objects.filter(kind=Organ.Kind.TOWNSHIP)} == set(TOWNSHIPS)
    assert Organ.objects.filter(kind=Organ.Kind.DEPARTMENT, off_platform=False).count() >= 15
    marks = list(Organ.objects.exclude(mark="").values_list("mark", flat=True))
    assert len(marks) == len(set(marks))
    liaisons = set(Post.objects.filter(role=Role.LIAISON).values_list("organ__key", flat=True))
    acting = [o for o in Organ.objects.all() if o.may_act_in_own_name]
    assert {o.key for o in acting} <= liaisons


def test_the_common_superior_of_a_township_and_the_environment_branch_is_the_city(county):
    branch = Organ.objects.get(key="ningwu.shengtai")
    assert branch.may_act_in_own_name
    assert "第五十三条" in branch.own_name_basis
    assert branch.superior.superior.name == "忻州市人民政府"
    assert Organ.objects.get(key="ningwu.fenghuang").superior.superior == branch.superior.superior
    assert not Organ.objects.get(key="ningwu.ziran-dongzhai").may_act_in_own_name


def test_every_enforcing_organ_has_two_certified_officers_and_someone_in_every_role(county):
    wanted = {
        Role.OFFICER,
        Role.ASSISTANT,
        Role.APPROVER,
        Role.LEADER_IN_CHARGE,
        Role.PRINCIPAL_HEAD,
        Role.LEGAL_REVIEWER,
        Role.LIAISON,
        Role.RESPONSIBLE_PERSON,
        Role.REGISTRY,
    }
    guides = set(Item.objects.values_list("guide", flat=True))
    enforcing = Organ.objects.filter(kind=Organ.Kind.TOWNSHIP) | Organ.objects.filter(pk__in=guides)
    for organ in enforcing:
        posts = list(Post.objects.filter(organ=organ).select_related("user"))
        officers = [p.user for p in posts if p.role == Role.OFFICER and p.user.certified_on(TODAY)]
        assert len(officers) >= 2, organ
        assert wanted <= {post.role for post in posts}, organ


def test_certificates_in_every_state_are_there_to_be_refused(county):
    assert set(User.objects.values_list("certificate_state", flat=True)) == set(User.Certificate.values)
    numbers = [n for n in User.objects.values_list("certificate_number", flat=True) if n]
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("140925") for number in numbers)
    assert not User.objects.filter(posts__role=Role.ASSISTANT).exclude(certificate_number="").exists()


@pytest.mark.rules("NW-1.3", "NW-3.1")
def test_each_township_holds_a_list_of_its_own(county):
    lists = {
        o.short_name: frozenset(i.number for i in held_items(o, TODAY))
        for o in Organ.objects.filter(kind=Organ.Kind.TOWNSHIP)
    }
    assert all(lists.values())
    assert [pair for pair in combinations(lists, 2) if lists[pair[0]] == lists[pair[1]]] == []


@pytest.mark.rules("LAW-1", "NW-3.7")
def test_the_holdings_show_every_mode_and_each_devolution_its_decision(county):
    modes = Holding.objects.values_list("mode", flat=True)
    assert set(modes) == set(Mode.values)
    assert all("演示" in row.decision_number for row in Holding.objects.filter(mode=Mode.DEVOLVED))
    defects = {letter.number: letter.defect_on(TODAY) for letter in Entrustment.objects.all()}
    assert sorted(filter(None, defects.values())) == ["不在委托期限内", "委托书未签订或者未存档"]
    assert [letter.number for letter in expiring_entrustments(TODAY)] == ["演示委托〔2025〕3号"]


@pytest.mark.rules("NW-1.3", "NW-3.3")
def test_what_was_withdrawn_and_what_is_still_to_come_is_with_the_department(county):
    fenghuang = Organ.objects.get(key="ningwu.fenghuang")
    withdrawn, coming = (Item.objects.select_related("guide").get(number=number) for number in (107, 48))
    assert competent(withdrawn, fenghuang, date(2025, 12, 31)).organ == fenghuang
    assert competent(withdrawn, fenghuang, TODAY).organ == withdrawn.guide
    assert competent(coming, fenghuang, TODAY).organ == coming.guide
    assert competent(coming, fenghuang, date(2027, 1, 1)).organ == fenghuang


def test_every_tale_goes_to_the_organ_that_the_lists_name(county):
    organs = {organ.key.split(".")[1]: organ for organ in Organ.objects.all()}
    items = {item.number: item for item in Item.objects.select_related("guide")}
    for tale in SCENARIOS:
        found = competent(items[tale["item"]], organs[tale["place"]], TODAY)
        assert found.organ == organs[tale["receiver"]], (tale["key"], found.reason)
        assert tale["organ"] != tale["receiver"], tale["key"]


def test_the_tales_are_complete_and_come_from_every_township():
    assert len(SCENARIOS) >= 60
    assert len({tale["key"] for tale in SCENARIOS}) == len(SCENARIOS)
    assert len({tale["place"] for tale in SCENARIOS}) == len(TOWNSHIPS)
    assert {"normal", "urgent", "specially_urgent", "major"} == {tale["urgency"] for tale in SCENARIOS}
    assert all(tale.get("category") for tale in SCENARIOS if tale["urgency"] == "major")
    for tale in SCENARIOS:
        assert {"title", "subject_name", "village", "basic_facts", "source"} <= set(tale)
        assert 2 <= tale["basic_facts"].count("。") <= 5, tale["key"]


def test_loading_again_adds_nothing_and_leaves_passwords_alone(county, django_assert_max_num_queries):
    User.objects.filter(username="yangfangkou.officer1").update(password="changed")
    models = (Organ, User, Post, Delegation, Item, Holding, Entrustment)
    before = [model.objects.count() for model in models]
    with django_assert_max_num_queries(60):
        load_county()
    assert [model.objects.count() for model in models] == before
    assert User.objects.get(username="yangfangkou.officer1").password == "changed"


@pytest.mark.parametrize("travel", [True, False])
def test_the_demo_password_opens_accounts_only_where_time_may_be_travelled(county, settings, travel):
    settings.TIME_TRAVEL = travel
    newcomer = {"login": "newcomer", "name": "新人", "roles": ["assistant"]}
    people = {"since": TODAY, "administrator": [], "delegation": [], "people": {"ningwu.ziran": [newcomer]}}
    load_people({"ningwu.ziran": Organ.objects.get(key="ningwu.ziran")}, people)
    assert User.objects.get(username="newcomer").check_password(DEMO_PASSWORD) is travel


def test_a_page_of_the_catalogue_costs_one_query_for_a_township(county, django_assert_num_queries):
    items = list(Item.objects.select_related("guide"))
    township = Organ.objects.get(key="ningwu.yangfangkou")
    with django_assert_num_queries(1):
        found = competent_all(items, township, TODAY)
    assert len(found) == len(ITEMS)
    assert all(one.reason.endswith("。") for one in found.values())
