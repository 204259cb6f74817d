"""The language of the screens: Chinese, unless this browser has been switched. What the browser itself prefers is not
asked: an office PC in English must not turn a county's papers into another language.

The last choice is kept with the person, so that what leaves the platform reaches him in the language he reads.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.i18n import set_language

from coordination.kernel.organs import User


class ChosenLanguage:
    """Middleware: the language of the cookie that `switch` sets, else the installation's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen(request) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


def chosen(request: HttpRequest) -> str:
    """The language that this browser has been switched to; empty if none."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return language if language in dict(settings.LANGUAGES) else ""


def switch(request: HttpRequest) -> HttpResponse:
    """Turns this browser to another language, and keeps it with whoever is logged in."""
    answer = set_language(request)
    cookie = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie and cookie.value in dict(settings.LANGUAGES) and request.user.is_authenticated:
        keep(request.user, cookie.value)
    return answer


def keep(user: User, language: str) -> None:
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def bring(request: HttpRequest, user: User, answer: HttpResponse) -> None:
    """At the login, screens and messages come to speak alike: a browser that was switched teaches the person's
    language, one that never was takes it on."""
    if chosen(request):
        keep(user, chosen(request))
    elif user.language != settings.LANGUAGE_CODE:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, settings.LANGUAGE_COOKIE_AGE)
