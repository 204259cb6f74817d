"""The facts of a matter as pages write them: label and words."""

from collections.abc import Iterable
from datetime import date, datetime

from coordination.kernel.matters import Matter
from coordination.kernel.steps.forms import readable
from coordination.kernel.web.moments import day_words, moment_words


def facts_of(matter: Matter, shown: Iterable[str | tuple[str, str]]) -> list[tuple[str, str]]:
    """Fields of the matter in words, an empty one left out; what has label and words already stays as it is."""
    facts = [_of(matter, one) if isinstance(one, str) else one for one in shown]
    return [(label, words) for label, words in facts if words]


def _of(matter: Matter, name: str) -> tuple[str, str]:
    value = getattr(matter, f"get_{name}_display", lambda: getattr(matter, name))()
    return matter._meta.get_field(name).verbose_name, "" if value in (None, "", False) else written(value)


def written(value) -> str:
    """A value in words; moments and days as everywhere on the screen."""
    if isinstance(value, datetime):
        return moment_words(value)
    return day_words(value) if isinstance(value, date) else readable(value)
