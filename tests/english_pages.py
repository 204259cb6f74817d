"""What is left of Chinese on a page that is shown in English, once the county's own data are taken out."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from coordination.kernel.catalogue import Item
from coordination.kernel.documents import registry
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import User
from coordination.kernel.steps import OpenStep, open_steps
from coordination.kernel.web.calculation import COUNTING

CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
#: Chinese, or punctuation that only Chinese sentences have (curly quotes are English too).
FOREIGN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff，。；：、（）「」！？]+")
#: A date that is kept on one line divides no sentence.
WHOLE_DATE = re.compile(r'<span class="nowrap">([^<]*)</span>')
#: Attributes that are addresses, values and names, not words for people.
MACHINE = {"href", "src", "action", "value", "content", "name", "id", "class", "for", "data-draft", "data-pinyin"}
#: A language and a switch of Chinese browsers, named as they name themselves.
NAMES = {"简体中文", "极速模式"}
#: What people have written stands in these, and in the words of the timeline, as it was written.
WRITTEN = {"textarea", "script", "style"}


@cache
def catalogue() -> Catalog:
    """The English catalogue of the repository."""
    with (settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en")


def sources(message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


@cache
def product_words() -> frozenset[str]:
    return frozenset(source for message in catalogue() if message.id for source in sources(message))


def county_data() -> re.Pattern:
    """Whatever the database, the mechanism files and the papers' titles say, unless it is a word of the product itself:
    that would hide a string that nobody has translated."""
    # How a county divides its items and people name their papers is theirs, be it in the product's own words.
    everyday = {*Item.objects.values_list("field", flat=True), *Material.objects.values_list("title", flat=True)}
    found = {*_stored(), *_ruled(), *(paper.title for paper in registry().values())}
    own = (found - product_words()) | everyday | NAMES
    known = sorted((text for text in own if CHINESE.search(text)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


def _stored() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label in ("kernel", *settings.WORKFLOWS):
            wordy = [f.attname for f in model._meta.concrete_fields if isinstance(f, WORDY)]
            for row in model.objects.values_list(*wordy) if wordy else ():
                for value in row:
                    yield from _texts(value)


WORDY = (models.CharField, models.TextField, models.JSONField)


def _ruled() -> Iterator[str]:
    for path in sorted((Path(settings.BASE_DIR) / "coordination/mechanisms").glob("*.toml")):
        yield from _texts(tomllib.loads(path.read_text()))
    yield from COUNTING.values()


def _texts(value) -> Iterator[str]:
    """Each text in a value, and its lines: a page may show them one by one."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


class Reader(HTMLParser):
    """Collects what a page says: texts, and attributes that people see or hear."""

    VOID = {"input", "link", "meta", "br", "img", "hr", "use", "path", "rect", "circle", "line", "col", "source"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[tuple[str, bool]] = []
        self.feed(WHOLE_DATE.sub(r"\1", page))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        self.said += [f"{name}={value}" for name, value in attrs if value and name not in MACHINE]
        if tag not in self.VOID:
            foreign = (given.get("lang") or "en").startswith("zh") and tag != "html"
            written = tag in WRITTEN or given.get("class") == "words"
            self.inside.append((tag, foreign or written))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(quiet for _tag, quiet in self.inside):
            self.said.append(" ".join(data.split()))


def foreign_words(page: str, data: re.Pattern) -> list[str]:
    """The texts of a page in which something Chinese is left that is no datum."""
    return [said for said in Reader(page).said if FOREIGN.search(data.sub("", said))]


class Browser:
    """Somebody who reads English, at every page that he opens. `left`: what was not English, by address."""

    def __init__(self, user: User | None = None) -> None:
        self.user, self.left = user, {}
        self.data = county_data()
        self.client = Client(raise_request_exception=False)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if user:
            self.client.force_login(user)

    def open(self, address: str, status: int = 200, **asked) -> str:
        return self._read(address, self.client.get(address, asked), status)

    def send(self, address: str, status: int, **typed) -> str:
        return self._read(f"POST {address}", self.client.post(address, typed), status)

    def _read(self, address: str, answer, status: int) -> str:
        assert answer.status_code == status, (address, answer.status_code)
        page = answer.content.decode()
        assert '<html lang="en"' in page, address
        if foreign_words(page, self.data):
            self.data = county_data()  # what has happened since
            left = foreign_words(page, self.data)
            self.left |= {address: left} if left else {}
        return page


def read_matter(browser: Browser, matter: Matter) -> None:
    """The matter's page, its materials, and the form of every step that is open to the reader."""
    browser.open(f"/m/{matter.number}/")
    browser.open(f"/m/{matter.number}/materials/")
    for one in open_steps(matter, browser.user, now()):
        read_step(browser, matter, one)


def read_step(browser: Browser, matter: Matter, one: OpenStep) -> None:
    browser.open(f"/m/{matter.number}/{one.step.name}/", **({"behalf": "1"} if one.behalf else {}))
