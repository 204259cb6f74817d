"""What is said of an address: for whom it is, and with what it is tried.

The addresses stand in tests/doors.py, and those of one workflow alone in tests/<app>/world.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from tests.planted import Planted


class To(StrEnum):
    """For whom an address is."""

    ANYONE = "anyone"  # also without a login
    READER = "reader"  # whoever is logged in; what it shows depends on what he may see
    COUNTY = "county"  # whoever has a post in the county that it names; 404 for others
    SEER = "seer"  # whoever may see the matter that it names; 404 for others
    ADDRESSEE = "addressee"  # whoever is told by the notice that it names; 404 for others
    STAFF = "staff"  # administrators


@dataclass(frozen=True)
class Try:
    """An address, and what it is about: a matter, a county, a notice's organ and role.

    `deep`: one of many alike, tried only by thorough readers where they see the matter; of the admin, only by staff.
    """

    path: str
    about: object = None
    deep: bool = False


Tries = Callable[[Planted], Iterator[Try]]


@dataclass(frozen=True)
class Door:
    """Whom an address lets in. `posts`: it takes POST; `gets`: it takes GET. `answers`: to those who are let in."""

    to: To
    tries: Tries
    posts: bool = False
    gets: bool = True
    answers: frozenset[int] = frozenset({200})


def plain(name: str, *queries: str) -> Tries:
    """The address alone, and with each of `queries`."""

    def tries(planted: Planted) -> Iterator[Try]:
        yield from (Try(reverse(name) + query) for query in ("", *queries))

    return tries


def of_matters(name: str, *more: str) -> Tries:
    def tries(planted: Planted) -> Iterator[Try]:
        for short, matter in planted.matters.items():
            yield Try(reverse(name, args=[matter.number, *more]), short)

    return tries
