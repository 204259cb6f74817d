"""What the database itself refuses, to the application's role and to its owner."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from coordination.kernel import journal
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.journal.rights import append_only
from coordination.kernel.organs import SYSTEM
from tests.kernel.smallworld import MOMENT, small_world

CHANGES = {
    "kernel_entry": "UPDATE kernel_entry SET step = 'x'",
    "kernel_entry (none)": "DELETE FROM kernel_entry WHERE id < 0",
    "kernel_checkpoint": "UPDATE kernel_checkpoint SET root = ''",
    "kernel_checkpoint (delete)": "DELETE FROM kernel_checkpoint",
    "kernel_entrywords": "UPDATE kernel_entrywords SET words = '{}'",
    "kernel_checkpointleaf": "UPDATE kernel_checkpointleaf SET checkpoint_id = NULL",
    "kernel_checkpointleaf (delete)": "DELETE FROM kernel_checkpointleaf",
    "kernel_materialcheck": "UPDATE kernel_materialcheck SET outcome = 'ok'",
    "kernel_evidencereview": "DELETE FROM kernel_evidencereview",
    "kernel_materialaccess": "DELETE FROM kernel_materialaccess",
    "kernel_material": "DELETE FROM kernel_material",
    "kernel_issueddocument": "DELETE FROM kernel_issueddocument",
    "django_admin_log": "UPDATE django_admin_log SET change_message = ''",
    "django_admin_log (delete)": "DELETE FROM django_admin_log",
}
GUARDED = (
    *("entry", "entrywords", "checkpoint", "checkpointleaf", "issueddocument"),
    *("material", "materialcheck", "evidencereview", "materialaccess"),
)


@pytest.fixture
def sealed(db):
    """A world with two sealed entries; its matter."""
    world = small_world()
    matter = world.matter()
    world.write(matter)
    world.write(matter)
    journal.seal(MOMENT)
    return matter


def execute(statement: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def refused(words: str):
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_the_owner_of_the_tables_cannot_change_what_was_written(sealed, statement):
    with refused("is refused"):
        execute(statement)


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_the_application_has_no_right_to_change_what_was_written(sealed, as_app_role, statement):
    with as_app_role(), refused("permission denied|is refused"):
        execute(statement)


@pytest.mark.parametrize("table", GUARDED)
def test_nothing_empties_a_guarded_table(sealed, as_app_role, table):
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute(f"ALTER TABLE kernel_{table} ENABLE ALWAYS TRIGGER csx_no_truncate")
    with refused("is refused"):
        execute(f"TRUNCATE kernel_{table} CASCADE")
    with as_app_role(), refused("permission denied"):
        execute(f"TRUNCATE kernel_{table} CASCADE")


def test_the_guards_fire_whatever_replication_role_a_session_claims(sealed):
    """`session_replication_role` silences ordinary triggers; these are not."""
    fires = (
        "SELECT tgname, tgenabled FROM pg_trigger WHERE tgname IN ('csx_no_change', 'csx_sealed_once', 'csx_same_file')"
    )
    assert {mode for _name, mode in execute(fires)} == {"A"}


def test_the_application_appends_seals_reads_and_erases(sealed, as_app_role):
    with as_app_role():
        entry = journal.append(sealed, step="x", before="", after="", actor=SYSTEM, moment=MOMENT, words={})
        assert journal.seal(MOMENT)
        journal.erase_words(entry, reason="法院裁定", actor=SYSTEM, moment=MOMENT)
        assert [e.erased for e in journal.timeline(sealed)] == [False, False, True, False]


def test_a_table_made_later_is_open_to_the_application(db, as_app_role):
    execute("CREATE TABLE made_later (id bigint GENERATED ALWAYS AS IDENTITY, words text)")
    with as_app_role():
        execute("INSERT INTO made_later (words) VALUES ('x')")
        execute("UPDATE made_later SET words = 'y'")


def test_the_check_is_content_with_the_rights_of_the_role(db):
    assert append_only(None, databases=["default"]) == []
    assert append_only(None, databases=None) == []


def test_the_check_warns_of_a_role_that_is_missing_or_may_too_much(db, settings):
    settings.APP_ROLE = "csx_nobody"
    assert [fault.id for fault in append_only(None, databases=["default"])] == ["kernel.W001"]
    settings.APP_ROLE = "csx_app"
    execute("GRANT UPDATE ON kernel_entry TO csx_app")
    assert [fault.id for fault in append_only(None, databases=["default"])] == ["kernel.W002"]


def test_the_guards_can_be_taken_away_and_set_up_again(transactional_db):
    before = execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'csx_%%'")
    executor = MigrationExecutor(connection)
    executor.migrate([("kernel", "0001_initial")])
    try:
        assert execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'csx_%%'") == [(0,)]
    finally:
        call_command("migrate", verbosity=0)
        _without_truncate_guards()
    assert execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'csx_%%'") == before
    assert append_only(None, databases=["default"]) == []


def _without_truncate_guards() -> None:
    """As tests/conftest.py leaves the test database: the flush between transactional tests truncates."""
    for table in (*(f"kernel_{name}" for name in GUARDED), "django_admin_log"):
        execute(f"ALTER TABLE {table} DISABLE TRIGGER csx_no_truncate")


def issue(matter) -> None:
    """A bare document of `matter`, issued and not yet printed."""
    entry = journal.timeline(matter)[0]
    IssuedDocument.objects.create(
        matter_id=matter.pk,
        entry=entry,
        key="transfer_letter",
        title="移送函",
        organ=matter.holder,
        number="x",
        series="x",
        year=2026,
        serial=1,
        issued_at=MOMENT,
        html="<p>现移送你单位处理</p>",
        code="AAAA",
        next_try_at=MOMENT,
    )


@pytest.mark.parametrize("change", ["number = 'y'", "code = 'BBBB'", "issued_at = issued_at + '1 day'", "key = 'z'"])
def test_what_an_issued_document_is_never_changes(sealed, change):
    issue(sealed)
    with refused("is refused"):
        execute(f"UPDATE kernel_issueddocument SET {change}")


def test_a_document_is_printed_once_and_its_words_are_fixed_from_then_on(sealed):
    issue(sealed)
    printed = "UPDATE kernel_issueddocument SET sha256 = %s, pdf = 'a.pdf', rendered_at = issued_at"
    execute(printed, "a" * 64)
    with refused("is refused"):
        execute(printed, "b" * 64)
    with refused("is refused"):
        execute("UPDATE kernel_issueddocument SET html = 'x'")
