"""Clocks: the duties of organs, with or without a date, on matters.

A flow declares a `Limit`; a step starts and stops it; the county's mechanism says how long it is and on what basis;
the running duty is a `Clock`. The work desk is the open clocks of one's organ.
"""

from coordination.kernel.clocks.book import ClockBook
from coordination.kernel.clocks.explain import Explanation, explain
from coordination.kernel.clocks.limits import Limit, Start
from coordination.kernel.clocks.rows import OPEN, Claim, Clock, ClockEvent

__all__ = ["OPEN", "Claim", "Clock", "ClockBook", "ClockEvent", "Explanation", "Limit", "Start", "explain"]
