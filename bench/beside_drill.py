"""Runs inside the throw-away environment of django-helpdesk: so many tickets fall due, how long does it take?

`python beside_drill.py COUNT`; the database stands in BENCH_NAME, BENCH_HOST … Prints JSON. Knows nothing of us.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

APPS = ("auth", "contenttypes", "sessions", "sites", "messages", "humanize", "admin")
settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - a database that lives for a minute
    INSTALLED_APPS=[*(f"django.contrib.{name}" for name in APPS), "helpdesk"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **{key: os.environ.get(f"BENCH_{key}", "") for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")},
        }
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SITE_ID=1,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    QUEUE_EMAIL_BOX_TYPE=None,
)
django.setup()

from django.urls import include, path  # noqa: E402 - after settings
from helpdesk.models import Queue, Ticket  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]


def database_process() -> Path | None:
    """Where the processor time of our database connection stands; None if it runs on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return path if path.exists() and "postgres" in path.with_name("comm").read_text() else None


def busy(server: Path | None) -> float:
    """Seconds that this process and the database's have spent on a processor."""
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0.0)


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    queue = Queue.objects.create(title="bench", slug="bench", escalate_days=1)
    then = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=5)
    Ticket.objects.bulk_create(
        [Ticket(queue=queue, title=f"ticket {n}", created=then, modified=then, priority=3) for n in range(count)]
    )
    Ticket.objects.update(created=then)
    server = database_process()
    begun = time.perf_counter(), busy(server)
    call_command("escalate_tickets")
    clock, work = time.perf_counter() - begun[0], busy(server) - begun[1]
    assert Ticket.objects.filter(priority=2).count() == count
    print(json.dumps({"work": work if server else clock, "clock": clock, "tickets": count}))


main(int(sys.argv[1]))
