"""清单 and 通讯录 in the browser's eyes: what they show, to whom, and at what cost."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse

from coordination.demo import load_items
from coordination.demo.load import load_county
from coordination.kernel.catalogue import Entrustment, Item
from coordination.kernel.now import CST, travel_to
from coordination.kernel.organs import County, Organ, Post, Role, User

AT_MOST = 10


@pytest.fixture(autouse=True)
def letters(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(load_items, "render", lambda html: b"%PDF-1.7")


@pytest.fixture
def county(db) -> County:
    return load_county()


@pytest.fixture
def reader(client, county):
    client.force_login(User.objects.get(username="yangfangkou.officer1"))
    return client


@pytest.fixture
def stranger(client, county):
    """An officer of another county on the same installation."""
    other = County.objects.create(code="jinhu", name="金湖县", mechanism="ningwu")
    organ = Organ.objects.create(
        county=other, key="jinhu.licheng", kind=Organ.Kind.TOWNSHIP, name="黎城", short_name="黎城"
    )
    user = User.objects.create(username="jinhu.officer", name="外县人员")
    Post.objects.create(user=user, organ=organ, role=Role.OFFICER, since=date(2021, 9, 1))
    client.force_login(user)
    return client


def township(name: str) -> Organ:
    return Organ.objects.get(short_name=name)


@pytest.mark.parametrize("name", ["catalogue", "directory", "catalogue_suggest"])
def test_a_guest_is_sent_to_the_login(client, db, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize(
    ("typed", "wanted"), [("非法占用土地", 1), ("wjpzffzytd", 1), ("weijingpizhun", 1), ("44", 44), ("秸秆 焚烧", 44)]
)
def test_an_item_is_found_by_what_people_type(reader, typed, wanted):
    page = reader.get(reverse("catalogue"), {"q": typed})
    assert wanted in [row["item"].number for row in page.context["rows"]]


@pytest.mark.rules("NW-3.1", "NW-3.3")
def test_with_a_township_each_row_says_who_is_competent_there(reader):
    page = reader.get(reverse("catalogue"), {"q": "44", "place": township("阳方口镇").pk})
    assert "已列入阳方口镇人民政府行政处罚事项清单" in page.content.decode()


def test_the_list_narrows_by_field_and_goes_on_over_pages(reader):
    page = reader.get(reverse("catalogue"), {"field": "消防"})
    assert {row["item"].field for row in page.context["rows"]} == {"消防"}
    first, second = (reader.get(reverse("catalogue"), {"page": n}).context["page_obj"] for n in (1, 2))
    assert len(first) == 20
    assert set(first).isdisjoint(second)


@pytest.mark.rules("NW-1.3")
def test_the_page_of_an_item_answers_for_a_township_and_a_day(reader, county):
    url = reverse("catalogue_item", args=[county.code, 48])
    place = township("凤凰镇").pk
    before = reader.get(url, {"place": place, "on": "2026-12-31"})
    assert "自2027-01-01起才赋权凤凰镇人民政府" in re.sub(r"<[^>]+>", "", before.content.decode())
    after = reader.get(url, {"place": place, "on": "2027-01-01"})
    assert after.context["competence"].organ == township("凤凰镇")


def test_a_date_that_is_none_says_so_and_answers_for_today(reader, county):
    page = reader.get(reverse("catalogue_item", args=[county.code, 48]), {"on": "2027-02-30"})
    assert page.status_code == 200
    assert page.context["at"].errors
    assert page.context["on"] == page.wsgi_request.moment.date()


@pytest.mark.rules("NW-3.8", "LAW-2")
def test_a_published_letter_is_there_to_download_and_an_unsigned_one_is_not(reader, county):
    signed = Entrustment.objects.get(number="演示委托〔2026〕1号")
    page = reader.get(reverse("catalogue_item", args=[county.code, 101]))
    assert reverse("catalogue_letter", args=[signed.pk]) in page.content.decode()
    file = reader.get(reverse("catalogue_letter", args=[signed.pk]))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    unsigned = Entrustment.objects.get(number="演示委托〔2026〕4号")
    assert reader.get(reverse("catalogue_letter", args=[unsigned.pk])).status_code == 404


@pytest.mark.rules("NW-3.8")
def test_a_letter_about_to_expire_is_told_on_the_list(reader):
    travel_to(datetime(2026, 11, 23, 9, tzinfo=CST))
    assert "演示委托〔2025〕3号" in reader.get(reverse("catalogue")).content.decode()
    travel_to(datetime(2026, 12, 15, 9, tzinfo=CST))
    assert "演示委托〔2025〕3号" not in reader.get(reverse("catalogue")).content.decode()


def test_the_type_ahead_offers_options_of_the_readers_county(reader):
    words = reader.get(reverse("catalogue_suggest"), {"q": "wjpz"}).content.decode()
    assert words.count("<option") >= 1
    assert f'value="{Item.objects.get(number=1).pk}"' in words
    assert "没有符合条件的事项" in reader.get(reverse("catalogue_suggest"), {"q": "查无此项"}).content.decode()


def test_another_countys_reader_finds_nothing(stranger, county):
    assert stranger.get(reverse("catalogue")).context["page_obj"].paginator.count == 0
    assert stranger.get(reverse("catalogue_item", args=[county.code, 1])).status_code == 404
    letter = Entrustment.objects.exclude(letter="").first()
    assert stranger.get(reverse("catalogue_letter", args=[letter.pk])).status_code == 404
    assert stranger.get(reverse("directory_organ", args=["ningwu.ziran"])).status_code == 404
    assert "option value" not in stranger.get(reverse("catalogue_suggest")).content.decode().replace('value=""', "")


@pytest.mark.rules("NW-3.54", "NW-4.12")
def test_the_directory_names_liaisons_and_says_that_they_are_invented(reader):
    words = reader.get(reverse("directory"), {"q": "涔山"}).content.decode()
    liaison = User.objects.get(username="censhan.officer1")
    assert liaison.name in words
    assert "均为虚构" in words


@pytest.mark.parametrize("typed", ["县住建局", "zhufang"])
def test_an_organ_is_found_by_its_short_name_and_by_pinyin(reader, typed):
    found = reader.get(reverse("directory"), {"q": typed}).context["page_obj"]
    assert "ningwu.zhujian" in {organ.key for organ in found}


def test_an_organ_is_found_by_a_person_who_works_there(reader):
    name = User.objects.get(username="geliao.head").name
    found = reader.get(reverse("directory"), {"q": name}).context["page_obj"]
    assert [organ.key for organ in found] == ["ningwu.geliao"]


@pytest.mark.rules("LAW-6")
def test_a_certificate_is_shown_as_it_stands_today(reader):
    words = reader.get(reverse("directory_organ", args=["ningwu.huabeitun"])).content.decode()
    assert "暂扣" in words
    User.objects.filter(username="huabeitun.officer1").update(certificate_until=date(2020, 1, 1))
    rows = reader.get(reverse("directory_organ", args=["ningwu.huabeitun"])).context["people"]
    assert "已过期" in {str(row["state"]) for row in rows}


@pytest.mark.rules("NW-1.6", "NW-1.7")
def test_a_unit_that_may_not_act_in_its_own_name_says_so(reader):
    words = reader.get(reverse("directory_organ", args=["ningwu.ziran-dongzhai"])).content.decode()
    assert "不可以，须以所属机关的名义" in words


def test_no_page_asks_the_database_more_than_ten_times(reader, county, django_assert_max_num_queries):
    place = township("阳方口镇").pk
    pages = [
        (reverse("catalogue"), {}),
        (reverse("catalogue"), {"place": place, "q": "擅自"}),
        (reverse("catalogue_item", args=[county.code, 44]), {"place": place}),
        (reverse("catalogue_suggest"), {"q": "擅自"}),
        (reverse("directory"), {"q": "镇"}),
        (reverse("directory_organ", args=["ningwu.yangfangkou"]), {}),
    ]
    reader.get(reverse("directory"))  # once a minute the session writes down that it lives
    for url, query in pages:
        with django_assert_max_num_queries(AT_MOST):
            assert reader.get(url, query).status_code == 200
