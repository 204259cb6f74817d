"""The teller of disputes."""

import pytest

from tests.disputes.tale import DisputeStory


@pytest.fixture
def story(ningwu) -> DisputeStory:
    return DisputeStory()
