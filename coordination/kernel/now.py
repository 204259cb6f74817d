"""The only source of time: PostgreSQL's clock, moved only where the settings allow travel (demo, tests).

Everything that asks for the time asks here, so that web, worker and sweep agree whatever their own clocks say,
and so that a tale can be told in travelled time.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models

CST = ZoneInfo("Asia/Shanghai")


class TimeShift(models.Model):
    """One row at most: how far this installation's time is moved. Empty wherever TIME_TRAVEL is off."""

    shift = models.DurationField(default=timedelta(0))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_time_shift")]


def now() -> datetime:
    """The present moment in Asia/Shanghai, by the database's clock plus the travel shift. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() + COALESCE((SELECT shift FROM kernel_timeshift WHERE id = 1), '0')")
        return cursor.fetchone()[0].astimezone(CST)


def to_the_minute(moment: datetime) -> datetime:
    """As people write a moment down: what they tell of the same minute was not before it."""
    return moment.replace(second=0, microsecond=0)


class Present(models.Func):
    """The present moment as an expression, the same wherever it stands in a statement."""

    template = "(statement_timestamp() + COALESCE((SELECT shift FROM kernel_timeshift WHERE id = 1), '0'))"
    output_field = models.DateTimeField()


class Today(models.Func):
    """The day of the present moment in Asia/Shanghai."""

    template = f"({Present.template} AT TIME ZONE '{CST.key}')::date"
    output_field = models.DateField()


def travel_to(moment: datetime) -> None:
    """Move this installation's present to `moment` (aware); time runs on from there."""
    if not settings.TIME_TRAVEL:
        raise RuntimeError("time travel is only for demo and test settings (TIME_TRAVEL)")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_timeshift (id, shift) VALUES (1, %s - clock_timestamp()) "
            "ON CONFLICT (id) DO UPDATE SET shift = EXCLUDED.shift",
            [moment],
        )


def return_to_present() -> None:
    """End the travel: the installation shows the database's own time again."""
    TimeShift.objects.all().delete()
