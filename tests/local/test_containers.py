"""docker-compose.yml and the Dockerfile name only what exists: services, commands, files, variables."""

import re
from pathlib import Path

import pytest
import yaml

from coordination.local.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")


def known_variables() -> set[str]:
    """Every variable that the settings read, and those of Docker's base images."""
    sources = "".join(path.read_text() for path in (ROOT / "coordination/settings").glob("*.py"))
    read = set(re.findall(r'"((?:CSX|EMAIL|DATABASE|REDIS|JOURNAL|IDENTITY|MATERIAL)_[A-Z_]+)"', sources))
    return read | {"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "APP_PASSWORD", "CSX_VAR"}


def test_compose_has_the_database_the_queue_and_three_processes_of_one_image() -> None:
    assert set(SERVICES) == {"postgres", "redis", *OURS}
    assert {SERVICES[name]["image"] for name in OURS} == {"coordination:latest"}


@pytest.mark.parametrize("name", ["postgres", *OURS])
def test_every_variable_in_compose_is_one_that_something_reads(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= known_variables()


def test_only_the_migration_knows_the_owners_password() -> None:
    knowing = {name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]}
    assert knowing == {"migrate"}
    assert all("csx_app:" in SERVICES[name]["environment"]["DATABASE_URL"] for name in OURS)


def test_every_process_waits_for_the_migration() -> None:
    waits = {name: SERVICES[name]["depends_on"]["migrate"]["condition"] for name in ("web", "worker", "beat")}
    assert set(waits.values()) == {"service_completed_successfully"}


def test_the_processes_start_what_exists() -> None:
    assert SERVICES["migrate"]["command"][1] == "manage.py"
    assert all(SERVICES[name]["command"][:3] == ["celery", "-A", "coordination.celery"] for name in ("worker", "beat"))
    assert '"gunicorn"' in DOCKERFILE
    assert "coordination.wsgi" in DOCKERFILE
    assert all((ROOT / name).exists() for name in ("coordination/celery.py", "coordination/wsgi.py", "manage.py"))


def test_mounted_and_copied_files_exist_and_volumes_are_declared() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    for source in (mount.split(":")[0] for mount in mounts):
        assert (ROOT / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]
    copied = re.findall(r"^COPY (\S+) \./$", DOCKERFILE, re.MULTILINE)
    assert copied
    assert all((ROOT / name).is_file() for name in copied)


def test_every_secret_of_compose_stands_in_the_example_and_has_no_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    demanded = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    example = Path(ROOT / "docs/example.env").read_text()
    assert demanded <= set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert {"CSX_SECRET_KEY", "JOURNAL_SIGNING_KEY", "IDENTITY_KEY", "OWNER_PASSWORD", "APP_PASSWORD"} <= demanded
    assert not re.search(r"(PASSWORD|SECRET)[A-Z_]*:-[^}]", text)


def test_the_libraries_of_the_image_are_those_the_launcher_asks_for() -> None:
    from_launcher = set(re.findall(r"lib[\w.-]+-?0(?=\")", (ROOT / "coordination/local/install.py").read_text()))
    named = {library for library in from_launcher if ".so" not in library}
    assert named
    assert all(library in DOCKERFILE for library in named)
