"""Lists count as far as people leaf, and find each township by its name."""

import pytest
from django.test import Client

from coordination.kernel.web.lists import Leafed
from tests.county import person
from tests.faults.copies import copies

pytestmark = pytest.mark.django_db


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
    with django_assert_max_num_queries(10):
        assert len(client.get("/cases/").context["rows"]) == 20
