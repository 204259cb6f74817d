"""Finding a matter by what people remember of it: number, title, party, place, item, and the pinyin initials of these.

PostgreSQL cuts no Chinese text into words, so each matter keeps the small pieces of its words under one index: single
characters and pairs of Chinese text, pairs and triples of letters and digits. A search asks for all pieces of what was
typed and then for the words themselves. Only the doorway writes this table, in the transaction of the step.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from coordination.kernel.matters import Matter

LATIN = re.compile(r"[0-9a-z]+")
#: More words than anybody types: each costs a look into the index.
MOST_WORDS = 8
BATCH = 2000


class SearchWords(models.Model):
    """What one matter is found by. `words`: the texts in small letters, each with its initials; `pieces`: of these."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="searched")
    words = models.TextField()
    pieces = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["pieces"], name="search_pieces")]


def words_of(matter: Matter) -> str:
    """What `matter` should be found by; its item and place come with it out of `fetch()`."""
    texts = (
        matter.number,
        matter.title,
        matter.subject_name,
        matter.place_text,
        matter.item.title if matter.item else "",
        matter.place.short_name if matter.place else "",
    )
    return "\n".join(line for text in texts if text for line in _lines(text.lower()))


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[str, ...]:
    """The text, and the first letters of its syllables where it has Chinese."""
    first = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore")).lower()
    return (text, first) if first else (text,)


def keep(matter: Matter, before: str) -> None:
    """Write what `matter` is found by, if it is no longer what it was `before` the step. One statement."""
    words = words_of(matter)
    if words != before:
        row = SearchWords(matter=matter, words=words, pieces=sorted({*pieces(words)}))
        SearchWords.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["matter"], update_fields=["words", "pieces"]
        )


def fill(matters: Iterable[Matter], row: type[models.Model] = SearchWords) -> None:
    """Rows for matters that came about without the doorway: before there was this table, or as copies in a test."""
    known = iter(matters)
    while batch := [(matter.pk, words_of(matter)) for matter in islice(known, BATCH)]:
        row.objects.bulk_create(row(matter_id=pk, words=words, pieces=sorted({*pieces(words)})) for pk, words in batch)


def pieces(text: str) -> Iterator[str]:
    """Every piece of `text` that the index holds."""
    for run in _runs(text):
        shortest = 2 if LATIN.fullmatch(run) else 1
        for size in (shortest, shortest + 1):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))


def _runs(text: str) -> Iterator[str]:
    """Stretches of letters and digits, and of other characters, without spaces and punctuation between them."""
    for run in re.findall(r"[^\W_]+", text):
        yield from (part for part in re.split(r"([0-9a-z]+)", run) if part)


def found_by(typed: str) -> Q:
    """The condition on matters that every word of `typed` stands somewhere in what they are found by."""
    found = Q()
    for word in typed.lower().split()[:MOST_WORDS]:
        asked = sorted({*_asked(word)})
        found &= Q(searched__words__contains=word) & (Q(searched__pieces__contains=asked) if asked else Q())
    return found


def _asked(word: str) -> Iterator[str]:
    """The longest pieces of a typed word: they narrow best."""
    for run in _runs(word):
        longest = min(len(run), 3 if LATIN.fullmatch(run) else 2)
        if longest > 1 or not LATIN.fullmatch(run):
            yield from (run[at : at + longest] for at in range(len(run) - longest + 1))
