"""Specimen words for every declared document, so that a new one is measured without anybody's doing.

What tests/kernel/papers.py knows stands there; whatever else a template asks for is Anything, which answers every
question with itself: it has all attributes, may be walked through, and reads as words on the paper.
"""

from django.template import Context

from coordination.kernel.documents import Document
from tests.kernel import papers

PROOF = {"number": "宁住建移〔2026〕12号", "code": "ABCD-EFGH-2345", "qr": "", "checkpoint": ""}
YEAR = {"year": 2026, "month": 10, "day": 9}


class Anything:
    """A fact that nobody has told: 若干情况."""

    def __str__(self) -> str:
        return "若干情况"

    def __getattr__(self, name: str):
        if name.startswith("_") or name == "resolve_expression":
            raise AttributeError(name)
        return YEAR.get(name, self)

    def __getitem__(self, key):
        return self

    def __call__(self, *args, **named):
        return self

    def __format__(self, spec: str) -> str:
        return str(self)

    def __iter__(self):
        return iter((self, self))

    def __len__(self) -> int:
        return 2

    def __radd__(self, other):
        return other

    __hash__ = object.__hash__


class Told(Context):
    """A context in which everything is told, but for what only a draft or a correction says."""

    def __getitem__(self, key: str):
        try:
            return super().__getitem__(key)
        except KeyError:
            if key in ("draft", "corrects"):
                raise
            return Anything()


class Known:
    """A thing of the specimens with every attribute that it lacks."""

    def __init__(self, thing) -> None:
        self._thing = thing

    def __str__(self) -> str:
        return str(getattr(self._thing, "name", "若干情况"))

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._thing, name, Anything())


def specimen(document: Document) -> str:
    """The words of a document in which everything is told."""
    known = {name: Known(value) if isinstance(value, papers.Thing) else value for name, value in papers.CONTEXT.items()}
    told = Told({**known, **PROOF, "matter": Anything(), "document": document})
    return document.template("specimens").template.render(told)
