"""我的: posts, certificate, language, size of the letters."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.kernel.organs import posts_of
from coordination.kernel.web.moments import day_words
from coordination.kernel.web.notice_switches import SwitchForm
from coordination.kernel.web.request import moment_of

YEAR = 365 * 24 * 3600


def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I want to see it."""
    moment_of(request)
    user = request.user
    until = day_words(user.certificate_until) if user.certificate_until else ""
    return render(
        request,
        "kernel/account.html",
        {
            "my_posts": posts_of(user),
            "size": request.COOKIES.get("size", "standard"),
            "size_url": reverse("size"),
            "notice_form": SwitchForm(user=user),
            "notice_url": reverse("notice-switches"),
            "certificate": [
                (_("执法证号"), user.certificate_number or _("无")),
                (_("状态"), user.get_certificate_state_display()),
                (_("有效期至"), until),
            ],
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
