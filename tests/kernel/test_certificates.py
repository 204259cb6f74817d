"""Certificates in five states, spoken of thirty days before they lapse: to the holder, and to whoever looks after his
organ's people."""

from datetime import date

import pytest
from django.test import Client

from coordination.kernel.now import travel_to
from coordination.kernel.organs import User
from tests.county import at, person

pytestmark = pytest.mark.django_db
OFFICER, CLERK = "yangfangkou.officer1", "yangfangkou.registry"


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


def holds(state: str, until: date | None = None) -> None:
    User.objects.filter(username=OFFICER).update(certificate_state=state, certificate_until=until)


def page(login: str, path: str) -> str:
    client = Client()
    client.force_login(person(login))
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("state", "until", "shown"),
    [
        ("valid", date(2028, 6, 30), "有效"),
        ("valid", date(2026, 10, 21), "即将到期"),
        ("valid", date(2026, 9, 20), "已过期"),
        ("suspended", date(2028, 6, 30), "暂扣"),
        ("revoked", date(2028, 6, 30), "吊销"),
        ("none", None, "无执法证"),
    ],
)
def test_the_state_of_today_stands_on_the_account_page_and_in_the_directory(state, until, shown):
    holds(state, until)
    assert f"<dd>{shown}</dd>" in page(OFFICER, "/account/")
    assert shown in page("shengtai.officer1", "/directory/ningwu.yangfangkou/")


def test_thirty_days_before_the_last_day_the_holder_and_his_organs_administrator_read_of_it_on_their_desks():
    holds("valid", date(2026, 10, 22))
    assert "执法证" not in page(OFFICER, "/")
    assert "执法证" not in page(CLERK, "/")
    travel_to(at("2026-09-22 09:00"))
    assert "您的执法证将于2026-10-22（周四）到期" in page(OFFICER, "/")
    clerk = page(CLERK, "/")
    assert f"{person(OFFICER).name}（10-22）" in clerk
    assert "您的执法证" not in clerk
    assert "执法证" not in page("shengtai.registry", "/"), "another organ's administrator is not told"
    assert "执法证" not in page("yangfangkou.approver", "/")


def test_once_it_is_renewed_nothing_is_said_any_more():
    holds("valid", date(2026, 9, 30))
    assert "到期" in page(OFFICER, "/")
    holds("valid", date(2030, 9, 30))
    assert "执法证" not in page(OFFICER, "/")
    assert "执法证" not in page(CLERK, "/")


@pytest.mark.parametrize(
    ("state", "words"), [("expired", "已经到期"), ("suspended", "已被暂扣"), ("revoked", "已被吊销")]
)
def test_whoever_may_not_enforce_is_told_so_on_his_desk(state, words):
    holds(state)
    assert words in page(OFFICER, "/")
