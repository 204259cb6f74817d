"""A program that talks to the API as one person."""

from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from tests.county import person


def client(login: str) -> APIClient:
    """With a token of `login`, as its holder makes it on the account page."""
    token, _made = Token.objects.get_or_create(user=person(login))
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {token.key}")
    return program


def here(matter, *rest: str) -> str:
    """The address of a matter, or of something of it."""
    return "/".join(["/api/v1", matter.kind, matter.number, *rest, ""])


def step(matter, name: str) -> str:
    return here(matter, "steps", name)
