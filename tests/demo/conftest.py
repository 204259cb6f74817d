"""The living county that the tests of the demonstration look at."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from coordination.demo import build
from tests.county import at

#: A Wednesday morning; on a day of rest nothing can be due "today".
PRESENT = at("2026-11-25 10:00")


@pytest.fixture(scope="package")
def living_county(django_db_setup, django_db_blocker) -> Iterator[build.Built]:
    """The demonstration, made once for all tests of this folder, by the app role, in a database of its own that is
    dropped afterwards."""
    with django_db_blocker.unblock():
        name, copy = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_demo"
        assert name == connection.settings_dict["TEST"]["NAME"]
        move_to(name, f"DROP DATABASE IF EXISTS {copy}", f"CREATE DATABASE {copy} TEMPLATE {name}")
        connection.settings_dict["NAME"] = copy
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {settings.APP_ROLE}")
            yield build.build(PRESENT)
        finally:
            move_to(name, f"DROP DATABASE {copy}")


def move_to(name: str, *statements: str) -> None:
    """Leave the present database, do something to it from outside, and go to `name`."""
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()
    connection.settings_dict["NAME"] = name
