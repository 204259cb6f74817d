"""Where the worker finds the tasks of this app."""

from supervision.duties.opening import open_duties_daily
from supervision.figures.months import count_months_daily

__all__ = ["count_months_daily", "open_duties_daily"]
