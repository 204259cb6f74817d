"""Refusals for programs: RFC 9457 problem details, with the words that the page would say."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from coordination.kernel.words import Refusal

MEDIA_TYPE = "application/problem+json"
#: The HTTP status of a refusal by its code; whatever else a gate or a missing fact says is 422.
STATUS = {
    "stale": 409,
    "stage": 409,
    "idempotency": 409,
    "permission": 403,
    "unknown": 404,
    "storage": 507,
}
TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Refused",
    429: "Too many requests",
    503: "Not ready",
    507: "Not stored",
}


class Unprocessable(exceptions.ValidationError):
    """Facts that are missing or make no sense, by field."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class NotReady(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "not_ready"


def problem(fault: Exception, context: dict) -> Response | None:
    """The answer to an exception of a view; None for what is no refusal, but an error of the program."""
    if isinstance(fault, Refusal):
        set_rollback()
        told = {"detail": fault.message, "field": fault.field, "code": fault.code}
        return _answer(STATUS.get(fault.code, 422), told)
    plain = exception_handler(fault, context)
    if plain is None:
        return None
    if isinstance(fault, exceptions.ValidationError):
        return _answer(plain.status_code, _by_field(fault))
    headers = {name: value for name, value in plain.items() if name in ("WWW-Authenticate", "Retry-After", "Allow")}
    return _answer(plain.status_code, _plain(fault, plain), headers)


def _plain(fault: Exception, plain: Response) -> dict:
    if isinstance(fault, Http404):
        return {"detail": _("没有找到，或者您无权查看。"), "code": "not_found"}
    if isinstance(fault, PermissionDenied):
        return {"detail": str(fault) or str(plain.data["detail"]), "code": "permission"}
    return {"detail": str(plain.data["detail"]), "code": getattr(fault.detail, "code", "error")}


def _by_field(fault: exceptions.ValidationError) -> dict:
    """The first complaint, and all of them."""
    errors = list(_flat(fault.detail))
    return {**errors[0], "errors": errors}


def _flat(detail, field: str | None = None):
    if isinstance(detail, dict):
        for name, part in detail.items():
            own = None if name in ("__all__", "non_field_errors") else str(name)
            yield from _flat(part, ".".join(filter(None, (field, own))) or None)
    elif isinstance(detail, list):
        for part in detail:
            yield from _flat(part, field)
    else:
        yield {"detail": str(detail), "field": field, "code": getattr(detail, "code", "invalid")}


def _answer(code: int, told: dict, headers: dict | None = None) -> Response:
    kind = f"urn:coordination:problem:{told['code']}"
    body = {"type": kind, "title": TITLES.get(code, "Error"), "status": code, "field": None, **told}
    return Response(body, status=code, headers=headers, content_type=MEDIA_TYPE)
