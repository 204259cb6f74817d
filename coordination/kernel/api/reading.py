"""Reading what a program has sent: bounded, and never so deep that the reader loses his footing."""

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from coordination.kernel.api.problems import TooLarge


class BoundedJSONParser(JSONParser):
    """JSON of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes. The body stays readable for its fingerprint."""

    def parse(self, stream, media_type=None, parser_context=None):
        body_of(parser_context["request"]._request)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as fault:
            raise ParseError from fault


def body_of(request) -> bytes:
    """The raw body of a request, refused if it is too large."""
    try:
        return request.body
    except RequestDataTooBig as fault:
        raise TooLarge(str(fault)) from fault
