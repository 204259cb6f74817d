"""The desk: every number opens the list that it counts, whoever reads counts only what is his to count."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Organ
from coordination.kernel.sweep import sweep
from referrals.models import Referral
from supervision import tables
from supervision.desk import counters
from supervision.figures import Share, figures, period_of
from supervision.figures.months import count_months
from supervision.readers import partners, remit_of
from tests.county import at, organ, person
from tests.supervision.looking import DESK, SEPTEMBER, client, september, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_checked")]


@pytest.mark.rules("NW-2.21", "NW-3.69", "NW-4.28", "NW-3.70")
def test_every_number_opens_the_list_that_it_counts(busy):
    moment = now()
    found = figures("ningwu", period_of(SEPTEMBER, moment), moment)
    assert found.law.total >= 3
    organs = {one.pk: one for one in Organ.objects.all()}
    cells = [c for line in tables.matrix(found, *partners(organs, "ningwu"))["lines"] for c in line["cells"]]
    cells += [line[nature] for line in tables.by_organ(found, organs) for nature in ("law", "local")]
    cells += tables.by_clause(found, local=False) + tables.by_clause(found, local=True)
    counted = [(cell["url"], cell["share"].total) for cell in cells if cell["url"]]
    assert len(counted) > 5
    for url, size in [(one["url"], one["size"]) for one in counters(found)] + counted:
        assert shown(url) == size, url


@pytest.mark.rules("NW-2.21")
def test_a_duty_belongs_to_the_month_in_which_it_falls_due_and_stays_as_it_was_counted(story):
    case = story.found_other(story.case(discovered_at=at("2026-09-21 08:00")))
    travel_to(at("2026-09-30 09:00"))
    before = figures("ningwu", period_of(SEPTEMBER, now()), now())
    assert (before.law.total, before.law.kept) == (1, 0)
    story.sent(story.approved(story.draft(case)))
    travel_to(at("2026-12-01 09:00"))
    again = figures("ningwu", period_of(SEPTEMBER, now()), now())
    assert (again.law.total, again.law.kept) == (1, 0), "what is done after its day changes nothing"


def test_the_midnight_that_ends_a_month_belongs_to_it(story):
    story.found_other(story.case())
    Clock.objects.filter(limit="referrals.send").update(overdue_at=at("2026-10-01 00:00"))
    moment = at("2026-10-12 09:00")
    counts = {
        month: figures("ningwu", period_of({"from": month, "to": month}, moment), moment).law.total
        for month in ("2026-09", "2026-10")
    }
    assert counts == {"2026-09": 1, "2026-10": 0}


def test_fewer_than_five_are_shown_as_counts():
    assert (Share(4, 3).words, Share(5, 4).words, Share().words) == ("3/4", "80%", "—")
    assert Share(10_000, 9_999).words == "99.9%"


@pytest.mark.rules("LAW-23", "NW-3.5", "NW-2.17")
def test_supervisors_count_the_county_leaders_their_own_organ_and_officers_nothing(busy):
    assert remit_of(person("sifa.supervisor1")).whole
    assert remit_of(person("xianfu.supervisor")).whole
    assert remit_of(person("yangfangkou.head")).organs == {organ("yangfangkou").pk}
    assert remit_of(person("yangfangkou.officer1")) is None
    assert client("yangfangkou.officer1").get(DESK).url == reverse("supervision:list")
    whole, own = (client(login).get(DESK + september()).context for login in ("sifa.supervisor1", "yangfangkou.head"))
    assert {line["organ"].pk for line in own["by_organ"]} == {organ("yangfangkou").pk}
    assert len(whole["by_organ"]) > 1
    others = f"{reverse('supervision_duties')}{september(which='due', organ=organ('shengtai').pk)}"
    assert shown(others, "yangfangkou.head") == 0 < shown(others)
    assert client("yangfangkou.officer1").get(others).status_code == 404


def test_a_head_of_an_organ_finds_every_number_of_his_in_its_list(busy):
    page = client("shengtai.head").get(DESK + september()).context
    for one in page["counters"]:
        if "/due/" in one["url"]:
            assert shown(one["url"], "shengtai.head") == one["size"]


@pytest.mark.rules("LAW-23", "NW-3.5")
def test_the_head_of_an_overseer_counts_the_county_and_learns_of_no_matter_that_he_may_not_open(busy):
    """Of what is late he is told whose duty it is, by which rule and since when; the matter is its sides' and the
    supervisors'. Every number is that of its list."""
    for login in ("xianfu.head", "sifa.approver"):
        page = client(login).get(DESK + september()).context
        for one in page["counters"]:
            assert shown(one["url"], login) == one["size"], one
        late = f"{reverse('supervision_duties')}?which=overdue"
        words = client(login).get(late).content.decode() + client(login).get(DESK).content.decode()
        assert shown(late, login) == shown(late) > 0
        assert "只计数，不在您的查阅范围" in words
        assert "催一下" not in words
        for matter in Matter.objects.exclude(pk__in=Matter.objects.visible_to(person(login)).values("pk")):
            assert matter.number not in words
            assert matter.title not in words
    assert "催一下" in client("sifa.supervisor1").get(late).content.decode()


