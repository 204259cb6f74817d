"""The project package: wiring at the roof (settings, urls, celery), the kernel on the ground floor.

The Celery app is made here so that every process, web and command line too, sends its tasks to the same broker.
"""

from coordination.celery import app as celery_app

__all__ = ["celery_app"]
