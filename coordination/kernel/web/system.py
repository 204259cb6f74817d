"""What people see when something is not as it should be: an error with its number, a browser that is too old."""

import re
from collections.abc import Callable

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

#: Chromium's major version from which everything works (interface.md, Foundation).
OLDEST_CHROMIUM = 83
CHROMIUM = re.compile(r"Chrom(?:e|ium)/(\d+)")
#: The engine of the old Internet Explorer, which double-engine browsers fall back to (兼容模式).
TRIDENT = re.compile(r"MSIE |Trident/")


def server_error(request: HttpRequest) -> HttpResponse:
    """Error 500. Needs no database, session or context: any of them may be what failed. The number is the request's,
    by which the log finds it."""
    number = structlog.contextvars.get_contextvars().get("request_id", "")
    return HttpResponse(render_to_string("500.html", {"number": number}), status=500)


class NotYours(PermissionDenied):
    """A step of a matter that one sees but may not take; `ask`: who may (name, organ, phone)."""

    def __init__(self, message: str, ask: list[dict]) -> None:
        super().__init__(message)
        self.ask = ask


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Error 403: why not, and whom to ask."""
    context = {"exception": str(exception), "ask": getattr(exception, "ask", ())}
    return render(request, "403.html", context, status=403)


def too_old(agent: str) -> bool:
    """Whether the browser of this User-Agent cannot show the product; an unknown one is given a chance."""
    chromium = CHROMIUM.search(agent)
    return bool(TRIDENT.search(agent)) or (chromium is not None and int(chromium[1]) < OLDEST_CHROMIUM)


class OldBrowser:
    """Middleware: a browser that is too old gets one page that says what to do, instead of broken ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = "text/html" in request.headers.get("Accept", "")
        if page and too_old(request.headers.get("User-Agent", "")):
            return HttpResponse(render_to_string("too_old.html"))
        return self.get_response(request)


class PlainAddress:
    """Middleware: an address with a null character, which PostgreSQL cannot keep, leads nowhere (400)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse(status=400)
        return self.get_response(request)
