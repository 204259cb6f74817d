"""Where a long title breaks: between words, into lines of like length (GB/T 9704-2012, 7.3.1 “词意完整、排列对称”).

Chinese writes no spaces; where a word ends is said by jieba's dictionary.
"""

from itertools import accumulate

import rjieba

#: Characters of 2号 in a line.
LINE = 18
#: After these a title may break well.
JOINTS = "的和与及或、，》）"
#: No line begins with these.
NEVER_FIRST = f"{JOINTS}之；："
#: What it costs to break elsewhere than after a joint or between two parts of the title, in squared characters.
PLAIN = 4


def lines_of(*parts: str) -> list[str]:
    """The lines of a title that is put together from `parts`; between two of them it breaks well, too."""
    title = "".join(parts)
    target, joints = len(title) / max(1, -(-len(title) // LINE)), set(accumulate(map(len, parts)))
    cheapest: dict[int, tuple[float, list[str]]] = {0: (0, [])}
    for end in _ends(title):
        plain = 0 if end in joints or title[end - 1] in JOINTS else PLAIN
        cheapest[end] = min(
            (cost + _uneven(end - start, target) + plain, [*lines, title[start:end]])
            for start, (cost, lines) in cheapest.items()
        )
    return cheapest[len(title)][1]


def _ends(title: str) -> list[int]:
    """Where a line may end: after a word, and at the end."""
    words = accumulate(map(len, rjieba.cut(title)))
    return [end for end in words if end == len(title) or title[end] not in NEVER_FIRST]


def _uneven(length: int, target: float) -> float:
    """How far a line is from its share; one that the page would break itself is the last resort."""
    return (length - target) ** 2 + max(0, length - LINE) * 1000
