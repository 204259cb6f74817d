"""What must hold of the mechanism files together with what the flows declare. One function a proof.

Each yields Problems, in words that name the file, the key and what to do. Their order numbers the messages of
`manage.py check`: new proofs go last.
"""

from collections.abc import Iterator

from coordination.kernel.mechanisms.proofs import choices, ladders, limits
from coordination.kernel.mechanisms.proofs.facts import Facts
from coordination.kernel.mechanisms.tables import Problem


def files_are_readable(facts: Facts) -> Iterator[Problem]:
    """Unknown and missing keys, missing basis or quote, a `within` that cannot be read."""
    for one in facts.files.values():
        yield from one.problems


PROOFS = (
    files_are_readable,
    limits.limits_are_declared,
    limits.whens_ask_declared_facts,
    limits.whens_can_be_reached,
    limits.law_is_not_changed,
    choices.options_are_declared_and_answered,
    choices.kernel_options_can_be_read,
    ladders.rungs_can_fall,
    ladders.ladders_exist,
    ladders.disputes_name_bodies_and_acts,
    choices.clashes_are_decided,
    ladders.ladders_begin_with_talks,
)
limits_without_a_period = limits.limits_without_a_period
