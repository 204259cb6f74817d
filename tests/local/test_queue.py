"""The broker may be absent, hung or gone: publishing says so at once, and the timetable names real tasks."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from coordination.celery import TIMETABLE, TRANSPORT, app, broker, configuration
from coordination.local import valkey
from coordination.local.paths import valkey_socket


@pytest.fixture
def publish(own_var: Path) -> Callable[[], None]:
    """Publishes a message with the settings of the product to a broker of this test's own."""
    product = Celery("publisher", set_as_current=False)
    product.conf.update(configuration() | {"broker_url": broker(f"unix://{valkey_socket()}")})
    yield lambda: product.send_task("kernel.sweep", retry=False)
    product.close()


def seconds_to_refuse(publish: Callable[[], None]) -> float:
    start = time.monotonic()
    with pytest.raises(OperationalError):
        publish()
    return time.monotonic() - start


def test_an_absent_broker_refuses_at_once_and_serves_again_once_it_is_there(publish: Callable[[], None]) -> None:
    assert seconds_to_refuse(publish) < 1
    valkey.start()
    publish()
    valkey.stop()
    assert seconds_to_refuse(publish) < 1
    valkey.start()
    publish()


def test_a_hung_broker_refuses_within_two_seconds(publish: Callable[[], None]) -> None:
    valkey.start()
    publish()
    os.kill(valkey.running(), signal.SIGSTOP)
    try:
        assert seconds_to_refuse(publish) < 2
    finally:
        os.kill(valkey.running(), signal.SIGCONT)
    publish()


def test_what_a_killed_worker_held_comes_back_and_no_task_outlives_its_visibility() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.task_ignore_result
    assert not conf.task_publish_retry
    assert conf.task_time_limit < TRANSPORT["visibility_timeout"]
    assert TRANSPORT["unacked_restore_throttle"] == 1


def test_the_timetable_names_tasks_that_exist_and_what_somebody_waits_for_comes_every_minute() -> None:
    app.loader.import_default_modules()
    assert set(TIMETABLE) <= set(app.tasks)
    daily = {"kernel.forget_sessions", "kernel.verify_materials", "supervision.count_months", "supervision.open_duties"}
    assert {name for name, every in TIMETABLE.items() if every > timedelta(minutes=1)} == daily


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/0"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock"),
        ("unix:///run/valkey.sock?db=2", "redis+socket:///run/valkey.sock?virtual_host=2"),
    ],
)
def test_a_redis_url_is_spelt_for_kombu(url: str, spelt: str) -> None:
    assert broker(url) == spelt
