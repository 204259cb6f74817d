"""The command line where something is missing: one sentence that says what to type, never a traceback."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.source import ROOT

DUE = ("due", "--within", "3 working days", "--start", "2026-09-30 17:00")


def manage(url: str, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_database_that_does_not_answer_is_named_with_what_to_type():
    done = manage("postgresql://nobody@127.0.0.1:1/nothing", *DUE)
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert "make services" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_database_without_tables_is_named_with_what_to_type(child_environment):
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE test_without_tables")
    try:
        url = child_environment["DATABASE_OWNER_URL"].rsplit("/", 1)[0]
        done = manage(f"{url}/test_without_tables", *DUE)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE test_without_tables")
    assert done.returncode == 1
    assert "no tables" in done.stderr
    assert "make services" in done.stderr
    assert "Traceback" not in done.stderr
