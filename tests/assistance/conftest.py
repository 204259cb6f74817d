"""The stories of assistance, in Ningwu and in counties that differ."""

import pytest

from tests.assistance.counties import SEVEN_DAYS_AND_A_PAUSE, STRICT, live_under
from tests.assistance.tale import AssistanceStory


@pytest.fixture
def asking(ningwu) -> AssistanceStory:
    return AssistanceStory()


@pytest.fixture
def pausing(asking, tmp_path, monkeypatch) -> AssistanceStory:
    """In a county where supplements stop the count."""
    live_under(SEVEN_DAYS_AND_A_PAUSE, tmp_path, monkeypatch)
    return asking


@pytest.fixture
def strict(asking, tmp_path, monkeypatch) -> AssistanceStory:
    live_under(STRICT, tmp_path, monkeypatch)
    return asking
