"""Giving an account its duty, its first password and its way back in: the security administrator's acts."""

from axes.utils import reset
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coordination.kernel.accounts.factor import end_access
from coordination.kernel.accounts.passwords import initial_password, initial_password_ends
from coordination.kernel.duties import Duty
from coordination.kernel.now import now
from coordination.kernel.organs import County, User


class Account(User):
    """A person's account, as the security administrator has it before him: without the person's base data."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("账号")


def appoint(user: User, duty: Duty | str, county: County | None = None) -> None:
    """Give `user` one duty in place of any other; the empty one takes it away. In `county`, or everywhere."""
    user.duty, user.duty_county = duty, county
    user.is_staff = bool(duty) or user.is_superuser
    user.save(update_fields=["duty", "duty_county", "is_staff"])


@transaction.atomic
def give_initial_password(user: User) -> str:
    """A password for the first login, to be handed over in person: it must be changed there, and lapses if nobody
    comes (settings.INITIAL_PASSWORD_DAYS). The account is opened; its sessions, its token and a lock-out end."""
    password = initial_password()
    user.set_password(password)
    user.is_active = user.must_change_password = True
    user.initial_password_until = initial_password_ends(now())
    user.save(update_fields=["password", "is_active", "must_change_password", "initial_password_until"])
    end_access(user)
    reset(username=user.username)
    return password


def security_administrators() -> list[dict]:
    """Whom to ask for a password, a lost phone or a lock: at most three, with their telephones."""
    found = User.objects.filter(duty=Duty.SECURITY, is_active=True, is_staff=True).order_by("duty_county", "pk")
    return [{"name": one.name, "phone": one.phone} for one in found[:3]]
