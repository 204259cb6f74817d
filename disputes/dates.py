"""When a dispute came to each rung of its ladder, by when the rung is to be done with, and why then (怎么算的)."""

from django.utils.translation import gettext as _

from coordination.kernel.calendar import work_calendar
from coordination.kernel.clocks import explain
from coordination.kernel.now import now
from coordination.kernel.retold import label_words
from coordination.kernel.web.explaining import lines_of
from coordination.kernel.web.lamp import lamp
from coordination.kernel.web.moments import moment_words
from disputes.flow import ACCEPT, NEGOTIATE, SETTLE

#: The limits of which each rung has at least one: the talks; taking it in hand, then settling it.
OF_RUNGS = (NEGOTIATE.key, ACCEPT.key, SETTLE.key)


def dates_of(dispute) -> dict[int, dict]:
    """By the rung's number: `reached`, and of its last clock the `lamp`, the `basis` and the `explain`ed date. Two
    queries. A rung that was passed over, or that lies above, has none."""
    acts = [rung["act"] for rung in dispute.ladder]
    found: dict[int, list] = {}
    rows = dispute.clocks.filter(limit__in=OF_RUNGS).select_related("organ").prefetch_related("events")
    for clock in rows.order_by("started_at", "pk"):
        clock.matter = dispute
        found.setdefault(acts.index(clock.facts["rung"]), []).append(clock)
    calendar, moment = work_calendar(dispute.county_id), now()
    return {
        number: {"reached": moment_words(clocks[0].started_at), "due": _due(clocks[-1], moment, calendar)}
        for number, clocks in found.items()
    }


def _due(clock, moment, calendar) -> dict:
    return {
        "lamp": lamp(clock, moment, calendar),
        "title": label_words(clock.title),
        "basis": _("依据 %(basis)s") % {"basis": clock.basis},
        "local": clock.nature == "local",
        "explain": lines_of(explain(clock, calendar)),
    }
