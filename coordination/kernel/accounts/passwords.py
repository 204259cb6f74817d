"""What a password must be, and how long one lives that somebody else has made."""

import secrets
import string
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coordination.kernel.organs import User

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
WANTED = 3
#: Without what looks alike on paper: 0 and O, 1, l and I.
LEGIBLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class MixedCharacters:
    """At least three of: small letters, capitals, digits, others."""

    def validate(self, password: str, user: User | None = None) -> None:
        if kinds(password) < WANTED:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        return _("密码须包含小写字母、大写字母、数字、符号中的至少三种。")


def kinds(password: str) -> int:
    known = sum(any(character in kind for character in password) for kind in KINDS)
    return known + any(character not in "".join(KINDS) for character in password)


def initial_password() -> str:
    """To be handed over on paper; 71 bits."""
    while True:
        made = "-".join("".join(secrets.choice(LEGIBLE) for _each in range(4)) for _group in range(3))
        if kinds(made) > WANTED:
            return made


def initial_password_ends(moment: datetime) -> datetime:
    return moment + timedelta(days=settings.INITIAL_PASSWORD_DAYS)


def initial_password_lapsed(user: User, moment: datetime) -> bool:
    """Nobody has used the initial password in its time: it opens nothing any more."""
    until = user.initial_password_until
    return user.must_change_password and until is not None and moment >= until
