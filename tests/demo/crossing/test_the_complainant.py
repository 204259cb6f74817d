"""Who complained: nowhere in the clear, shown to who has to tell him, to nobody else on the long way."""

import pytest
from django.apps import apps
from django.db import connection

from complaints.identity import may_reveal
from coordination.demo.tales import crossing
from coordination.kernel.notices import Notice
from coordination.kernel.words import Refusal
from tests.county import person

NAME, PHONE = "苗巧云", "0350-0007316"


def clear_places(*canaries: str) -> list[str]:
    """Every table of which a row, written out as text, holds one of them."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models()}):
            quoted = connection.ops.quote_name(table)
            for word in canaries:
                cursor.execute(f"SELECT count(*) FROM {quoted} AS one WHERE one::text LIKE %s", [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.append(f"{table}: {word}")
    return found


@pytest.mark.rules("LAW-20", "LAW-21", "LAW-22", "NW-2.12")
def test_the_name_lies_nowhere_in_the_clear_when_all_is_over(telling):
    told = telling.through(crossing.told_back)
    assert clear_places(NAME, PHONE) == []
    assert clear_places("远通土方运输队")  # whom it is about stands in many
    assert told.complaint.complainant.open()["sealed_name"] == NAME


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_it_is_shown_to_who_handles_it_and_after_the_handover_to_who_must_tell_him(telling):
    told = telling.through(crossing.ruled)
    asked, second = (person(f"shuili.officer{number}") for number in (1, 2))
    handler = told.complaint.handler
    assert handler in (asked, second)
    everybody = [post.user for post in told.cast.posts]
    assert {user.pk for user in everybody if may_reveal(told.complaint, user)} == {handler.pk}
    told = telling.through(crossing.taken_over)
    receiver = told.complaint.items.get().handler
    assert {user.pk for user in everybody if may_reveal(told.complaint, user)} == {handler.pk, receiver.pk}
    told = telling.through(crossing.told_back)
    assert {user.pk for user in everybody if may_reveal(told.complaint, user)} == {handler.pk}


@pytest.mark.rules("NW-2.13", "NW-2.15")
def test_he_is_told_of_each_transfer_and_of_the_result_by_who_handled_it(telling):
    told = telling.through(crossing.closed)
    told_by = told.complaint.documents.order_by("pk")
    assert [paper.key for paper in told_by] == ["complaint_transfer_notice"] * 2
    assert "阳方口镇" in told_by[0].html
    assert "薛家洼乡" in told_by[1].html
    about = told.about()
    with pytest.raises(Refusal, match="薛家洼乡"):
        told.say("tell_complainant", told.finder, way="telephone", at=told.minute())
    assert (about.state, about.result) == ("resulted", told.own.decision)
    told = telling.through(crossing.told_back)
    assert told.complaint.documents.latest("pk").key == "complaint_result_notice"
    heard = Notice.objects.filter(matter=told.complaint.pk, organ=told.finder)
    assert heard.exists()


@pytest.mark.rules("NW-2.8", "NW-2.14")
def test_the_complaint_does_not_end_before_the_department_has_its_result(telling):
    told = telling.through(crossing.closed)
    told.tell_result()
    with pytest.raises(Refusal, match="还没有反馈处理结果"):
        told.conclude_complaint()
