"""Accounts: the second factor, passwords, the three duties of administrators, and the log of what is done to them."""

from coordination.kernel.accounts.appointing import Account, appoint, give_initial_password, security_administrators
from coordination.kernel.accounts.checks import separated_duties
from coordination.kernel.accounts.factor import (
    RECOVERY_CODES,
    device_of,
    device_to_confirm,
    end_access,
    end_sessions,
    matching,
    needs_second_factor,
    new_recovery_codes,
    recovery_codes_left,
    reset_second_factor,
)
from coordination.kernel.accounts.passwords import MixedCharacters, initial_password_lapsed
from coordination.kernel.accounts.phones import Phone, rotate_phones
from coordination.kernel.accounts.tokens import ApiToken, digest, void_token
from coordination.kernel.accounts.trail import FailedLogin, Login, note, tries_since

__all__ = [
    "RECOVERY_CODES",
    "Account",
    "ApiToken",
    "FailedLogin",
    "Login",
    "MixedCharacters",
    "Phone",
    "appoint",
    "device_of",
    "device_to_confirm",
    "digest",
    "end_access",
    "end_sessions",
    "give_initial_password",
    "initial_password_lapsed",
    "matching",
    "needs_second_factor",
    "new_recovery_codes",
    "note",
    "recovery_codes_left",
    "reset_second_factor",
    "rotate_phones",
    "security_administrators",
    "separated_duties",
    "tries_since",
    "void_token",
]
