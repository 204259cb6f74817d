"""How tests look at the desk of supervision."""

from django.test import Client

from tests.county import person

DESK = "/supervision/"
SEPTEMBER = {"from": "2026-09", "to": "2026-09"}


def client(login: str) -> Client:
    one = Client()
    one.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
    return one


def september(**more) -> str:
    return "?" + "&".join(f"{k}={v}" for k, v in {**SEPTEMBER, **more}.items())


def shown(url: str, login: str = "sifa.supervisor1") -> int:
    """How many duties the list behind an address says that it has."""
    answer = client(login).get(url)
    assert answer.status_code == 200, url
    return answer.context["page_obj"].paginator.count