def test_refusals_and_flows_are_told_with_both_directions(busy):
    page = client("sifa.supervisor1").get(DESK + september()).context
    (flow,) = page["flows"]
    assert (flow["one"], flow["other"]) == (organ("yangfangkou"), organ("shengtai"))
    assert (flow["there"]["sent"], flow["there"]["objected"], flow["back"]) == (3, 1, {})
    assert [(line["organ"], line["count"]) for line in page["refusals"]] == [(organ("shengtai"), 1)]


def test_a_silent_sweep_and_a_missing_calendar_are_red_on_the_desk(story):
    sweep()
    page = client("sifa.supervisor1").get(DESK).content.decode()
    assert "时限巡查正常" in page
    assert "放假安排" not in page
    travel_to(now() + timedelta(minutes=6))
    assert "时限巡查已停止" in client("sifa.supervisor1").get(DESK).content.decode()
    travel_to(at("2026-11-01 00:00"))
    assert "缺 2027 年放假安排" in client("sifa.supervisor1").get(DESK).content.decode()


def test_the_method_stands_beside_every_number(busy):
    page = client("sifa.supervisor1").get(DESK + september()).content.decode()
    assert page.count("口径：") >= 7


@pytest.mark.parametrize("login", ["sifa.supervisor1", "sifa.head", "yangfangkou.head"])
def test_the_desk_asks_at_most_twenty_statements(busy, login):
    """Also of whom something is hidden from, which is counted apart to be taken off."""
    Matter.objects.filter(pk=Matter.objects.earliest("pk").pk).update(hidden_organ=person(login).posts.first().organ)
    one = client(login)
    one.get(DESK)
    with CaptureQueriesContext(connection) as queries:
        assert one.get(DESK + september()).status_code == 200
    assert len(queries) <= 20, [query["sql"][:90] for query in queries]


def test_addresses_that_make_no_sense_show_what_there_is(busy):
    for query in (
        "?from=2026-13&to=x",
        "?from=2026-09&to=2020-01",
        "?which=zz&organ=99999999999&nature=q",
        "?limit=%20",
    ):
        assert client("sifa.supervisor1").get(DESK + query).status_code == 200
        assert client("sifa.supervisor1").get(reverse("supervision_duties") + query).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=2026-09&to=2026-08", "起始月份晚于终止月份"),
        ("from=2026-09&to=2027-03", "不能晚于本月"),
        ("from=2020-01&to=2026-09", "最长 36 个月"),
        ("from=2026-09&to=", "请选择统计期的起止月份"),
    ],
)
def test_a_period_that_there_is_not_is_said_beside_the_month_that_is_shown_instead(busy, asked, said):
    page = client("sifa.supervisor1").get(f"{DESK}?{asked}").content.decode()
    assert said in page
    assert "以下为 2026 年 10 月 的数字" in page


