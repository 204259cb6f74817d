"""The registers: each of their numbers opens exactly what it counts; which organs have named no head."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from coordination.kernel.organs import Organ, Post
from coordination.kernel.steps import perform
from tests.county import organ, person, upload
from tests.supervision.looking import client, shown
from tests.supervision.world import duty, patrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_checked")]
PERIODIC, LEDGER, HELD = "/supervision/periodic/", "/supervision/ledger/", "/supervision/accountability/"


def record(one, hours: str) -> None:
    proof = upload(one, "shengtai.officer1", "scan", "签到表")
    facts = {"on": date(2026, 9, 18), "hours": Decimal(hours), "people": 30, "words": "集中培训", "proof": proof}
    perform(one, "record", person("shengtai.officer1"), **facts)


@pytest.fixture
def duties(ningwu):
    """Two of guidance, one of them done after two occasions; one of training."""
    done = duty("shengtai", "yangfangkou")
    for hours in ("4", "3.5"):
        record(done, hours)
    perform(done, "conclude", person("shengtai.officer1"))
    duty("shengtai", "dongzhai")
    duty("shengtai", duty="training", title="业务培训")


@pytest.mark.rules("NW-3.67")
@pytest.mark.parametrize("login", ["sifa.supervisor1", "shengtai.officer1", "yangfangkou.officer1"])
def test_the_totals_of_periodic_duties_open_what_they_count(duties, login):
    page = client(login).get(PERIODIC)
    words, totals = page.content.decode(), page.context["totals"]
    assert totals
    for one in totals:
        for which, count in (("owed", one["owed"]), ("done", one["done"]), ("records", one["times"])):
            url = one["urls"][which]
            assert shown(url, login) == count, url
            assert (url.replace("&", "&amp;") in words) == bool(count), url


def test_the_occasions_are_listed_with_their_hours(duties):
    (guidance,) = (t for t in client("sifa.supervisor1").get(PERIODIC).context["totals"] if t["duty"] == "guidance")
    words = client("sifa.supervisor1").get(guidance["urls"]["records"]).content.decode()
    assert guidance["hours"] == Decimal("7.5")
    assert words.count("集中培训") == 2
    assert "3.5 学时" in words
    assert "2026-09-18（周五）" in words


@pytest.mark.rules("LX-5.4")
@pytest.mark.parametrize("login", ["sifa.supervisor1", "yangfangkou.officer1", "shuili.officer1"])
def test_the_numbers_of_the_ledger_open_what_they_count(ningwu, login):
    for village in ("后窑湾村", "后窑湾村", "河西 & 村"):
        patrol("yangfangkou.officer1", "shengtai", village=village)
    patrol("shengtai.officer1", "yangfangkou")
    page = client(login).get(LEDGER)
    words, lines = page.content.decode(), page.context["lines"]
    assert (len(lines) > 0) == (login != "shuili.officer1")
    for line in lines:
        assert shown(line["url"], login) == line["total"], line["url"]
        assert line["url"].replace("&", "&amp;") in words
        for _label, count, url in line["counts"]:
            assert shown(url, login) == count, url


def test_a_list_of_a_register_takes_any_address(ningwu):
    for name in ("supervision_periodic_list", "supervision_ledger_list"):
        for query in ("", "?year=99999999999", "?place=99999999999&item=x&village=q&stage=q", "?duty=q&which=q"):
            assert client("sifa.supervisor1").get(reverse(name) + query).status_code == 200


@pytest.mark.rules("NW-2.17")
def test_only_organs_of_the_county_on_the_platform_are_asked_for_their_head(ningwu):
    Post.objects.filter(organ=organ("zhujian"), role="principal_head").delete()
    Organ.objects.filter(pk=organ("shishengtai").pk).update(off_platform=False)
    named = client("sifa.supervisor1").get(HELD).context["headless"]
    assert organ("zhujian") in named
    assert organ("shishengtai") not in named, "it stands under the city"
    Organ.objects.filter(pk=organ("zhujian").pk).update(off_platform=True)
    assert organ("zhujian") not in client("sifa.supervisor1").get(HELD).context["headless"]
