"""Finding a matter by what people remember of it: number, title, party, place, item, and the pinyin initials of these.

PostgreSQL cuts no Chinese text into words, so each matter keeps the small pieces of its words under one index: single
characters and pairs of Chinese text, pairs and triples of letters and digits. A search asks for all pieces of what was
typed and then for the words themselves. Only the doorway writes this table, in the transaction of the step.

What a township's name finds in ten years of a county is a hundred thousand matters, of which the reader may see few
and reads the newest. So the same index also holds marks: the kind, the organs that may see the matter, and the stretch
of numbers that it lies in. They narrow and never let in: who may see what is asked of `visible_to()` alone.
"""

import re
import string
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Func, Q, QuerySet, Value
from pypinyin import Style, lazy_pinyin

from coordination.kernel import written
from coordination.kernel.matters import Matter, reach_of
from coordination.kernel.organs import User
from coordination.kernel.written import Blank, Later

LATIN = re.compile(r"[0-9a-z]+")
#: More words than anybody types: each costs a look into the index.
MOST_WORDS = 8
BATCH = 2000
AROUND = re.compile(r"^[\W_]+|[\W_]+$")
#: Letters and digits as an input method of full width types them.
NARROW = {0xFEE0 + ord(letter): letter for letter in string.digits + string.ascii_letters}
LONG_NUMBER = re.compile(r"\d{6}")
#: Where the newest are looked for first: a mark, and how many binary digits of the number it leaves out.
STRETCHES = (("a", 12), ("b", 15), ("c", 18))
#: Also of a matter that the reader may not see: that it is there makes nobody else's its match.
NO_WHOLE_NUMBER = "NOT EXISTS (SELECT FROM kernel_matter WHERE number = %s)"


class SearchWords(models.Model):
    """What one matter is found by. `words`: the texts in small letters, each with its initials; `pieces`: of these;
    `marks`: see migration 0015, whose triggers write them."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="searched")
    words = models.TextField()
    pieces = ArrayField(models.TextField())
    marks = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["pieces", "marks"], name="search_pieces")]


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


def found_by(typed: str, *, later: bool = False) -> Q:
    """The condition on matters that every word of `typed` stands somewhere in what they are found by; all of them for
    nothing typed. Punctuation around a word came with it from elsewhere; alone it finds nothing. `later`: the words
    themselves are told when it is asked (`newest`)."""
    words = _words(typed)
    found = Q(pk__in=[]) if typed and not words else Q()
    for place, word in enumerate(words):
        pieces = _pieces(word)
        of_word = Later(f"word{place}", models.TextField()) if later else word
        of_pieces = Later(f"pieces{place}", ArrayField(models.TextField())) if later else pieces
        found &= Q(searched__words__contains=of_word) & (Q(searched__pieces__contains=of_pieces) if pieces else Q())
    return found


def _words(typed: str) -> list[str]:
    return [word for one in typed.translate(NARROW).lower().split() if (word := AROUND.sub("", one))][:MOST_WORDS]


def _pieces(word: str) -> list[str]:
    return sorted({*_asked(word)})


def within_reach(user: User, kind: str = "") -> Q:
    """What narrows a search to where `user` may find anything at all, and to one `kind`; beside `visible_to()`."""
    organs, watched = reach_of(user)
    reach = Q() if watched else Q(searched__marks__overlap=[f"o{pk}" for pk in sorted(organs)])
    return reach & Q(searched__marks__contains=[f"k{kind}"]) if kind else reach


def newest(find: Callable[[], QuerySet], most: int, typed: str, key: Hashable = None) -> list[tuple[int, str]]:
    """Number and kind of the newest `most` of what `find` finds by the words `typed`, told later, the newest first; one
    statement. `key`: as for `written.values`, without the words.

    They are looked for among the newest few thousand matters, and only where that is not enough among more, at last
    among all: what is rare costs nothing in a stretch, and of what very many have not much more is read than is shown.
    A long number is one matter's, but its parts are everybody's: one that is the whole number of a matter finds this
    one alone, another is looked up once, among all.
    """
    typed = typed.translate(NARROW)
    words, long = _words(typed), bool(LONG_NUMBER.search(typed))
    pieces = [_pieces(word) for word in words]
    told = {f"word{place}": word for place, word in enumerate(words)}
    told |= {f"pieces{place}": some for place, some in enumerate(pieces)}
    shape = key and (key, most, long, tuple(bool(some) for some in pieces))
    return written.rows(shape, lambda: _in_stretches(find(), most, long), whole=typed.strip(), **told)


def _in_stretches(found: QuerySet, most: int, long: bool) -> tuple[str, tuple]:
    found = found.order_by("-pk").values_list("pk", "kind")
    if long:
        places = [(found.filter(number=Later("whole")), ""), (found, NO_WHOLE_NUMBER)]
    else:
        stretched = (found.filter(searched__marks__overlap=_stretch(*stretch)) for stretch in STRETCHES)
        places = [(matters, "") for matters in (*stretched, found)]
    parts, parameters = [], []
    for matters, only in places:
        with suppress(EmptyResultSet):  # Django's word for: nothing can be here, there is no need to ask
            words, values = matters[:most].query.sql_with_params()
            enough = [f"(SELECT count(*) FROM part{before}) < {most:d}" for before in range(len(parts))]
            where = only or " AND ".join(enough) or "true"
            parts.append(f"part{len(parts)} AS MATERIALIZED (SELECT * FROM ({words}) AS looked WHERE {where})")
            parameters += (*values, *([Blank("whole")] if only else ()))
    if not parts:
        return "", ()
    together = " UNION ".join(f"SELECT * FROM part{place}" for place in range(len(parts)))
    return f"WITH {', '.join(parts)} {together} ORDER BY 1 DESC LIMIT {most:d}", tuple(parameters)


def _stretch(mark: str, bits: int) -> Func:
    """The marks of the last two stretches of `2 ** bits` numbers."""
    return Func(Value(mark), Value(bits), function="csx_newest", output_field=ArrayField(models.TextField()))


def _asked(word: str) -> Iterator[str]:
    """The longest pieces of a typed word: they narrow best."""
    for run in _runs(word):
        longest = min(len(run), 3 if LATIN.fullmatch(run) else 2)
        if longest > 1 or not LATIN.fullmatch(run):
            yield from (run[at : at + longest] for at in range(len(run) - longest + 1))
