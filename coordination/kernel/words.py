"""What the kernel says to people when it will not do something, and in which language it writes for good."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _

#: Journal, notices and documents are written in the language of the law, whatever language the person reads.
LAW_LANGUAGE = "zh-hans"


@contextmanager
def law_language() -> Iterator[None]:
    """What is put into words inside (or in a function so decorated) is put into the language of the law."""
    with translation.override(LAW_LANGUAGE):
        yield


def named(label: object, text: object) -> str:
    """`label：text`, in the punctuation of the reader's language."""
    return _("%(label)s：%(text)s") % {"label": label, "text": text}


def listed(parts: Iterable[object]) -> str:
    """`one、two、three`, in the punctuation of the reader's language."""
    return _("、").join(str(part) for part in parts)


class Refusal(Exception):
    """A step or an input is refused, in words that a person can act on.

    `message` is shown as it stands on the page, in the API and in the admin; `field` names the form field
    that it concerns (None: the whole); `code` is stable for programs (`stale`, `stage`, `permission`, `gate` …).
    """

    def __init__(self, message: str, field: str | None = None, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code


#: (clause, place) of what carries a clause outside a step, gate, limit, option or document.
CARRIED: list[tuple[str, str]] = []


def carries(*rules: str):
    """Marks a function or class of the kernel with the clauses that it carries, for `manage.py rules`."""

    def mark(thing):
        place = f"{thing.__module__.removeprefix('coordination.')}.{thing.__qualname__}"
        CARRIED.extend((rule, place) for rule in rules)
        return thing

    return mark
