"""The second factor: a code of six digits that changes every half minute (TOTP, RFC 6238), or a printed recovery code.

Supervisors read every matter of a county, administrators give rights: their password alone opens nothing. Codes follow
the server's own clock, as the phone does; travelled time is the matters' alone.
"""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from coordination.kernel.accounts.phones import Phone
from coordination.kernel.accounts.tokens import void_token
from coordination.kernel.organs import Role, User, posts_of
from coordination.kernel.words import Refusal

RECOVERY_CODES = 10


def needs_second_factor(user: User) -> bool:
    """Administrators, and whoever exercises a supervisor's post today, be it in another's place."""
    return user.is_staff or any(post.role == Role.SUPERVISOR for post in posts_of(user))


def device_of(user: User) -> Phone | None:
    """The confirmed authenticator of `user`."""
    return Phone.objects.filter(user=user, confirmed=True).order_by("pk").first()


def device_to_confirm(user: User) -> Phone:
    """The authenticator that `user` is about to enrol; the same one until a code has confirmed it."""
    waiting = Phone.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or Phone.objects.give(user, confirmed=False, name="totp")


def matching(user: User, typed: str, *, confirmed: bool = True) -> Device | None:
    """The device of `user` that `typed` proves; a code serves once. Refused while too many wrong ones were typed:
    each makes the wait twice as long, counted in the database."""
    code = "".join(typed.split()).replace("-", "").lower()
    digits = code.isascii() and code.isdigit() and len(code) == 6
    with transaction.atomic():
        rows = (Phone if digits else StaticDevice).objects.select_for_update().filter(user=user)
        device = rows.filter(confirmed=confirmed).order_by("pk").first()
        if device is None:
            return None
        _refuse_while_throttled(device)
        return device if device.verify_token(code if digits else _digest(code)) else None


def _refuse_while_throttled(device: Device) -> None:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = why["locked_until"]
        seconds = max(1, round((until - device.throttling_failure_timestamp).total_seconds()))
        raise Refusal(_("验证码多次输入错误，请等待 %(n)s 秒后再试。") % {"n": seconds}, field="code", code="throttled")


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes to print, each good for one login without the phone; former ones are void.

    Only their digests are kept, bound to the installation's key: whoever reads the table cannot log in.
    """
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _each in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}".upper() for code in codes]


def _digest(code: str) -> str:
    return salted_hmac("coordination.recovery", code, algorithm="sha256").hexdigest()[:16]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def reset_second_factor(user: User) -> None:
    """The phone is lost: the account enrols anew at its next login. Its sessions and its token end."""
    Phone.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    end_access(user)


def end_access(user: User) -> None:
    """Whatever is open under this account, by a browser or by a program, ends."""
    end_sessions(user)
    void_token(user)


def end_sessions(user: User) -> None:
    """Every session of the account ends at its next request."""
    User.objects.filter(pk=user.pk).update(login_round=user.login_round + 1)
    user.login_round += 1
