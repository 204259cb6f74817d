"""The end of a day that a paper names."""

from datetime import date, datetime, time, timedelta

from coordination.kernel.now import CST


def end_of(day: date) -> datetime:
    """The exclusive end of `day`."""
    return datetime.combine(day + timedelta(days=1), time.min, CST)
