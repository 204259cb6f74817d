"""Reads a mechanism file. Faults are collected, each with the place where it stands, and the rest is still read."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from coordination.kernel.calendar import Unit, Within
from coordination.kernel.mechanisms import tables
from coordination.kernel.mechanisms.shape import SHAPES, faults
from coordination.kernel.words import Refusal

FOLDER = Path(__file__).resolve().parents[2] / "mechanisms"
NATIONAL = "national"


@cache
def read_all(folder: Path = FOLDER) -> dict[str, tables.Mechanism]:
    """Every mechanism of a folder by the name of its file."""
    return {path.stem: read_file(path) for path in sorted(folder.glob("*.toml"))}


def read_file(path: Path) -> tables.Mechanism:
    """One file. What cannot be read at all becomes a mechanism with nothing but problems."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = tables.Problem(path.name, "", _("不是有效的 TOML 文件：%s") % error)
        return tables.Mechanism(path.stem, path.stem, problems=(problem,))
    return _Reader(path.name, path.stem == NATIONAL).mechanism(path.stem, raw)


@dataclass
class _Reader:
    """Turns the tables of one file into values; `found` gathers what is wrong."""

    file: str
    national: bool
    found: list[tables.Problem] = field(default_factory=list)

    def mechanism(self, name: str, raw: dict) -> tables.Mechanism:
        self._shape("file", raw, "")
        head = raw.get("mechanism", {})
        self._shape("mechanism", head, "[mechanism]")
        if head.get("id", name) != name:
            self._fault("[mechanism]", _("id 应与文件名一致（%s）。") % name)
        parts = {
            "laws": self._by_key("law", raw.get("law", ()), self._law, "name"),
            "limits": self._by_key("limit", raw.get("limit", ()), self._limit),
            "targets": self._by_key("target", raw.get("target", ()), self._target),
            "ladders": self._by_key("ladder", raw.get("ladder", ()), self._ladder, "id"),
            "options": {key: made for key, one in raw.get("options", {}).items() if (made := self._option(key, one))},
            "disputes": self._each("dispute.rung", raw.get("dispute", {}).get("rung", ()), self._dispute),
            "clashes": self._each("clash", raw.get("clash", ()), self._clash),
        }
        return tables.Mechanism(
            name, head.get("title", name), head.get("county", ""), **parts, problems=tuple(self.found)
        )

    def _law(self, raw: Mapping, where: str) -> tables.Law:
        return tables.Law(raw["name"], raw["edition"], raw.get("checked", False))

    def _limit(self, raw: Mapping, where: str) -> tables.LimitRule:
        whens = [
            self._branch(when, f"{where} when[{n}]")
            for n, when in enumerate(raw.get("when", ()), 1)
            if self._shape("when", when, f"{where} when[{n}]")
        ]
        rungs = self._each("rung", raw.get("rung", ()), self._rung, where)
        branches = (*whens, self._branch(raw, where, plain=True))
        return tables.LimitRule(
            raw["key"],
            raw["title"],
            branches,
            rungs,
            raw.get("ladder", ""),
            raw.get("pause", ""),
            raw.get("standalone", False),
            self.national,
        )

    def _branch(self, raw: Mapping, where: str, plain: bool = False) -> tables.Branch:
        facts = {} if plain else {key: _words(value) for key, value in raw.items() if key not in SHAPES["when"]}
        return tables.Branch(self._within(raw, where), self._clause(raw, where), facts, raw.get("until"))

    def _within(self, raw: Mapping, where: str) -> Within:
        try:
            return Within.parse(raw["within"], raw.get("strict", False))
        except Refusal as refusal:
            self._fault(where, refusal.message)
            return Within(Unit.PROMPTLY)

    def _clause(self, raw: Mapping, where: str) -> tables.Clause:
        also = self._each("also", raw.get("also", ()), lambda one, _where: (one["basis"], one["quote"]), where)
        nature = tables.READING if raw.get("reading") else tables.LOCAL if raw.get("local") else tables.STATUTORY
        return tables.Clause(
            raw["basis"], raw.get("quote", ""), tuple(raw.get("rules", ())), nature, raw.get("reading", ""), also
        )

    def _rung(self, raw: Mapping, where: str) -> tables.RungSpec:
        return tables.RungSpec(raw["key"], raw["at"], raw["level"], tuple(raw["tells"]), self._clause(raw, where))

    def _ladder(self, raw: Mapping, where: str) -> tuple[tables.RungSpec, ...]:
        return self._each("rung", raw["rung"], self._rung, where)

    def _target(self, raw: Mapping, where: str) -> tables.Target:
        return tables.Target(raw["key"], self._within(raw, where), raw["basis"])

    def _option(self, key: str, raw: Mapping) -> tables.OptionRule | None:
        where = f"[options] {key}"
        if not isinstance(raw, dict):
            self._fault(where, _("请写成 { value = …, basis = … }。"))
            return None
        if not self._shape("option", raw, where):
            return None
        return tables.OptionRule(
            key, raw["value"], self._clause(raw, where), raw.get("title", ""), raw.get("standalone", False)
        )

    def _dispute(self, raw: Mapping, where: str) -> tables.DisputeRung:
        direct = self._each("direct", [raw["direct"]] if "direct" in raw else (), self._clause, where)
        kinds, clause = tuple(raw["kinds"]), self._clause(raw, where)
        return tables.DisputeRung(kinds, raw["body"], raw["act"], clause, next(iter(direct), None))

    def _clash(self, raw: Mapping, where: str) -> tables.Clash:
        sides = self._each("side", raw["side"], lambda one, at: (one["value"], self._clause(one, at)), where)
        links = {key: raw.get(key, "") for key in ("option", "limit", "dispute")}
        return tables.Clash(raw["id"], raw["title"], sides, raw["chosen"], raw["reason"], **links)

    def _by_key(self, table: str, rows: Iterable, make: Callable, key: str = "key") -> dict:
        made = {}
        for row in rows:
            where = f"[[{table}]] {row.get(key, '?')}"
            if row.get(key) in made:
                self._fault(where, _("写了两次，请合并为一处。"))
            elif self._shape(table, row, where):
                made[row[key]] = make(row, where)
        return made

    def _each(self, table: str, rows: Iterable, make: Callable, within: str = "") -> tuple:
        placed = [(row, f"{within} [[{table}]][{n}]".strip()) for n, row in enumerate(rows, 1)]
        return tuple(make(row, where) for row, where in placed if self._shape(table, row, where))

    def _shape(self, table: str, raw: Mapping, where: str) -> bool:
        """Whether the table can be read on; what is wrong with it is noted."""
        wrong = faults(table, raw)
        for message in wrong:
            self._fault(where, message)
        return not wrong

    def _fault(self, where: str, message: str) -> None:
        self.found.append(tables.Problem(self.file, where, message))


def _words(value) -> tuple[str, ...]:
    """A fact's values as texts: true and false are said yes and no."""
    values = value if isinstance(value, list) else [value]
    return tuple(("yes" if one else "no") if isinstance(one, bool) else str(one) for one in values)
