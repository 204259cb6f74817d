"""Beside us: django-helpdesk's `escalate_tickets` on the same PostgreSQL, out of a throw-away environment."""

import json
import os
import subprocess
import venv
from pathlib import Path

from django.db import connection

from bench.figures import Figure
from coordination.local.paths import var

PACKAGES = ("django-helpdesk==2.6.1", "psycopg2-binary==2.9.13")
DATABASE = "csx_bench_helpdesk"
TICKETS = 300
TITLE = "django-helpdesk 2.6.1, escalate_tickets"


def escalations() -> Figure:
    """Its escalations a second, or why they could not be measured."""
    home = var() / "bench" / "helpdesk"
    try:
        python = _environment(home)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
        facts = _call([str(python), str(Path(__file__).with_name("beside_drill.py")), str(TICKETS)], _database())
    except (OSError, subprocess.CalledProcessError) as fault:
        words = (getattr(fault, "stderr", "") or str(fault)).strip().splitlines()
        return Figure(TITLE, 0, note=f"not measured: {words[-1] if words else fault}"[:160])
    took = json.loads(facts.splitlines()[-1])
    note = (
        f"{TICKETS / took['clock']:,.0f}/s on the clock; each ticket saved by itself, no hash chain, one process alone"
    )
    return Figure(TITLE, TICKETS / took["work"], "/s", note=note)


def _environment(home: Path) -> Path:
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
    _call([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES])
    return python


def _database() -> dict[str, str]:
    known = connection.settings_dict
    return {"HOST": known["HOST"], "PORT": str(known["PORT"]), "USER": known["USER"], "PASSWORD": known["PASSWORD"]}


def _call(command: list[str], database: dict[str, str] | None = None) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment = kept | {f"BENCH_{name}": value for name, value in (database or {}).items()} | {"BENCH_NAME": DATABASE}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
