"""A world that all tests of a module live in: built once, and each test's own changes undone.

Loading people and matters costs a second, asking one question of them a few milliseconds. The tests of such a module
carry the mark `django_db`: it makes the test database, and undoes what each test does inside the world's transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from coordination.kernel.now import travel_to
from coordination.kernel.organs import County
from tests.county import at, live_in


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_ningwu(blocker) -> Iterator[None]:
    """The county on Monday 2026-09-21 09:00, for a fixture of a module; gone again with it."""
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_"), f"{name} is no test database: mark the module with django_db"
    with blocker.unblock(), undone():
        if not County.objects.exists():
            live_in()
        travel_to(at("2026-09-21 09:00"))
        yield
