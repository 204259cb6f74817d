"""The tale of a complaint in the demo county."""

import pytest

from tests.complaints.tale import ComplaintStory


@pytest.fixture
def told(ningwu) -> ComplaintStory:
    return ComplaintStory()
