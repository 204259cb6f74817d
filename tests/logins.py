"""Logging in without the login page: `client.force_login(user)` stands for a whole login, with the second factor where
one is wanted (tests/conftest.py sees to it). A test of the gate itself goes through the pages: `type_password()`,
`code_for()`; a login that stopped after the password is `half_login()`.
"""

from collections.abc import Callable

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP

from coordination.demo.load import DEMO_PASSWORD
from coordination.kernel.accounts import Phone, device_of, needs_second_factor
from coordination.kernel.organs import User
from coordination.kernel.web import gate

half_login: Callable = Client.force_login


def whole_login(client: Client, user: User, backend: str | None = None) -> None:
    """In place of Client.force_login: whoever must have a second factor has shown it."""
    half_login(client, user, backend)
    session = client.session
    gate.begin(session)
    if needs_second_factor(User.objects.get(pk=user.pk)):
        session[DEVICE_ID_SESSION_KEY] = phone_of(user).persistent_id
    session.save()


def phone_of(user: User) -> Phone:
    """The authenticator of `user`, made if there is none."""
    return device_of(user) or Phone.objects.give(user)


def type_password(client: Client, login: str, password: str = DEMO_PASSWORD, **more):
    return client.post("/login/", {"username": login, "password": password, **more})


def code_for(user: User) -> str:
    """What the phone shows now; a code serves once, so the device forgets that it has seen one."""
    Phone.objects.filter(user=user).update(last_t=-1)
    device = Phone.objects.filter(user=user).order_by("confirmed", "pk").first()
    return f"{TOTP(device.bin_key).token():06d}"
