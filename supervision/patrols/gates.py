"""What must hold before a step of a patrol's finding."""

from django.utils.translation import gettext as _

from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal


@gate("LX-5.4")
def in_the_past(matter, actor, facts, moment) -> None:
    if facts["found_at"] > moment:
        raise Refusal(_("巡查发现时间不能晚于现在。"), field="found_at")


@gate("LX-5.4")
def day_to_come(matter, actor, facts, moment) -> None:
    if facts["handle_by"] < moment.date():
        raise Refusal(_("处置期限不能早于今天。"), field="handle_by")