def test_a_period_that_there_is_needs_no_word(busy):
    for asked in ("", september()):
        assert client("sifa.supervisor1").get(DESK + asked).context["fault"] == ""


def test_what_opens_stays_in_the_period(busy):
    page = client("sifa.supervisor1").get(DESK + september()).content.decode()
    found = re.findall(r'href="(/supervision/due/[^"]+which=due[^"]*)"', page)
    assert found
    for url in found:
        asked = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
        assert (asked["from"], asked["to"]) == (["2026-09"], ["2026-09"])


def opened(login: str = "sifa.supervisor1", **months) -> dict[str, int]:
    """The numbers of flows, of those that came again and of refusals on the desk, by the lists that they open."""
    page = client(login).get(DESK + september(**months)).context
    cells = [number for line in page["flows"] for cell in line["cells"] for number in cell]
    cells += [page["ping_pong"], *page["refusals"]]
    return {cell["url"]: cell["count"] for cell in cells if cell["count"]}


@pytest.mark.rules("NW-2.21", "NW-3.69", "NW-3.70")
def test_flows_and_those_that_came_again_and_refusals_open_lists_of_exactly_what_they_count(busy):
    again = busy.sent(busy.approved(busy.draft(Case.objects.latest("pk"), competent_organ=organ("shengtai"))))
    Referral.objects.filter(pk=again.pk).update(served_at=at("2026-09-29 09:00"), stage="taken_back")
    found = opened()
    assert sorted(found.values()) == [1, 1, 1, 1, 4], "sent, objected, sent back, again, refused"
    for url, count in found.items():
        assert shown(url) == count, url
    page = client("sifa.supervisor1").get(DESK + september()).content.decode()
    assert all(url.replace("&", "&amp;") in page for url in found)
    (back,) = (url for url in found if "which=returned" in url)
    assert again.number in client("sifa.supervisor1").get(back).content.decode()


@pytest.mark.rules("NW-2.21")
def test_what_is_kept_of_a_month_opens_the_same_lists(busy):
    before = opened()
    count_months()
    assert opened() == before
    assert all(shown(url) == count for url, count in before.items())


@pytest.mark.rules("LAW-23", "NW-3.5", "LAW-20")
def test_the_lists_behind_flows_and_refusals_show_each_reader_what_is_his_to_count(busy):
    whole = opened()
    for login in ("yangfangkou.head", "xianfu.head", "sifa.approver"):
        assert all(shown(url, login) == count for url, count in opened(login).items())
    for url in whole:
        assert client("yangfangkou.officer1").get(url).status_code == 404
        assert shown(url, "shuili.head") == 0
        words = client("xianfu.head").get(url).content.decode()
        assert "只计数，不在您的查阅范围" in words
        for matter in Matter.objects.exclude(pk__in=Matter.objects.visible_to(person("xianfu.head")).values("pk")):
            assert matter.number not in words
            assert matter.title not in words
    Matter.objects.filter(kind="referrals").update(hidden_organ=organ("sifa"))
    assert opened() == {}
    assert all(shown(url) == 0 for url in whole)


def test_a_list_of_flows_or_refusals_asks_at_most_ten_statements_and_takes_any_address(busy):
    one = client("sifa.supervisor1")
    for url in opened():
        with CaptureQueriesContext(connection) as queries:
            assert one.get(url).status_code == 200
        assert len(queries) <= 10, [query["sql"][:90] for query in queries]
    for query in ("", "?which=zz", "?which=sent&sender=99999999999", "?which=refused&step=x&kind=%27", "?page=z"):
        assert one.get(reverse("supervision_occasions") + query).status_code == 200
