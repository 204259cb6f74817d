"""Settings come from the environment: servers, mode, secrets; production refuses what a desk may do."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coordination.local.paths import ROOT
from coordination.settings import env
from coordination.settings.storage import database, database_urls
from manage import main as run_command

PRODUCTION = {
    "CSX_MODE": "production",
    "CSX_SECRET_KEY": "k" * 64 + "0123456789abcdef",
    "JOURNAL_SIGNING_KEY": "j" * 64,
    "IDENTITY_KEY": "i" * 64,
    "CSX_ALLOWED_HOSTS": "zhifa.example.gov.cn",
    "DATABASE_URL": "postgres://csx_app@db/coordination",
    "DATABASE_OWNER_URL": "postgres://csx_owner@db/coordination",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CSX_", "DATABASE_", "DJANGO_"))}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False)


def test_database_url_names_host_port_user_and_database() -> None:
    parsed = database("postgres://csx_app:p%40ss@db.example:5433/county?sslmode=require")
    assert (parsed["HOST"], parsed["PORT"], parsed["USER"]) == ("db.example", 5433, "csx_app")
    assert (parsed["PASSWORD"], parsed["NAME"]) == ("p@ss", "county")
    assert parsed["OPTIONS"]["sslmode"] == "require"


def test_another_database_than_postgresql_is_refused() -> None:
    with pytest.raises(ValueError, match="postgres://"):
        database("sqlite:///db.sqlite3")


def test_without_an_owners_url_the_app_role_owns_and_with_nothing_the_embedded_server_serves() -> None:
    assert database_urls({"DATABASE_URL": "postgres://a/b"}) == {"app": "postgres://a/b", "owner": "postgres://a/b"}
    embedded = database_urls({})
    assert embedded["app"].startswith("postgres://csx_app@%2F")
    assert embedded["owner"].startswith("postgres://csx_owner@%2F")


def test_a_missing_owners_url_is_a_warning_of_check() -> None:
    done = manage("check", **{**PRODUCTION, "DATABASE_OWNER_URL": ""})
    assert "local.W001" in done.stderr
    assert done.returncode == 0


def test_check_deploy_has_nothing_to_say_about_a_production_environment() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_refuses_to_start_without_its_secret() -> None:
    done = manage("check", **{**PRODUCTION, "CSX_SECRET_KEY": ""})
    assert done.returncode != 0
    assert "CSX_SECRET_KEY is not set" in done.stderr


def test_time_travel_in_production_is_an_error_of_check() -> None:
    done = manage("check", CSX_TIME_TRAVEL="1", **PRODUCTION)
    assert "local.E001" in done.stderr
    assert done.returncode != 0


def test_an_unknown_mode_and_a_switch_that_is_neither_on_nor_off_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSX_MODE", "prodution")
    with pytest.raises(ImproperlyConfigured, match="choose production, demo or test"):
        env.read_mode()
    monkeypatch.setenv("CSX_TLS", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="write 1 or 0"):
        env.flag("CSX_TLS", True)


def test_a_given_secret_key_means_production_unless_the_mode_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSX_MODE", raising=False)
    monkeypatch.delitem(sys.modules, "pytest")
    monkeypatch.setenv("CSX_SECRET_KEY", "k")
    assert env.read_mode() == "production"
    monkeypatch.delenv("CSX_SECRET_KEY")
    assert env.read_mode() == "demo"


def test_a_demo_key_is_made_once_and_only_its_owner_reads_it(own_var: Path) -> None:
    first = env.secret("CSX_SECRET_KEY", env.Mode.DEMO)
    assert len(first) > 60
    assert env.secret("CSX_SECRET_KEY", env.Mode.DEMO) == first
    (kept,) = own_var.glob("*.key")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(("command", "role"), [("migrate", "owner"), ("flush", "owner"), ("sweep", None)])
def test_only_commands_that_change_the_schema_connect_as_its_owner(
    command: str, role: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CSX_DB_ROLE", raising=False)
    monkeypatch.setattr("manage.execute_from_command_line", lambda arguments: None)
    run_command(["manage.py", command])
    chosen = os.environ.pop("CSX_DB_ROLE", None)
    assert chosen == role


def test_a_command_connects_as_the_app_role() -> None:
    asks = "from django.db import connection; print(connection.settings_dict['USER'])"
    assert manage("shell", "--no-imports", "-c", asks).stdout == "csx_app\n"
