"""Sessions that are over are forgotten; while one lasts is the gate's affair (web/gate.py)."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task(name="kernel.forget_sessions")
def forget_sessions() -> None:
    """Once a day; a row that is missed hurts nobody."""
    SessionStore.clear_expired()
