"""Where a long title breaks: between words, into lines of like length (GB/T 9704-2012, 7.3.1 “词意完整、排列对称”).

Chinese writes no spaces, and no dictionary comes with the product: the words that titles of enforcement papers are made
of stand in title_words.txt. A title of none of them breaks near its middle.
"""

import re
from pathlib import Path

#: Characters of 2号 in a line.
LINE = 19
#: After these a title may break whatever stands before.
JOINTS = "的和与及或、，》）"
WORDS = Path(__file__).with_name("title_words.txt").read_text(encoding="utf-8").split()
_KNOWN = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))
#: How much farther from the middle a better place may lie: at a joint, beside a known word, between unknown characters.
JOINT, WORD, UNKNOWN = 0.0, 1.0, 4.0


def lines_of(*parts: str) -> list[str]:
    """The lines of a title that is put together from `parts`; between two of them it may break as well."""
    rest, places = "".join(parts), _places(parts)
    count, broken = -(-len(rest) // LINE), []
    for left in range(count, 1, -1):
        cut = _cut(rest, places, left)
        broken.append(rest[:cut])
        rest, places = rest[cut:], {place - cut: worse for place, worse in places.items() if place > cut}
    return [*broken, rest]


def _places(parts: tuple[str, ...]) -> dict[int, float]:
    """Where the title may break, and how much worse than a joint the place is."""
    title = "".join(parts)
    words = [found.span() for found in _KNOWN.finditer(title)]
    inside = {place for begins, ends in words for place in range(begins + 1, ends)}
    places = {place: UNKNOWN for place in range(1, len(title)) if place not in inside}
    places |= {place: WORD for span in words for place in span}
    places |= dict.fromkeys(_ends(parts), JOINT)
    places |= {place: JOINT for place in range(1, len(title)) if title[place - 1] in JOINTS}
    return {place: worse for place, worse in places.items() if 0 < place < len(title) and title[place] not in JOINTS}


def _ends(parts: tuple[str, ...]) -> list[int]:
    return [sum(map(len, parts[:number])) for number in range(1, len(parts))]


def _cut(rest: str, places: dict[int, float], left: int) -> int:
    """The best place for the first of `left` lines; no line is longer than the page."""
    middle = len(rest) / left
    fitting = {place for place in places if place <= LINE and len(rest) - place <= LINE * (left - 1)}
    return min(fitting, key=lambda place: (abs(place - middle) + places[place], place), default=round(middle))
