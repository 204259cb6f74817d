"""What a file may be called on paper: a name from outside is words, cleaned of everything that could mislead."""

import re
import unicodedata

LONGEST = 120
#: Signs that some file system gives a meaning to.
_SIGNS = re.compile(r'[<>:"|?*\x00-\x1f\x7f]+')


def clean_name(name: str) -> str:
    """The last part of `name` without paths, control and direction signs, and not too long; never empty."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    cleaned = _SIGNS.sub("_", visible).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[: LONGEST - 11]}{dot}{ending[:10]}" if dot else cleaned[:LONGEST]


def ending(name: str) -> str:
    """`现场.JPG` → `jpg`; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def stem(name: str) -> str:
    return name.rpartition(".")[0] or name
