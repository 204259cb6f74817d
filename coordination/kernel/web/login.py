"""The way in: one login page, what it tells of the last time, and whom to ask when the door stays shut."""

from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coordination.kernel.accounts import device_of, initial_password_lapsed, security_administrators, tries_since
from coordination.kernel.now import now
from coordination.kernel.organs import User
from coordination.kernel.web.gate import FACTOR, begin
from coordination.kernel.web.language import bring
from coordination.kernel.web.moments import moment_words

LAST = "csx_last_login"


class LoginForm(AuthenticationForm):
    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if initial_password_lapsed(user, now()):
            raise ValidationError(_("初始密码已过有效期，请联系安全管理员重新发放。"), code="lapsed")


class Login(auth.LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """A new session; it knows when its holder was last here, and whether a second factor is to be asked."""
        user = form.get_user()
        last = {"at": user.last_login and user.last_login.isoformat(), "tries": tries_since(user)}
        answer = super().form_valid(form)
        begin(self.request.session)
        self.request.session.update({LAST: last, FACTOR: device_of(user) is not None})
        bring(self.request, user, answer)
        return answer

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, ask=security_administrators())


def last_login(request: HttpRequest) -> dict | None:
    """What the present session knows of the time before, in the language that its holder reads now."""
    last = request.session.get(LAST)
    return last and last | {"at": last["at"] and moment_words(datetime.fromisoformat(last["at"]))}


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """Too many wrong passwords for this account from this address: until when, and whom to ask (429)."""
    tries = AccessAttempt.objects.filter(
        username=(credentials or {}).get("username"), ip_address=request.axes_ip_address
    )
    last = tries.aggregate(last=Max("attempt_time"))["last"] or request.axes_attempt_time
    until = moment_words(last + get_cool_off(request))
    return render(request, "registration/locked.html", {"until": until, "ask": security_administrators()}, status=429)
