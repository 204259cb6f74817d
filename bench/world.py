"""A database of its own with a county of a hundred thousand matters: a few told by steps, the others copied in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from bench.stopwatch import alone
from cases.models import Case
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import travel_to
from coordination.kernel.organs import Organ
from coordination.kernel.search import fill
from referrals.models import Referral
from tests.county import Story, at, live_in
from tests.faults.copies import Variety, copies, copy_part
from tests.faults.main_story import costs_of_the_main_story

DATABASE = "csx_bench"
START = "2026-09-21 09:00"
#: A hundred thousand matters, a tenth of them open: one clock on a case, two on a referral.
OPEN_CASES, OPEN_REFERRALS, CLOSED_CASES, CLOSED_REFERRALS = 4_000, 3_000, 63_000, 30_000
#: Later, for the sweep: a hundred thousand open clocks.
MORE_CLOCKS = 90_000
#: Matters that will fire get an entry before, as every matter has one.
FIRST_ENTRIES = """INSERT INTO kernel_entry SELECT copy.* FROM kernel_entry t,
    (SELECT matter_id FROM kernel_clock WHERE "limit" = 'referrals.send' AND state = 'running'
        EXCEPT SELECT matter_id FROM kernel_entry) m,
    LATERAL jsonb_populate_record(t, jsonb_build_object('matter_id', m.matter_id,
        'id', nextval(pg_get_serial_sequence('kernel_entry', 'id')))) AS copy
    WHERE t.id = (SELECT min(id) FROM kernel_entry)"""


@contextmanager
def database() -> Iterator[None]:
    """Made anew, migrated, dropped at the end; commits are durable, as in production."""
    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _do("SET synchronous_commit = on")
        alone()
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def small() -> dict[str, float]:
    """The county and the main story in it; what its steps cost."""
    live_in()
    travel_to(at(START))
    return costs_of_the_main_story()


def large() -> None:
    """A hundred thousand matters, none of their clocks due."""
    story, variety = Story(), _variety()
    for template, count in (
        (story.found_other(story.case()), OPEN_CASES),
        (story.sent(), OPEN_REFERRALS),
        (Case.objects.filter(stage="closed").latest("pk"), CLOSED_CASES),
        (Referral.objects.filter(stage="concluded").latest("pk"), CLOSED_REFERRALS),
    ):
        copies(template, count, variety=variety, chained=False)
    fill(Matter.objects.filter(searched=None).select_related("item", "place").iterator(2000))
    _do("VACUUM ANALYZE")


def busy() -> None:
    """A hundred thousand open clocks."""
    clock = Clock.objects.filter(limit="referrals.send", state="running", ended_at=None).earliest("pk")
    cases = Case.objects.filter(stage="closed").order_by("pk").values_list("pk", flat=True)
    referrals = Referral.objects.filter(stage="concluded").order_by("pk").values_list("pk", flat=True)
    copy_part(clock, [*cases, *referrals][:MORE_CLOCKS], _variety())
    _do(FIRST_ENTRIES)
    _do("VACUUM ANALYZE")


def _variety() -> Variety:
    """To each township and each department its share; words and dates differ."""
    town = _one_of(Organ.objects.filter(kind__in=Organ.TOWNSHIPS))
    department = _one_of(Organ.objects.filter(kind=Organ.Kind.DEPARTMENT))
    days = "(n.matter %% 31 - 15) * interval '1 day'"
    return {
        "kernel_matter": {
            "originator_id": town,
            "holder_id": town,
            "place_id": town,
            "title": "t.title || n.id",
            "subject_name": "'当事人' || n.id",
            "opened_at": "t.opened_at - n.id %% 300 * interval '1 day'",
            "next_due_at": f"t.next_due_at + {days}",
        },
        "referrals_referral": {"sender_id": town, "receiver_id": department},
        "kernel_participation": {"organ_id": f"CASE WHEN t.side = 'receiver' THEN {department} ELSE {town} END"},
        "kernel_clock": {
            "organ_id": f"CASE WHEN t.\"limit\" = 'referrals.answer' THEN {department} ELSE {town} END",
            "due_at": f"t.due_at + {days}",
            "overdue_at": f"t.overdue_at + {days}",
            "next_rung_at": "t.next_rung_at + interval '1 year'",
        },
    }


def _one_of(organs) -> str:
    ids = list(organs.order_by("pk").values_list("pk", flat=True))
    return f"(ARRAY[{','.join(map(str, ids))}])[1 + n.matter %% {len(ids)}]"


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
