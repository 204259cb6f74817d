"""The clocks' own hand: finds rungs that are due and fires each of them exactly once.

Set-based; safe with any number of sweepers, with crashes and with late starts. A batch costs a constant number of
statements; an idle pass reads one partial index.
"""

import time
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from celery import shared_task
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel import journal
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.clocks.redate import redate_clocks
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice, deliver
from coordination.kernel.now import now
from coordination.kernel.queue import enqueue

BATCH = 500
#: How long a matter whose rows cannot be swept waits before it is tried again, alone; doubled up to a day.
FIRST_RETRY = timedelta(minutes=1)
#: What one bad row can raise; anything else is a fault of the sweep itself and must be loud.
ISOLATED = (DatabaseError, LookupError, ValueError, TypeError)


class SweepRun(models.Model):
    """The heartbeat: one row a pass that found something, and the latest idle one."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    claimed = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("时限巡查")
        indexes = [models.Index(fields=["-finished_at"], name="sweep_heartbeat")]


class SweepFault(models.Model):
    """A matter that could not be swept: reported, and retried alone with growing delay, so that it heads no batch."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField()
    words = models.CharField(max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("时限巡查故障")


@dataclass
class Pass:
    """What one pass did: rungs claimed, batches, SQL statements, seconds, matters set aside."""

    claimed: int = 0
    batches: int = 0
    statements: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)


def run(batch: int = BATCH) -> Pass:
    """One pass: batches until nothing is due. Late rungs are recorded as late, never lost, never twice."""
    result, moment, begun = Pass(), now(), time.monotonic()
    with connection.execute_wrapper(_counter(result)):
        redate_clocks(moment)
        while _batch(moment, batch, result):
            result.batches += 1
        _heartbeat(moment, result)
    result.seconds = round(time.monotonic() - begun, 4)
    return result


def _counter(result: Pass):
    def count(execute, sql, params, many, context):
        result.statements += 1
        return execute(sql, params, many, context)

    return count


def _batch(moment: datetime, size: int, result: Pass) -> bool:
    """Sweep one batch of matters; False when there is none to lock. A row that spoils it is found by halving."""
    ids: list[int] = []
    try:
        with transaction.atomic():
            ids = _lock_due(moment, size)
            result.claimed += _fire(ids, moment)
    except ISOLATED as fault:
        if not ids or not connection.is_usable():
            raise  # the database is away: nothing to isolate, the next pass catches up
        _isolate(ids, moment, result, fault)
    return bool(ids)


