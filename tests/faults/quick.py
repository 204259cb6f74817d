"""The product's queue with a quick timetable: what beat does in a minute, in half a second."""

from coordination.celery import app

app.conf.beat_schedule = {name: {**entry, "schedule": 0.5} for name, entry in app.conf.beat_schedule.items()}
