"""The sweep's own rows: its heartbeat, and the clocks that it could not sweep."""

from datetime import datetime, timedelta

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.clocks import Clock

#: A heartbeat older than this means that nobody sweeps: beat, timers and workers are all gone.
SILENT_AFTER = timedelta(minutes=5)
#: How long a clock that cannot be swept waits before it is tried again, alone; doubled up to a day.
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(days=1)

BEAT = """WITH again AS (UPDATE kernel_sweeprun SET started_at = %(started)s, finished_at = %(finished)s
    WHERE id = (SELECT max(id) FROM kernel_sweeprun) AND claimed + faults + %(claimed)s + %(faults)s = 0 RETURNING 1)
    INSERT INTO kernel_sweeprun (started_at, finished_at, claimed, faults)
    SELECT %(started)s, %(finished)s, %(claimed)s, %(faults)s WHERE NOT EXISTS (SELECT FROM again)"""
SET_ASIDE = """INSERT INTO kernel_sweepfault AS f (clock_id, tries, retry_at, words)
    VALUES (%(clock)s, 1, %(moment)s::timestamptz + %(first)s, %(words)s) ON CONFLICT (clock_id) DO UPDATE SET
    tries = LEAST(f.tries + 1, 1000), words = EXCLUDED.words,
    retry_at = %(moment)s::timestamptz + LEAST(%(first)s * 2 ^ LEAST(f.tries, 16), %(last)s)
    WHERE f.retry_at <= %(moment)s"""


class SweepRun(models.Model):
    """The heartbeat: one row a pass that found something, and the latest idle one."""

    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("结束时间"))
    claimed = models.PositiveIntegerField(_("触发数"), default=0)
    faults = models.PositiveIntegerField(_("故障数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("时限巡查")


class SweepFault(models.Model):
    """A clock that could not be swept: reported, and retried alone with growing delay, so that it heads no batch."""

    clock = models.OneToOneField(Clock, models.CASCADE, primary_key=True, verbose_name=_("时限"), related_name="fault")
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=1)
    retry_at = models.DateTimeField(_("下次尝试时间"), db_index=True)
    words = models.CharField(_("故障"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("时限巡查故障")


def beat(started: datetime, finished: datetime, claimed: int, faults: int) -> None:
    """Note a pass. Every pass that did something is kept, of the idle ones only the latest. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, {"started": started, "finished": finished, "claimed": claimed, "faults": faults})


def silent_since(moment: datetime) -> datetime | None:
    """When the last pass ended, if that is too long ago: the alarm on the supervisor's desk. None: the sweep is awake.

    An installation that has never swept has been silent since the beginning of time.
    """
    last = SweepRun.objects.order_by("-pk").values_list("finished_at", flat=True).first()
    if last is None:
        return datetime.min.replace(tzinfo=moment.tzinfo)
    return last if moment - last > SILENT_AFTER else None


def set_aside(clock_id: int, fault: Exception, moment: datetime) -> None:
    """Note that a clock cannot be swept; the waiting time doubles. Two sweepers at once count as one try."""
    words = f"{type(fault).__name__}: {fault}".replace("\0", "")[:300]
    facts = {"clock": clock_id, "moment": moment, "words": words, "first": FIRST_RETRY, "last": LAST_RETRY}
    with connection.cursor() as cursor:
        cursor.execute(SET_ASIDE, facts)
