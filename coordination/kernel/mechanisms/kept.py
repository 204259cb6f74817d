"""The rules of a county, asked once for a request or a step and kept until it is over.

Never longer: an override that an administrator enters holds from the next request on, in every process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from coordination.kernel.mechanisms.periods import Rules, rules_of

_kept: ContextVar[dict[str, Rules] | None] = ContextVar("kept_rules", default=None)


@contextmanager
def keeping_rules() -> Iterator[None]:
    """Within this block each county's rules are read once. A block inside another one shares its rules."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept_rules(county_code: str) -> Rules:
    """`rules_of`, without a query if this request or step has asked before."""
    known = _kept.get()
    if known is None:
        return rules_of(county_code)
    if county_code not in known:
        known[county_code] = rules_of(county_code)
    return known[county_code]


class KeepRules:
    """Middleware: one request, one reading of the rules."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        with keeping_rules():
            return self.get_response(request)
