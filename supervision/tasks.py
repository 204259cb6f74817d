"""Where the worker finds the tasks of this app."""

from supervision.duties.opening import open_duties_daily

__all__ = ["open_duties_daily"]
