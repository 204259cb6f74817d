"""Moments in their order: nothing was done before what it follows upon, so that no organ makes another overdue."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from coordination.kernel.now import to_the_minute
from coordination.kernel.steps import gate
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import Refusal


def not_before(attribute: str, what, *rules: str, field: str = "at", of: str = "") -> Callable:
    """A gate: what `field` tells did not happen before `attribute` of the matter, or of what the fact `of` names; to
    the minute, as people write it down. `what`: that earlier moment in words."""

    @gate(*rules)
    def in_order(matter, actor, facts, moment) -> None:
        earlier, told = getattr(facts[of] if of else matter, attribute), facts.get(field)
        if earlier and told and told < to_the_minute(earlier):
            raise Refusal(
                _("这一时间不能早于%(what)s（%(when)s），请核对后填写实际时间。")
                % {"what": what, "when": moment_words(earlier)},
                field=field,
            )

    in_order.__name__ = f"{field}_not_before_{attribute}"
    return in_order