def _lock_due(moment: datetime, size: int) -> list[int]:
    """Lock the matters with due rungs, oldest first, that nobody holds; one in the middle of a step is left to the
    next pass. Those set aside wait for their retry; clocks behind the calendar wait for their new date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id FROM kernel_matter m WHERE m.id IN (SELECT c.matter_id FROM kernel_clock c "
            "WHERE c.next_rung_at <= %s AND NOT EXISTS (SELECT 1 FROM kernel_sweepfault f "
            "WHERE f.matter_id = c.matter_id AND f.retry_at > %s) ORDER BY c.next_rung_at LIMIT %s) "
            "LIMIT %s FOR NO KEY UPDATE OF m SKIP LOCKED",
            [moment, moment, size * 8, size],
        )
        return [row[0] for row in cursor.fetchall()]


def _isolate(ids: list[int], moment: datetime, result: Pass, fault: Exception) -> None:
    """Halve a spoilt batch until the bad matter stands alone and is set aside; the others are swept."""
    if len(ids) == 1:
        _set_aside(ids[0], fault, moment, result)
        return
    half = len(ids) // 2
    for part in (ids[:half], ids[half:]):
        try:
            with transaction.atomic():
                result.claimed += _fire(_lock(part), moment)
        except ISOLATED as part_fault:
            _isolate(part, moment, result, part_fault)


def _lock(ids: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM kernel_matter WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED", [ids]
        )
        return [row[0] for row in cursor.fetchall()]


def _fire(ids: list[int], moment: datetime) -> int:
    """Claim, record and tell every due rung of the locked matters. Returns how many."""
    if not ids:
        return 0
    # A new statement, hence a new snapshot: a step that met a clock while we waited for the lock is seen here.
    clocks = list(Clock.objects.filter(matter_id__in=ids, next_rung_at__lte=moment).select_related("matter", "organ"))
    fired = [(clock, position) for clock in clocks for position in _due_rungs(clock, moment)]
    if not fired:
        return 0
    entries = journal.append_many([_row(clock, clock.rungs[i], moment) for clock, i in fired], moment)
    Claim.objects.bulk_create(
        [
            Claim(
                clock=clock,
                term=clock.term,
                rung=clock.rungs[i]["key"],
                due=clock.rungs[i]["at"],
                claimed_at=moment,
                entry=entry,
            )
            for (clock, i), entry in zip(fired, entries, strict=True)
        ]
    )
    Notice.objects.bulk_create(_notices(fired, entries, moment))
    _advance(clocks, fired)
    enqueue(deliver)
    return len(fired)


def _due_rungs(clock: Clock, moment: datetime) -> list[int]:
    """The positions of all rungs of `clock` that are due: after an outage several at once."""
    due = []
    for position in range(clock.rung_index, len(clock.rungs)):
        if datetime.fromisoformat(clock.rungs[position]["at"]) > moment:
            break
        due.append(position)
    return due


def _row(clock: Clock, rung: dict, moment: datetime) -> dict:
    at = datetime.fromisoformat(rung["at"])
    return {
        "matter_id": clock.matter_id,
        "step": f"rung.{rung['level']}",
        "stage": clock.matter.stage,
        "organ_id": clock.organ_id,
        "words": {
            "label": _label(rung["level"]),
            "who": _("系统"),
            "organ": clock.organ.short_name,
            "facts": [],
            "clocks": [
                {
                    "title": clock.title,
                    "organ": clock.organ.short_name,
                    "change": rung["level"],
                    "within": clock.within,
                    "basis": clock.basis,
                    "before": None,
                    "after": clock.due_at and clock.due_at.isoformat(),
                    "rung_at": rung["at"],
                    "late": moment - at > timedelta(minutes=5),
                }
            ],
        },
    }


def _label(level: str) -> str:
    return {"remind": _("临期提醒"), "overdue": _("超期提醒"), "supervise": _("督促办理"), "report": _("报告政府")}[
        level
    ]


def _notices(fired: list, entries: list, moment: datetime) -> list[Notice]:
    """One notice a clock, of its highest rung: after a long outage each rung is in the record, but nobody is told
    four times at once."""
    loudest = {clock.pk: (clock, clock.rungs[i], entry) for (clock, i), entry in zip(fired, entries, strict=True)}
    return [
        Notice(
            entry=entry,
            matter_id=clock.matter_id,
            organ_id=organ,
            role=role,
            level=rung["level"],
            title=f"{_label(rung['level'])}：{clock.title}——{clock.matter.title}"[:160],
            created_at=moment,
        )
        for clock, rung, entry in loudest.values()
        for organ, role in {tuple(tell) for tell in rung["tells"]}
    ]


def _advance(clocks: list[Clock], fired: list) -> None:
    """Move every swept clock to its next rung, in one statement."""
    last = {clock.pk: position for clock, position in fired}
    for clock in clocks:
        clock.rung_index = last.get(clock.pk, clock.rung_index - 1) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_clock c SET rung_index = v.i, next_rung_at = v.at FROM unnest(%s::bigint[], %s::int[], "
            "%s::timestamptz[]) AS v(id, i, at) WHERE c.id = v.id",
            [[c.pk for c in clocks], [c.rung_index for c in clocks], [c.next_rung() for c in clocks]],
        )


def _set_aside(matter_id: int, fault: Exception, moment: datetime, result: Pass) -> None:
    known, _new = SweepFault.objects.get_or_create(matter_id=matter_id, defaults={"retry_at": moment, "words": ""})
    known.tries += 1
    known.retry_at = moment + min(FIRST_RETRY * 2 ** (known.tries - 1), timedelta(days=1))
    known.words = f"{type(fault).__name__}: {fault}"[:300]
    known.save()
    result.faults.append(f"{matter_id}: {known.words}")


def _heartbeat(moment: datetime, result: Pass) -> None:
    """Keep every pass that did something, and of the idle ones only the latest."""
    if not result.claimed and not result.faults:
        last = SweepRun.objects.order_by("-finished_at").first()
        if last and not last.claimed and not last.faults:
            SweepRun.objects.filter(pk=last.pk).update(started_at=moment, finished_at=now())
            return
    SweepRun.objects.create(started_at=moment, finished_at=now(), claimed=result.claimed, faults=len(result.faults))


@shared_task(name="kernel.sweep")
def sweep() -> None:
    """One pass over the clocks."""
    run()
