"""The reasoning behind a date, line by line, in a form that can be shown, returned and printed."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy


class Why(StrEnum):
    """Why a day counts, or not; for limits by the hour, what happened at a moment."""

    START = "start"
    FORMED = "formed"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED = "rolled"
    STATED = "stated"
    ORDERED = "ordered"
    SHIFTED = "shifted"
    RUNS = "runs"
    STOPPED = "stopped"
    RESUMED = "resumed"
    DUE = "due"


class TraceLine(NamedTuple):
    """One day (or, for hours, one moment): whether it counted, as which number, and why.

    `name` is the holiday that a notice connects with the day; `moment` is set where the hour matters.
    """

    date: date
    counted: bool
    number: int | None
    reason: Why
    name: str = ""
    moment: datetime | None = None

    @property
    def why(self) -> str:
        """The reason in words."""
        words = "made_up" if self.reason is Why.COUNTED and self.name else self.reason
        return str(_WORDS[words]) % {"number": self.number, "name": self.name}

    def as_json(self) -> dict:
        """For the API and `manage.py due --json`."""
        moment = self.moment and self.moment.isoformat()
        return {
            "date": self.date.isoformat(),
            "moment": moment,
            "counted": self.counted,
            "number": self.number,
            "reason": str(self.reason),
            "name": self.name,
            "why": self.why,
        }


_WORDS = {
    Why.START: gettext_lazy("开始之日，不计入（民法典第二百零一条）"),
    Why.FORMED: gettext_lazy("形成之日，当日届满"),
    Why.COUNTED: gettext_lazy("计入，第 %(number)s 日"),
    "made_up": gettext_lazy("%(name)s调休上班，计入，第 %(number)s 日"),
    Why.WEEKEND: gettext_lazy("周末，不计入"),
    Why.HOLIDAY: gettext_lazy("%(name)s放假，不计入"),
    Why.PAUSED: gettext_lazy("暂停期间，不计入"),
    Why.ROLLED: gettext_lazy("末日遇休息日，顺延至此日（民法典第二百零三条）"),
    Why.STATED: gettext_lazy("延期告知写明的日期"),
    Why.ORDERED: gettext_lazy("文书写明的期限"),
    Why.SHIFTED: gettext_lazy("扣除暂停时间后的日期"),
    Why.RUNS: gettext_lazy("起算时刻，按小时连续计算（民法典第二百零一条）"),
    Why.STOPPED: gettext_lazy("暂停，停止计算"),
    Why.RESUMED: gettext_lazy("恢复，继续计算"),
    Why.DUE: gettext_lazy("届满时刻"),
}

#: What a reader of the date should know besides the days: the key is stable, the words are translated.
NOTES = {
    "working_days": gettext_lazy("只计工作日，含调休上班日；末日必为工作日，无需顺延。"),
    "days": gettext_lazy("按自然日计算；末日遇休息日的，顺延至其后第一个工作日（民法典第二百零三条）。"),
    "hours": gettext_lazy("按小时连续计算，夜间和节假日照计，不顺延（民法典第二百零一条）。"),
    "same_day": gettext_lazy("当日届满；当日为休息日的，顺延至其后第一个工作日。"),
    "same_day_strict": gettext_lazy("当日届满，遇休息日也不顺延。"),
    "at_once": gettext_lazy("应当立即办理；超过宽限时间即显示为超期。宽限时间是本地设置，不是法定期限。"),
    "promptly": gettext_lazy("来源只写“及时”，没有数字，不产生到期日，只显示已用时间。"),
    "day_ends": gettext_lazy("末日的截止时间为本地设置的停止办公时间（民法典第二百零三条）。"),
    "paused": gettext_lazy("正在暂停，恢复后才有到期日。"),
    "extended": gettext_lazy("已延期，以延期告知写明的日期为准。"),
    "ordered": gettext_lazy("期限由文书逐件写明，以文书为准。"),
    "provisional": gettext_lazy("所涉年份的放假安排尚未确认，日期暂定。"),
}
