"""What must hold before a periodic duty is recorded or done."""

from django.utils.translation import gettext as _

from coordination.kernel.now import CST
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal


@gate("NW-3.67")
def in_its_cycle(matter, actor, facts, moment) -> None:
    """What was done in another year fulfils another duty."""
    today, on = moment.astimezone(CST).date(), facts["on"]
    if on > today or on < matter.cycle_first or (matter.cycle_last and on > matter.cycle_last):
        raise Refusal(
            _("请填写本期内已经开展的日期（%(since)s 起，不晚于今天）。") % {"since": f"{matter.cycle_first:%Y-%m-%d}"},
            field="on",
        )


@gate("NW-3.67", "QX-9.3")
def with_hours(matter, actor, facts, moment) -> None:
    """Hours are counted where the county sets a number of them."""
    if matter.hours_needed and not facts.get("hours"):
        raise Refusal(_("本县要求累计学时，请填写本次学时。"), field="hours")


@gate("NW-3.66", "NW-3.67", "QX-9.3", "YY-7.1")
def enough(matter, actor, facts, moment) -> None:
    if matter.times_done < matter.times_needed:
        raise Refusal(_("本期还没有登记开展情况，请先“登记开展情况”并上传材料。"))
    if matter.hours_done < matter.hours_needed:
        raise Refusal(
            _("本期已登记 %(done)s 学时，还差 %(left)s 学时，请继续登记。")
            % {"done": f"{matter.hours_done:g}", "left": f"{matter.hours_needed - matter.hours_done:g}"}
        )
