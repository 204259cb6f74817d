"""A filtered list as a plain table: the same columns for the xlsx file and for paper."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter, MatterQuerySet
from coordination.kernel.web.moments import end_words, moment_words
from coordination.kernel.web.workflows import workflows
from coordination.kernel.web.xlsx import as_xlsx

EXPORT_MAX = 10_000
PRINT_MAX = 500


def head() -> list[str]:
    return [
        _("编号"),
        _("类别"),
        _("案由"),
        _("环节"),
        _("紧急程度"),
        _("当事人"),
        _("所在乡镇"),
        _("地点"),
        _("执法事项"),
        _("承办机关"),
        _("开始时间"),
        _("最近期限"),
        _("办结时间"),
    ]


def lines(matters: MatterQuerySet, most: int, moment: datetime) -> Iterable[list]:
    """A line for each matter, the newest first; an end in words, for no cell can say the 24:00 of a day, and whether it
    is over. One query."""
    kinds = workflows()
    stages = {kind: dict(model.Stage.choices) for kind, model in kinds.items()}
    for matter in matters.select_related("place", "holder", "item").order_by("-id")[:most]:
        yield [
            matter.number,
            str(kinds[matter.kind]._meta.verbose_name),
            matter.title,
            str(stages[matter.kind].get(matter.stage, "")),
            matter.get_urgency_display(),
            matter.subject_name,
            str(matter.place or ""),
            matter.place_text,
            str(matter.item or ""),
            matter.holder.name,
            matter.opened_at,
            _end(matter, moment),
            matter.closed_at,
        ]


def _end(matter: Matter, moment: datetime) -> str:
    if not matter.next_due_at:
        return ""
    late = _("（已超期）") if matter.next_due_at <= moment else ""
    return f"{end_words(matter.next_due_at)}{late}"


def export(title: str, matters: MatterQuerySet, moment: datetime) -> HttpResponse:
    """The matters as an xlsx file called `title`."""
    return as_xlsx(str(title), head(), lines(matters, EXPORT_MAX, moment), moment)


def on_paper(matters: MatterQuerySet, moment: datetime) -> dict:
    """The table for printing: moments in words, without the columns that paper has no room for."""
    shown = (0, 2, 3, 4, 5, 6, 7, 9, 11)
    titles = head()
    rows = [[_word(line[column]) for column in shown] for line in lines(matters, PRINT_MAX, moment)]
    return {"head": [titles[column] for column in shown], "lines": rows, "full": len(rows) == PRINT_MAX}


def _word(value) -> str:
    return moment_words(value) if isinstance(value, datetime) else value or ""
