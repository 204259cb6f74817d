"""Moments in their order: nothing was done before what it follows upon, so that no organ makes another overdue."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.now import to_the_minute
from coordination.kernel.steps import gate
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import Refusal


def not_before(attribute: str, what, field: str = "at", of_item: bool = False) -> Callable:
    """A gate: what `field` tells did not happen before `attribute` of the complaint, or of the item that the step is
    about; to the minute, as people write it down."""

    @gate()
    def in_order(matter, actor, facts, moment) -> None:
        earlier, told = getattr(facts["about"] if of_item else matter, attribute), facts.get(field)
        if earlier and told and told < to_the_minute(earlier):
            raise Refusal(
                _("这一时间不能早于%(what)s（%(when)s），请核对后填写实际时间。")
                % {"what": what, "when": moment_words(earlier)},
                field=field,
            )

    in_order.__name__ = f"{field}_not_before_{attribute}"
    return in_order


RECEIVED = gettext_lazy("收到投诉举报的时间")
after_receipt = not_before("received_at", RECEIVED)
found_after_receipt = not_before("received_at", RECEIVED, field="found_at")
after_transfer = not_before("transferred_at", gettext_lazy("移送的时间"))
after_filing_decision = not_before("filing_decided_at", gettext_lazy("作出是否立案决定的时间"))
after_result = not_before("resulted_at", gettext_lazy("该事项有处理结果的时间"), of_item=True)
after_conclusion = not_before("closed_at", gettext_lazy("办结的时间"))
