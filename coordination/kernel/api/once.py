"""Idempotency keys: a call that is repeated because its answer was lost is answered again, not done again."""

import hashlib
import re
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api.reading import body_of
from coordination.kernel.calls import Answered
from coordination.kernel.web.request import moment_of

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,100}")
PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Up to 100 visible ASCII characters, new for each act. The same key with the same body gives the same "
    "answer again for seven days; with another body it is refused with 409.",
)


def once(request: Request, act: Callable[[], Response]) -> Response:
    """The answer of `act`, which is done once for each key of a person; without a key it is simply done."""
    key = request.headers.get(HEADER)
    if key is None:
        return act()
    if not KEY.fullmatch(key):
        raise ParseError(_("Idempotency-Key 须为 1 至 100 个可见的 ASCII 字符。"))
    with transaction.atomic():
        row, new = Answered.claim(request.user, key, _fingerprint(request), moment_of(request))
        if not new:
            return Response(row.body, status=row.status, headers={"Idempotency-Replayed": "true"})
        answer = act()
        row.keep(answer.status_code, answer.data)
        return answer


def _fingerprint(request: Request) -> str:
    said = f"{request.method} {request.get_full_path()}\n".encode() + body_of(request._request)
    return hashlib.sha256(said).hexdigest()
