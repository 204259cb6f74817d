"""What `manage.py check` proves of the mechanism files: together with the flows they make sense.

A new file is proved before anybody trusts a date to it; the messages name the file, the key and what to do.
"""

from django.core import checks
from django.core.checks import CheckMessage

from coordination.kernel.mechanisms import DECLARED, DECLARED_OPTIONS, Mechanism, Problem, read_all
from coordination.kernel.mechanisms.proofs import PROOFS, Facts, limits_without_a_period
from coordination.kernel.organs import Organ, Role

#: How a rung names the posts that it tells: `bearer.officers`, `justice_bureau.supervisors` …
WHOM = ("bearer", Organ.Kind.JUSTICE_BUREAU, Organ.Kind.GOVERNMENT, Organ.Kind.COORDINATION_OFFICE)
PLURALS = {Role.LEADER_IN_CHARGE: "leaders_in_charge", Role.REGISTRY: "registries"}
TELLS = frozenset(f"{who}.{PLURALS.get(role, f'{role}s')}" for who in WHOM for role in Role)


def check_mechanisms(app_configs, files: dict[str, Mechanism] | None = None, **kwargs) -> list[CheckMessage]:
    """Every proof over every file, with what the flows of this installation declare. `files` is for tests."""
    facts = Facts(files or read_all(), DECLARED, frozenset(DECLARED_OPTIONS), TELLS)
    errors = [
        _message(checks.Error, f"mechanisms.E{number:03}", problem)
        for number, proof in enumerate(PROOFS, 1)
        for problem in proof(facts)
    ]
    return errors + [_message(checks.Warning, "mechanisms.W001", problem) for problem in limits_without_a_period(facts)]


def _message(kind: type[CheckMessage], code: str, problem: Problem) -> CheckMessage:
    return kind(f"{problem.where} {problem.message}".strip(), id=code, obj=problem.file)


CHECKS = (check_mechanisms,)
for each in CHECKS:
    checks.register(each)
