"""The embedded servers: started once, found again, stopped; stale files do not stand in the way."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg2
import psycopg2.errors
import pytest

from coordination.local import paths, postgres, services, valkey
from coordination.local.process import until


def connect(role: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(paths.sockets()), dbname=postgres.DATABASE, user=role)


def test_services_start_once_answer_and_stop(own_var: Path) -> None:
    assert services.start() == [postgres, valkey]
    first = postgres.running(), valkey.running()
    assert services.start() == []
    assert (postgres.running(), valkey.running()) == first
    assert services.stop() == [valkey, postgres]
    assert not postgres.answers()
    assert not valkey.answers()
    assert services.stop() == []


def test_the_app_role_uses_what_the_owner_makes_but_owns_nothing(own_var: Path) -> None:
    postgres.start()
    with connect(postgres.OWNER) as owner, owner.cursor() as cursor:
        cursor.execute("CREATE TABLE made (id int)")
    with connect(postgres.APP) as app, app.cursor() as cursor:
        cursor.execute("INSERT INTO made VALUES (1)")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DROP TABLE made")


def test_a_server_killed_hard_starts_again_although_its_pid_file_names_another_program(own_var: Path) -> None:
    services.start()
    os.kill(valkey.running(), signal.SIGKILL)
    os.kill(postgres.running(), signal.SIGKILL)
    assert until(lambda: postgres.running() is None and valkey.running() is None, 10)
    pid_file = postgres.data() / "postmaster.pid"
    others = pid_file.read_text().split("\n", 1)[1]
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        pid_file.write_text(f"{sleeper.pid}\n{others}")
        assert services.start() == [postgres, valkey]
        sleeper.kill()
    assert postgres.answers()


def test_servers_of_ones_own_replace_the_embedded_ones(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert services.needed() == [valkey]
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    assert services.start() == []


def test_a_deep_directory_still_gets_a_socket_path_below_108_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    monkeypatch.setenv("CSX_VAR", str(deep))
    assert len(os.fsencode(paths.sockets() / ".s.PGSQL.5432.lock")) < 108
    assert paths.sockets() == paths.sockets()


def test_bound_servers_die_with_the_launcher_even_when_it_is_killed(own_var: Path) -> None:
    script = "from coordination.local import services; services.start(bound=True); print('up', flush=True); input()"
    launcher = subprocess.Popen(
        [os.sys.executable, "-c", script], cwd=paths.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout.readline() == "up\n"
    launcher.kill()
    launcher.communicate()
    assert until(lambda: not postgres.answers() and not valkey.answers(), 20)
