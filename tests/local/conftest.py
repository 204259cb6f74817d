"""Servers of a directory of their own, so that no test stops those that the suite stands on."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordination.local import services


@pytest.fixture
def own_var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty var/ on a short path; whatever is started in it is stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="csx-test-") as path:
        monkeypatch.setenv("CSX_VAR", path)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            monkeypatch.delenv(name, raising=False)
        yield Path(path)
        services.stop()
