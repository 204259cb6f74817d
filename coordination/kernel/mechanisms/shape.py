"""The shape of a mechanism file: which keys a table may and must have. Messages name the key and what to do."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

TEXT, TEXTS, FLAG, TABLES, ANY, DAY = "text", "texts", "flag", "tables", "any", "day"

_CLAUSE = {"basis": TEXT, "quote": TEXT, "rules": TEXTS, "reading": TEXT, "local": FLAG, "also": TABLES}
_LENGTH = {"within": TEXT, "strict": FLAG, "until": DAY}

#: For each table: its keys with the kind of value; those in REQUIRED must stand.
SHAPES: dict[str, dict[str, str]] = {
    "file": {
        "mechanism": "table",
        "law": TABLES,
        "limit": TABLES,
        "target": TABLES,
        "ladder": TABLES,
        "options": "table",
        "dispute": "table",
        "clash": TABLES,
    },
    "mechanism": {"id": TEXT, "county": TEXT, "title": TEXT, "title_en": TEXT},
    "law": {"name": TEXT, "edition": TEXT, "checked": FLAG},
    "limit": {
        "key": TEXT,
        "title": TEXT,
        **_LENGTH,
        **_CLAUSE,
        "when": TABLES,
        "rung": TABLES,
        "ladder": TEXT,
        "pause": TEXT,
        "standalone": FLAG,
    },
    "when": {**_LENGTH, **_CLAUSE},
    "also": {"basis": TEXT, "quote": TEXT},
    "rung": {"key": TEXT, "at": TEXT, "level": TEXT, "tells": TEXTS, **_CLAUSE},
    "ladder": {"id": TEXT, "rung": TABLES},
    "target": {"key": TEXT, "within": TEXT, "basis": TEXT},
    "option": {"value": ANY, "title": TEXT, "standalone": FLAG, **_CLAUSE},
    "dispute": {"rung": TABLES},
    "dispute.rung": {"kinds": TEXTS, "body": TEXT, "act": TEXT, **_CLAUSE, "direct": "table"},
    "direct": _CLAUSE,
    "clash": {
        "id": TEXT,
        "title": TEXT,
        "chosen": ANY,
        "reason": TEXT,
        "option": TEXT,
        "limit": TEXT,
        "dispute": TEXT,
        "side": TABLES,
    },
    "side": {"value": ANY, **_CLAUSE},
}
REQUIRED = {
    "file": ("mechanism",),
    "mechanism": ("id", "title"),
    "law": ("name", "edition"),
    "limit": ("key", "title", "within", "basis"),
    "when": ("within", "basis"),
    "also": ("basis", "quote"),
    "rung": ("key", "at", "level", "tells", "basis"),
    "ladder": ("id", "rung"),
    "target": ("key", "within", "basis"),
    "option": ("value", "basis"),
    "dispute": ("rung",),
    "dispute.rung": ("kinds", "body", "act", "basis"),
    "direct": ("basis", "quote"),
    "clash": ("id", "title", "chosen", "reason", "side"),
    "side": ("value", "basis", "quote"),
}
_OF_KIND = {
    TEXT: lambda value: isinstance(value, str) and bool(value.strip()),
    TEXTS: lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    FLAG: lambda value: isinstance(value, bool),
    TABLES: lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    "table": lambda value: isinstance(value, dict),
    ANY: lambda value: isinstance(value, bool | int | str),
    DAY: lambda value: type(value) is date,
}


def faults(table: str, raw: Mapping) -> list[str]:
    """What is wrong with the keys and the kinds of values of one table, in words. A `when` may ask facts besides."""
    shape = SHAPES[table]
    found = [_("缺少“%s”，请补上。") % key for key in REQUIRED[table] if key not in raw]
    for key, value in raw.items():
        if key in shape and not _OF_KIND[shape[key]](value):
            found.append(_("“%(key)s”的值不对，应为%(kind)s。") % {"key": key, "kind": _kind(shape[key])})
        elif key not in shape and table != "when":
            found.append(unknown(key, shape))
    return found + _unquoted(table, raw)


def _unquoted(table: str, raw: Mapping) -> list[str]:
    """A clause quotes its source, unless it says that it is a local arrangement."""
    if "quote" in SHAPES[table] and table not in ("also", "side") and not raw.get("local") and not raw.get("quote"):
        return [_("缺少“quote”（原文引句）；没有原文依据的本地安排请写 local = true。")]
    return []


def unknown(key: str, known) -> str:
    """An unknown key, with the nearest known one."""
    near = get_close_matches(key, list(known), 1)
    hint = _("是否应为“%s”？") % near[0] if near else _("可用的有：%s。") % "、".join(sorted(known))
    return _("不认识“%s”。") % key + hint


def _kind(kind: str) -> str:
    return {
        TEXT: _("文字"),
        TEXTS: _("文字列表"),
        FLAG: "true / false",
        TABLES: _("表的列表"),
        "table": _("表"),
        ANY: _("文字、数字或 true / false"),
        DAY: _("日期，如 2026-04-15"),
    }[kind]
