"""What a paper says was not kept: a rule of law or of the county, or a target that the county has set for itself."""

from coordination.kernel.clocks import Clock
from coordination.kernel.mechanisms.tables import LOCAL


def is_target(clock: Clock) -> bool:
    """Whether the number is the county's own: an internal target, no limit of law."""
    return clock.nature == LOCAL


def is_rule(clock: Clock) -> bool:
    """Whether a source asks for it at all: of a target without one, the basis says that there is none."""
    return not is_target(clock) or bool(clock.quote)
