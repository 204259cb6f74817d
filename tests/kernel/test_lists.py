"""Lists count as far as people leaf, and find each township by its name."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from coordination.kernel.now import travel_to
from coordination.kernel.web.leafed import Leafed
from coordination.kernel.web.moments import end_words
from coordination.kernel.web.workflows import workflows
from tests.county import person
from tests.faults.copies import copies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_checked")]


def listed(login: str, query: str = ""):
    client = Client()
    client.force_login(person(login))
    return client.get(f"/cases/{query}")


@pytest.mark.parametrize(("matters", "words"), [(3, "共 3 件"), (4, "共 4 件"), (5, "超过 4 件，请用筛选缩小范围")])
def test_a_list_says_how_many_there_are_or_that_there_are_more_than_people_leaf(story, monkeypatch, matters, words):
    monkeypatch.setattr(Leafed, "FARTHEST", 4)
    copies(story.case(), matters - 1)
    assert words in listed(story.officer).content.decode()


def test_the_townships_to_choose_from_are_those_of_the_readers_county(story, ningwu):
    other = type(ningwu).objects.create(code="other", name="邻县", mechanism="ningwu")
    mine = person(story.officer).posts.get(role="officer").organ
    type(mine).objects.create(county=other, key="other.town", name="邻镇", short_name="邻镇", kind="township")
    story.case()
    page = listed(story.officer, f"?place={mine.pk}")
    names = [label for _key, label in page.context["filters"].fields["place"].choices]
    assert "阳方口镇" in names
    assert "邻镇" not in names
    assert len(page.context["rows"]) == 1


def test_a_full_list_asks_the_database_ten_times(story, django_assert_max_num_queries):
    copies(story.case(), 30)
    client = Client()
    client.force_login(person(story.officer))
    client.get("/cases/")  # once a minute the session writes down that it lives
    with django_assert_max_num_queries(10):
        assert len(client.get("/cases/").context["rows"]) == 20


def reader(login: str) -> Client:
    client = Client()
    client.force_login(person(login))
    return client


def test_a_filter_gets_a_name_and_stands_above_the_list_until_it_is_removed(story):
    client = reader(story.officer)
    client.post(reverse("filter-save", args=["cases"]), {"name": "紧急线索", "query": "urgency=urgent&stage=&page=2"})
    assert person(story.officer).filters == [["cases", "紧急线索", "urgency=urgent"]]
    shown = client.get("/cases/?urgency=urgent").context["saved"]
    assert [(one["name"], one["active"]) for one in shown] == [("紧急线索", True)]
    assert reader(story.second).get("/cases/").context["saved"] == []
    client.post(reverse("filter-remove", args=["cases"]), {"name": "紧急线索"})
    assert client.get("/cases/").context["saved"] == []


def test_the_same_name_again_replaces_and_an_empty_filter_is_none(story):
    client = reader(story.officer)
    for query in ("urgency=urgent", "urgency=major", "", "page=3"):
        client.post(reverse("filter-save", args=["cases"]), {"name": "我的", "query": query})
    assert person(story.officer).filters == [["cases", "我的", "urgency=major"]]


def test_paper_and_xlsx_hold_exactly_what_is_filtered_or_ticked(story):
    one, _other = story.case(urgency="urgent"), story.case(title="倾倒建筑垃圾")
    client = reader(story.officer)
    paper = client.get("/cases/?urgency=urgent&view=print").text
    assert "紧急程度：紧急" in paper
    assert "2026-09-21（周一）09:00" in paper
    assert one.number in paper
    assert "倾倒建筑垃圾" not in paper
    book = load_workbook(BytesIO(client.get(f"/cases/?export=xlsx&m={one.number}").content))
    assert [row[0].value for row in book.active] == ["编号", one.number]


def test_a_limit_ends_in_the_xlsx_as_it_ends_on_the_screen(story):
    referral = story.sent()
    client = reader(story.receiver)
    sheet = load_workbook(BytesIO(client.get("/referrals/?export=xlsx").content)).active
    told = dict(zip(*[[cell.value for cell in row] for row in sheet], strict=True))
    assert told["最近期限"] == end_words(referral.next_due_at)
    assert told["最近期限"].endswith("24:00")
    assert told["最近期限"] in client.get("/referrals/?view=print").text


@pytest.mark.rules("NW-1.13")
def test_several_letters_are_signed_for_at_once_each_by_itself(story):
    first, second, mine = story.sent(), story.sent(), story.draft()
    client, address = reader(story.receiver), reverse("bulk", args=["referrals", "sign_for"])
    assert address in [step["url"] for step in client.get("/referrals/").context["in_bulk"]]
    asked = client.get(f"{address}?m={first.number}&m={second.number}&m={mine.number}")
    words = {one.matter.number: one.words for one in asked.context["chosen"]}
    assert (words[first.number], words[second.number]) == ("", "")
    assert "不能办理" in words[mine.number]
    story.take(second, "sign_for", story.receiver, signer="毛佳强")
    versions = {f"version-{one.pk}": one.version for one in (first, second)}
    done = client.post(address, {"m": [first.number, second.number], "signer": "王芳", **versions})
    words = {one.matter.number: one.words for one in done.context["chosen"]}
    assert words[first.number] == "已签收"
    assert "不能办理" in words[second.number]
    assert type(first).objects.get(pk=first.pk).signed_at is not None


def test_a_letter_that_changed_meanwhile_is_not_signed_for_unseen(story):
    referral = story.sent()
    client, address = reader(story.receiver), reverse("bulk", args=["referrals", "sign_for"])
    stale = {"m": referral.number, "signer": "王芳", f"version-{referral.pk}": referral.version - 1}
    done = client.post(address, stale).context
    assert (done["done"], "页面已更新" in done["chosen"][0].words) == (0, True)


def test_acceptance_is_never_done_in_bulk(story):
    assert reader(story.receiver).get(reverse("bulk", args=["referrals", "confirm_received"])).status_code == 404


def test_every_kind_of_matter_has_a_way_to_its_list(story):
    """From the bar, from a page to which the bar leads, or from a register of supervision."""
    reader = Client()
    reader.force_login(person("sifa.supervisor1"))
    bar = re.findall(r'<nav class="top-nav".*?</nav>', reader.get("/").text, re.DOTALL)[0]
    places = re.findall(r'href="([^"]+)"', bar)
    registers = [reverse("supervision_periodic"), reverse("supervision_ledger")]
    pages = bar + "".join(reader.get(place).text for place in (*places, *registers))
    assert [kind for kind in workflows() if f'href="{reverse(f"{kind}:list")}"' not in pages] == []


@pytest.mark.rules("NW-1.13")
def test_signing_for_many_is_offered_to_who_may_and_asks_for_what_is_not_known(story):
    letter, mine = story.sent(), story.draft()
    assert reader("shengtai.head").get("/referrals/").context["in_bulk"] == []
    client = reader(story.receiver)
    asked = client.get(f"{reverse('bulk', args=['referrals', 'sign_for'])}?m={mine.number}&m={letter.number}")
    assert next(one.matter.number for one in asked.context["chosen"]) == letter.number
    assert person(story.receiver).name in str(asked.context["form"]["signer"])


def test_a_sheet_has_empty_cells_and_columns_in_which_its_values_can_be_read(story):
    case = story.case(subject_name="", title="=倾倒垃圾")
    sheet = load_workbook(BytesIO(reader(story.officer).get("/cases/?export=xlsx").content)).active
    told = {row[0].value: row[1] for row in zip(*sheet, strict=True)}
    assert not told["当事人"].value
    assert told["案由"].value == "'=倾倒垃圾"
    widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
    assert widths[told["编号"].column_letter] >= len(case.number)
    assert widths[told["开始时间"].column_letter] >= len("2026-09-21 09:00:00")


def test_paper_and_sheet_say_what_is_over(story):
    referral = story.sent()
    client = reader(story.receiver)
    assert "（已超期）" not in client.get("/referrals/?view=print").text
    travel_to(referral.next_due_at)
    assert f"{end_words(referral.next_due_at)}（已超期）" in client.get("/referrals/?view=print").text
