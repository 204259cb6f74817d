"""怎么算的: an explanation as lines of text, for pages, the API and the command line."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _

from coordination.kernel.calendar import TraceLine
from coordination.kernel.clocks import ClockEvent, Explanation
from coordination.kernel.retold import label_words
from coordination.kernel.web.moments import day_words, end_words, moment_words


def lines_of(why: Explanation) -> list[str]:
    """The start, the days with their reasons, what moved the date, the result, the standing of the rule."""
    clock, due = why.clock, why.due
    lines = [_("起算：%(at)s") % {"at": moment_words(clock.started_at)}]
    lines += trace_words(due.trace)
    lines += [_moved(event) for event in why.events]
    lines.append(_("到期：%(end)s") % {"end": end_words(due.due_at)} if due.due_at else _("没有确定的到期时间"))
    lines += due.explanations
    if not why.current:
        lines.append(_("工作日历已变更，正在重新计算"))
    return lines


def trace_words(trace: Iterable[TraceLine]) -> list[str]:
    """The days line by line; a run of days with one reason in one line, so that ninety days stay readable."""
    return [_run(list(run)) for _key, run in groupby(trace, key=lambda line: (line.reason, line.name, line.moment))]


def _run(run: list[TraceLine]) -> str:
    first, last = run[0], run[-1]
    if first.moment:
        return _("%(at)s：%(why)s") % {"at": moment_words(first.moment), "why": first.why}
    if len(run) == 1:
        return _("%(day)s：%(why)s") % {"day": day_words(first.date), "why": first.why}
    if first.number is not None:
        return _("%(first)s 至 %(last)s：计入，第 %(from)s 至第 %(to)s 日") % {
            "first": day_words(first.date),
            "last": day_words(last.date),
            "from": first.number,
            "to": last.number,
        }
    return _("%(first)s 至 %(last)s：%(why)s") % {
        "first": day_words(first.date),
        "last": day_words(last.date),
        "why": first.why,
    }


def _moved(event) -> str:
    """Whoever pauses or extends types the ground; that of a date set by a paper is one of the product's words."""
    ground = label_words(event.ground) if event.kind == ClockEvent.Kind.SET else event.ground
    return _("%(kind)s（%(at)s）：%(before)s → %(after)s %(ground)s") % {
        "kind": event.get_kind_display(),
        "at": moment_words(event.at),
        "ground": ground,
        "before": end_words(event.before) if event.before else "—",
        "after": end_words(event.after) if event.after else "—",
    }
