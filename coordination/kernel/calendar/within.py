"""How long a limit is: the words of a mechanism file (`within = "3 working days"`) as a value."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.kernel.words import Refusal

#: The longest count that is still a time limit of this field (ten years); more is a slip of the pen.
LONGEST = 3660


class Unit(StrEnum):
    """What is counted. 行政处罚法 art. 85 (二日三日五日七日 are working days); 民法典 art. 201 (days, hours)."""

    WORKING_DAYS = "working days"  # 工作日
    DAYS = "days"  # 日, natural days
    HOURS = "hours"  # 小时
    SAME_DAY = "same day"  # 当日
    AT_ONCE = "at once"  # 立即, 即时
    PROMPTLY = "promptly"  # 及时: the source gives no number


COUNTED = (Unit.WORKING_DAYS, Unit.DAYS, Unit.HOURS)
_COUNT = re.compile(r"(\d{1,5}) *(working days?|days?|hours?|个?工作日|日|天|个?小时)")
#: The words of the documents, for people who type them; mechanism files keep to the English ones.
_SPOKEN = {
    "工作日": Unit.WORKING_DAYS,
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "小时": Unit.HOURS,
    "当日": Unit.SAME_DAY,
    "立即": Unit.AT_ONCE,
    "即时": Unit.AT_ONCE,
    "及时": Unit.PROMPTLY,
}


@dataclass(frozen=True, slots=True)
class Within:
    """A parsed `within`. `number` is 0 for what is not counted; `strict`: a same-day limit that never rolls."""

    unit: Unit
    number: int = 0
    strict: bool = False

    @classmethod
    def parse(cls, text: str, strict: bool = False) -> "Within":
        """Read `3 working days`, `90 days`, `24 hours`, `same day`, `at once`, `promptly`, or the same in the words of
        the documents (3个工作日, 90日, 24小时, 当日, 立即, 及时). Refusal otherwise."""
        words = " ".join(str(text).lower().split())
        found = _COUNT.fullmatch(words)
        unit = _unit(found[2] if found else words)
        if unit is None or (unit in COUNTED) != bool(found):
            raise _refuse(text)
        return cls(unit, int(found[1]) if found else 0, strict)._checked(text)

    def _checked(self, text: str) -> "Within":
        if self.unit in COUNTED and not 0 < self.number <= LONGEST * (24 if self.unit is Unit.HOURS else 1):
            raise _refuse(text)
        if self.strict and self.unit is not Unit.SAME_DAY:
            raise Refusal(_("strict 只用于 same day（当日不顺延）。"), field="within", code="within")
        return self

    @property
    def counted(self) -> bool:
        """Whether a number is counted (not 当日, 立即, 及时)."""
        return self.unit in COUNTED

    def __str__(self) -> str:
        if not self.counted:
            return str(self.unit)
        return f"{self.number} {self.unit if self.number != 1 else self.unit[:-1]}"

    @property
    def words(self) -> str:
        """In the words of the documents: 3个工作日, 90日, 24小时, 当日, 立即, 及时."""
        return {
            Unit.WORKING_DAYS: ngettext("%(n)d个工作日", "%(n)d个工作日", self.number),
            Unit.DAYS: ngettext("%(n)d日", "%(n)d日", self.number),
            Unit.HOURS: ngettext("%(n)d小时", "%(n)d小时", self.number),
            Unit.SAME_DAY: _("当日"),
            Unit.AT_ONCE: _("立即"),
            Unit.PROMPTLY: _("及时"),
        }[self.unit] % {"n": self.number}


def _unit(words: str) -> Unit | None:
    spoken = _SPOKEN.get(words.removeprefix("个"))
    plural = f"{words.removesuffix('s')}s"
    return spoken or next((unit for unit in Unit if unit in (words, plural)), None)


def _refuse(text: str) -> Refusal:
    hint = _(
        "无法识别的时限“%(text)s”。请写成 3个工作日（3 working days）、90日（90 days）、24小时（24 hours）、"
        "当日（same day）、立即（at once）或 及时（promptly）；数字应当大于 0，不超过十年。"
    )
    return Refusal(hint % {"text": text}, field="within", code="within")
