"""The gate behind the login: how long a session lives, and what must be done before anything else is reached.

A session lives by the server's own clock: travelled time moves the limits of matters, not a browser's.
"""

from collections.abc import Callable
from time import time as server_time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse

from coordination.kernel.accounts import needs_second_factor
from coordination.kernel.web.drafts import is_a_form, keep_typed
from coordination.kernel.web.request import moment_of

BEGAN, SEEN, FACTOR = "csx_began", "csx_seen", "csx_factor"
#: The session remembers its last request no more exactly than this: a write a minute is enough.
EXACTLY = 60
#: What a half-open door still lets through.
FACTOR_PAGES = frozenset({"second-factor", "logout", "set_language"})
PASSWORD_PAGES = FACTOR_PAGES | {"password"}


class Gate:
    """Middleware: ends a session that has been left alone or has lasted too long, what was being typed kept; then asks
    for the second factor and for a password of one's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        guarded = getattr(view, "login_required", True)
        if is_over(request):
            forged = CsrfViewMiddleware(self.get_response).process_view(request, keep_typed, (), {})
            if forged:
                return forged
            keep_typed(request)
            logout(request)
            return redirect_to_login(way_back(request)) if guarded else None
        if not guarded:
            return None
        moment_of(request)
        name = request.resolver_match.url_name
        if factor_is_due(request):
            return None if name in FACTOR_PAGES else _first(request, "second-factor")
        if request.user.must_change_password and name not in PASSWORD_PAGES:
            return _first(request, "password")
        return None


def begin(session: SessionBase) -> None:
    """The session of a login that has just succeeded: its first page need not write that down."""
    session[BEGAN] = session[SEEN] = int(server_time())


def is_over(request: HttpRequest) -> bool:
    """Whether this session ends here; otherwise it is remembered as alive."""
    session, at = request.session, int(server_time())
    began, seen = session.get(BEGAN, at), session.get(SEEN, at)
    if at - seen >= settings.SESSION_IDLE_SECONDS or at - began >= settings.SESSION_LONGEST_SECONDS:
        return True
    if BEGAN not in session or at - seen >= EXACTLY:
        session[BEGAN], session[SEEN] = began, at
    return False


def factor_is_due(request: HttpRequest) -> bool:
    """Whether a second factor is wanted and has not been shown in this session: from whoever must have one, and from
    whoever has chosen to."""
    user = request.user
    return not user.is_verified() and (request.session.get(FACTOR, False) or needs_second_factor(user))


def _first(request: HttpRequest, name: str) -> HttpResponse:
    return redirect_to_login(way_back(request), reverse(name))


def way_back(request: HttpRequest) -> str:
    """Where the browser goes on afterwards: the same page, or its form; of what only takes a POST, the desk."""
    form = is_a_form(request)
    return request.get_full_path() if form or request.method in ("GET", "HEAD") else reverse("desk")
