"""我的: posts, certificate, the last login, the ways in; language, size of the letters."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coordination.kernel.accounts import ApiToken, device_of, end_sessions, needs_second_factor, note, void_token
from coordination.kernel.organs import posts_of
from coordination.kernel.web.certificates import facts, lapsing_words
from coordination.kernel.web.login import last_login
from coordination.kernel.web.notice_switches import SwitchForm
from coordination.kernel.web.request import moment_of

YEAR = 365 * 24 * 3600


def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I want to see it."""
    today = moment_of(request).date()
    user = request.user
    return render(
        request,
        "kernel/account.html",
        {
            "my_posts": posts_of(user),
            "size": request.COOKIES.get("size", "standard"),
            "size_url": reverse("size"),
            "notice_form": SwitchForm(user=user),
            "notice_url": reverse("notice-switches"),
            "certificate": facts(user, today),
            "certificate_note": lapsing_words(user, today),
            "last": last_login(request),
            "factor": {"on": device_of(user) is not None, "must": needs_second_factor(user)},
            "token": ApiToken.objects.filter(user=user).first(),
            "languages": [
                {"code": code, "name": name, "active": code == get_language()} for code, name in settings.LANGUAGES
            ],
        },
    )


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """The size of the letters, kept in a cookie of this browser."""
    answer = redirect("account")
    chosen = "large" if request.POST.get("size") == "large" else "standard"
    answer.set_cookie("size", chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


@require_POST
def leave_elsewhere(request: HttpRequest) -> HttpResponse:
    """End all of my sessions but this one."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    note(request.user, request.user, gettext_lazy("退出其他设备上的登录"))
    messages.success(request, _("其他设备上的登录已经退出。"))
    return redirect("account")


@never_cache
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for a program that acts as me, shown this once; or none any more. The gate lets nobody come here who owes
    a second factor, so that a supervisor's token is made in a verified session alone."""
    if "void" in request.POST:
        void_token(request.user)
        note(request.user, request.user, gettext_lazy("作废接口令牌"))
        messages.success(request, _("接口令牌已经作废，使用它的程序不能再访问。"))
        return redirect("account")
    made = ApiToken.make(request.user)
    note(request.user, request.user, gettext_lazy("生成接口令牌"))
    return render(request, "kernel/token.html", {"token": made})
