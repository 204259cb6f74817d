"""Reading the environment: the mode of the installation, switches, lists, and the secrets that come only from here."""

import os
import secrets
import sys
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from coordination.local.paths import var


class Mode(StrEnum):
    """What the installation is for; only PRODUCTION serves the public and demands its secrets from the environment."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


def read_mode() -> Mode:
    """CSX_MODE, else test under pytest, else production as soon as a secret key is given, else demo."""
    named = os.environ.get("CSX_MODE")
    if named:
        if named not in list(Mode):
            raise ImproperlyConfigured(f"CSX_MODE={named}: choose production, demo or test.")
        return Mode(named)
    if "pytest" in sys.modules:
        return Mode.TEST
    return Mode.PRODUCTION if os.environ.get("CSX_SECRET_KEY") else Mode.DEMO


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value}: write 1 or 0.")
    return default


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The comma-separated values of a variable."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()] or list(default)


def secret(name: str, mode: Mode) -> str:
    """A secret of the environment; demo and test make one of their own once and keep it in var/, production never."""
    given = os.environ.get(name)
    if given:
        return given
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured(
            f'{name} is not set. Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return _kept_secret(var() / f"{name.lower()}.key")


def _kept_secret(path: Path) -> str:
    """The key in the file, made by whoever opens it first, so that processes started together agree."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
