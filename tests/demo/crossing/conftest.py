"""The crossing tale in the county, nothing of it told yet."""

import pytest

from tests.demo.crossing.telling import Telling


@pytest.fixture
def telling(ningwu) -> Telling:
    return Telling(ningwu)
