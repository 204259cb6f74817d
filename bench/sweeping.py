"""The sweep: idle, and at work beside one raw statement that writes the same rows."""

import multiprocessing
import statistics
import time
from collections.abc import Iterator

from django.db import connection

from bench.figures import Figure
from bench.stopwatch import Time, measured, stopwatch
from coordination.kernel.now import now, travel_to
from coordination.kernel.sweep import run
from tests.county import at

MOMENT = "2026-11-30 08:31"
DUE = 10_000
#: So many sending clocks that have not fired are due for their reminder, and for nothing after it.
MAKE_DUE = """UPDATE kernel_clock SET next_rung_at = (rungs->0->>'at')::timestamptz WHERE id IN (
    SELECT id FROM kernel_clock WHERE "limit" = 'referrals.send' AND state = 'running' AND rung_index = 0
        AND (rungs->0->>'at')::timestamptz <= %(moment)s AND (rungs->1->>'at')::timestamptz > %(moment)s
    ORDER BY id LIMIT %(count)s)"""
#: One statement that claims, records, tells and moves on: without hash chain and without words of their own.
RAW = """WITH due AS (
        SELECT c.id, c.matter_id, c.organ_id, c.term, c.title, c.rungs->c.rung_index AS rung, m.stage, head.*
        FROM kernel_clock c JOIN kernel_matter m ON m.id = c.matter_id CROSS JOIN LATERAL
            (SELECT seq, hash FROM kernel_entry WHERE matter_id = m.id ORDER BY seq DESC LIMIT 1) head
        WHERE c.state = 'running' AND c.next_rung_at <= %(moment)s
        ORDER BY c.next_rung_at FOR NO KEY UPDATE OF m SKIP LOCKED),
    moved AS (UPDATE kernel_clock c SET rung_index = c.rung_index + 1,
        next_rung_at = (c.rungs->(c.rung_index + 1)->>'at')::timestamptz FROM due WHERE c.id = due.id),
    entry AS (
        INSERT INTO kernel_entry (matter_id, seq, step, before, after, organ_id, at, request_id, body, commitment,
            prev_hash, hash)
        SELECT matter_id, seq + 1, 'rung.' || (rung->>'level'), stage, stage, organ_id, %(moment)s, '', hash, hash,
            hash, hash FROM due RETURNING id, matter_id),
    words AS (INSERT INTO kernel_entrywords (entry_id, salt, words)
        SELECT entry.id, ''::bytea, jsonb_build_object('label', title) FROM entry JOIN due USING (matter_id)),
    claim AS (INSERT INTO kernel_claim (clock_id, term, rung, due, claimed_at, entry_id)
        SELECT due.id, term, rung->>'key', (rung->>'at')::timestamptz, %(moment)s, entry.id
        FROM due JOIN entry USING (matter_id) RETURNING 1),
    told AS (INSERT INTO kernel_notice (entry_id, matter_id, organ_id, role, level, title, created_at, fanned_out)
        SELECT entry.id, matter_id, (tell->>0)::bigint, tell->>1, rung->>'level', title, %(moment)s, false
        FROM due JOIN entry USING (matter_id), jsonb_array_elements(rung->'tells') AS tell)
    SELECT count(*) FROM claim"""


def idle(words: str, most: float | None = None) -> Figure:
    """Milliseconds of SQL of a pass that finds nothing; the median of twenty."""
    run()
    times = [_sql() for _each in range(20)]
    work, clock = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    return Figure(f"idle pass, {words}", work, "ms of SQL", most=most, note=f"{clock:,.1f} ms on the clock")


def _sql() -> tuple[float, float]:
    """Seconds that the statements of one pass take: of work, and on the clock."""
    spent: list[Time] = []

    def timed(execute, sql, params, many, context):
        with measured_here() as took:
            done = execute(sql, params, many, context)
        spent.append(took)
        return done

    measured_here = stopwatch()
    with connection.execute_wrapper(timed):
        run()
    return sum(took.work for took in spent), sum(took.clock for took in spent)


def at_work() -> Iterator[Figure]:
    """10,000 due rungs, with entries, words, claims and notices."""
    travel_to(at(MOMENT))
    run()
    quiet = run().statements + 1  # the last look that finds nothing more
    raw = _raw()
    _make_due(DUE)
    with measured() as took:
        done = run()
    assert done.claimed == DUE, done
    clock = f"{DUE / took.clock:,.0f}/s on the clock"
    yield Figure("escalations with entry, words, claim and notices", DUE / took.work, "/s", least=3000, note=clock)
    yield Figure("the same by two sweepers at once, on the clock", _two_at_once(), "/s")
    yield Figure("statements a batch of 500", (done.statements - quiet) / done.batches)
    clock = f"{DUE / raw.clock:,.0f}/s on the clock"
    yield Figure("the same rows by one raw statement, without hash chain", DUE / raw.work, "/s", note=clock)
    yield Figure("sweep over raw statement", took.work / raw.work, "×", most=10)


def _two_at_once() -> float:
    """Escalations a second on the clock."""
    _make_due(DUE)
    connection.close()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(3)
    sweepers = [fork.Process(target=_sweep_after, args=(start,)) for _each in range(2)]
    for sweeper in sweepers:
        sweeper.start()
    start.wait()
    begun = time.perf_counter()
    for sweeper in sweepers:
        sweeper.join()
    seconds = time.perf_counter() - begun
    assert run().claimed == 0
    return DUE / seconds


def _sweep_after(start) -> None:
    """Begin with the others, on a connection that is already open."""
    connection.ensure_connection()
    start.wait()
    run()


def _raw() -> Time:
    _make_due(DUE)
    with measured() as took, connection.cursor() as cursor:
        cursor.execute(RAW, {"moment": now()})
        assert cursor.fetchone()[0] == DUE
    return took


def _make_due(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE_DUE, {"moment": now(), "count": count})
        cursor.execute("VACUUM ANALYZE kernel_clock")
