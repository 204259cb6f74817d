"""What kinds of document there are: each workflow declares its own in its `documents.py`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from django.template.loader import select_template
from django.utils.module_loading import autodiscover_modules

from coordination.kernel.organs import Actor, Organ

_declared: dict[str, "Document"] = {}


class Style(StrEnum):
    """The five shapes of a page (GB/T 9704-2012); each has a base template and a style sheet of that name."""

    LETTER = "letter"  # 信函格式
    FILE = "file"  # 文件格式
    MINUTES = "minutes"  # 纪要格式
    FORM = "form"  # 执法文书
    TABLE = "table"  # 清单、审批表

    @property
    def called(self) -> str:
        """What a document of this shape calls itself: 本函, 本文书 …"""
        return {"letter": "函", "file": "文", "minutes": "纪要", "form": "文书", "table": "件"}[self.value]


@dataclass
class Occasion:
    """What the words of the documents of one step draw on.

    `keys` are the documents that the step issues, `papers` those of them already made.
    """

    matter: Any
    organ: Organ
    actor: Actor
    facts: dict
    moment: datetime
    keys: tuple[str, ...] = ()
    papers: list = field(default_factory=list)
    _read: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """`read()`, but once for all the documents of the step."""
        if name not in self._read:
            self._read[name] = read()
        return self._read[name]

    def paper(self, *keys: str):
        """The last document of these kinds, or None: first of this step, then of the matter."""
        stored = self.papers if any(paper.key in keys for paper in self.papers) else self._stored()
        return next((paper for paper in reversed(stored) if paper.key in keys), None)

    def _stored(self) -> list:
        return self.once("stored papers", lambda: list(self.matter.documents.defer("html").order_by("pk")))


@dataclass(frozen=True)
class Document:
    """A kind of document that a step issues.

    `series` stands between the organ's mark and the year in the number (宁住建 + 移 + 〔2026〕12号). `context` makes of
    an Occasion what the words need: receiver, officers, materials … `checks` are functions of the whole context that
    raise a Refusal before a number is taken. `recordable`: where an organ off the platform acted, whoever records it
    issues this document; other documents are then that organ's own paper, and lie in the scan. `sealed`: it
    bears the organ's seal, stamped or signed; a form that is only signed inside the organ does not. `rules` are the
    clauses that the document carries. `replaces` finds the earlier document of the matter that it takes the place of
    and names, where there is one. `title` is Chinese in every language of the screens: it stands on the paper.
    """

    key: str
    title: str
    series: str
    style: Style
    context: Callable[[Occasion], dict] = field(compare=False)
    checks: tuple[Callable[[dict], None], ...] = field(default=(), compare=False)
    replaces: Callable[[Occasion], Any] | None = field(default=None, compare=False)
    recordable: bool = False
    sealed: bool = True
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.key in _declared:
            raise ValueError(f"two documents are called {self.key!r}")
        _declared[self.key] = self

    def __str__(self) -> str:
        return self.title

    def template(self, county: str):
        """A county's own wording goes before the common one."""
        return select_template([f"documents/{county}/{self.key}.html", f"documents/{self.key}.html"])

    def words(self, context: dict) -> str:
        """The whole page as HTML that needs nothing else."""
        return joined(self.template(context["county"].code).render({**context, "document": self}))


#: Between two of these a line of the template ends without a space: Chinese has none between words.
CHINESE = "\u2e80-\u303f\u3400-\u9fff\uff00-\uffef"
_BREAK = re.compile(f"(?<=[{CHINESE}])[ ]*\n\\s*(?=[{CHINESE}])")


def joined(html: str) -> str:
    """A page without the blanks that HTML would make of a line's end in the middle of a Chinese sentence."""
    return _BREAK.sub("", html)


@cache
def registry() -> dict[str, Document]:
    """Every declared document by its key."""
    autodiscover_modules("documents")
    return _declared


def declared(document: "Document | str") -> Document:
    """A document, or the one of that key."""
    return document if isinstance(document, Document) else registry()[document]
