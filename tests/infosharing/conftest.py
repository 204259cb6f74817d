"""The county with the verbs of information sharing."""

import pytest

from tests.infosharing.tale import SharingStory


@pytest.fixture
def sharing(ningwu) -> SharingStory:
    return SharingStory()
