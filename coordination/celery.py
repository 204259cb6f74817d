"""The queue and the whole timetable of the installation.

The database is the truth and the queue a hint: every task may be lost, repeated or late, and no work is. The settings
answer the known traps of Celery on Redis: a killed worker gives its task back (acks_late with reject_on_worker_lost),
what a dead worker held comes back within minutes (visibility_timeout, looked for every ten seconds), and a stopped or
hung Redis refuses within a second (socket timeouts, no second try at publishing), so that no user waits for it.
"""

import gc
import os
from datetime import timedelta

from celery import Celery
from celery.signals import worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

MINUTE = timedelta(minutes=1)
# The whole timetable: task → how often. A message that waited longer than that is dropped: the next one is there.
TIMETABLE = {
    "kernel.sweep": MINUTE,
    "kernel.deliver": MINUTE,
    "kernel.deliver_webhooks": MINUTE,
    "kernel.render_pending": MINUTE,
    "kernel.seal_pending": MINUTE,
    "kernel.checkpoint": MINUTE,
    "kernel.do_reactions": MINUTE,
    "kernel.forget_sessions": timedelta(days=1),
    "kernel.verify_materials": timedelta(days=1),
    "supervision.count_months": timedelta(days=1),
    "supervision.open_duties": timedelta(days=1),
}
TRANSPORT = {
    "global_keyprefix": "coordination.",
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "max_retries": 0,
}


def broker(url: str) -> str:
    """Kombu's spelling of a Redis URL: a Unix socket is redis+socket:// there and unix:// everywhere else."""
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")


def configuration() -> dict:
    """Read when the first task is sent or the worker starts: the settings must be complete by then."""
    return {
        "broker_url": broker(settings.REDIS_URL),
        "broker_transport_options": TRANSPORT,
        "broker_connection_timeout": 2,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # a worker waits for its broker for ever; a user never does
        "task_default_queue": "coordination",
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_publish_retry": False,
        "task_soft_time_limit": 240,  # below visibility_timeout: no task is handed out again while it still runs
        "task_time_limit": 270,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "timezone": settings.TIME_ZONE,
        "beat_schedule": {
            name: {"task": name, "schedule": every, "options": {"expires": every.total_seconds()}}
            for name, every in TIMETABLE.items()
        },
    }


app = Celery("coordination")
app.add_defaults(configuration)
app.autodiscover_tasks(lambda: ["coordination.kernel", *settings.WORKFLOWS])


@worker_init.connect
def freeze(**_signal: object) -> None:
    """The program itself is no garbage: the collector need not walk through it in the middle of a sweep."""
    gc.freeze()
