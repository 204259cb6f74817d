"""What every test stands on: the test database, the app role, the environment of a child process."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from coordination.kernel import written
from tests.logins import whole_login

# Client.force_login() is a whole login everywhere: tests/logins.py says how, and how to stop half-way.
Client.force_login = whole_login
# A TRUNCATE trigger guards the journal, and the flush between transactional tests truncates: in the test database alone
# such triggers are off. They stay defined, so a test of them switches them on in its own transaction.
TRUNCATE_TRIGGERS = """
    SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)
    FROM pg_trigger WHERE NOT tgisinternal AND (tgtype & 32) <> 0"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureDef) -> None:
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_"), f"{name} is no test database: mark the module with django_db"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(TRUNCATE_TRIGGERS)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


@pytest.fixture
def as_app_role(db: None) -> Callable:
    """`with as_app_role(): …` has the rights of the web process; the rest of a test has those of the owner."""

    @contextmanager
    def stepped_down() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.APP_ROLE)}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return stepped_down


@pytest.fixture
def words_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statement that is asked again is also written anew: a key without all that its words depend on is told."""
    kept = written._statement

    def checked(key, write):
        statement, anew = kept(key, write), write()
        assert (statement.words, statement.given) == (anew.words, anew.given), key
        return statement

    monkeypatch.setattr(written, "_statement", checked)


@pytest.fixture
def child_environment(transactional_db: None) -> dict[str, str]:
    """For processes that a test starts: this test's database, as the app role."""
    database = connection.settings_dict["NAME"]
    app_url = settings.DATABASE_URLS["app"].rsplit("/", 1)[0]
    owner_url = settings.DATABASE_URLS["owner"].rsplit("/", 1)[0]
    return {
        **os.environ,
        "CSX_MODE": "test",
        "CSX_DB_ROLE": "app",
        "DATABASE_URL": f"{app_url}/{database}",
        "DATABASE_OWNER_URL": f"{owner_url}/{database}",
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "coordination.settings",
    }
