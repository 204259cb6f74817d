"""A program that talks to the API as one person."""

from rest_framework.test import APIClient

from coordination.kernel.accounts import ApiToken, digest
from tests.county import person


def client(login: str) -> APIClient:
    """With a token of `login`, the same for all its programs."""
    token = f"token-of-{login}"
    ApiToken.objects.get_or_create(user=person(login), defaults={"digest": digest(token)})
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return program


def here(matter, *rest: str) -> str:
    """The address of a matter, or of something of it."""
    return "/".join(["/api/v1", matter.kind, matter.number, *rest, ""])


def step(matter, name: str) -> str:
    return here(matter, "steps", name)
