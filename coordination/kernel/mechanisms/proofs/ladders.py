"""Ladders: every rung can fall and reaches somebody; disputes climb known rungs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coordination.kernel.calendar import RungAt
from coordination.kernel.mechanisms.proofs.facts import Facts, at_limit, limits_of
from coordination.kernel.mechanisms.shape import unknown
from coordination.kernel.mechanisms.tables import Problem, RungSpec
from coordination.kernel.words import Refusal

LEVELS = ("remind", "overdue", "supervise", "report")
BODIES = ("parties", "justice_bureau", "coordination_office", "government", "common_superior")
KINDS = ("jurisdiction", "legal_basis", "duties", "supervision", "joint_enforcement", "assistance", "referral")
ACTS = ("negotiate", "mediate", "coordinate", "recommend", "designate", "rule", "decide")


def rungs_can_fall(facts: Facts) -> Iterator[Problem]:
    """Each rung has a readable moment, a known level, somebody to tell, and a key of its own in its ladder."""
    for name, one in facts.files.items():
        ladders = {f"[[ladder]] {key}": rungs for key, rungs in one.ladders.items()}
        ladders |= {f"[[limit]] {key}": limit.rungs for key, limit in one.limits.items()}
        for where, rungs in ladders.items():
            for number, rung in enumerate(rungs):
                twice = rung.key in {other.key for other in rungs[:number]}
                for message in [*_rung(facts, rung), *([_("同一阶梯中 key 重复，请改名。")] if twice else [])]:
                    yield Problem(f"{name}.toml", f"{where} rung {rung.key}", message)


def _rung(facts: Facts, rung: RungSpec) -> Iterator[str]:
    try:
        RungAt.parse(rung.at)
    except Refusal as refusal:
        yield refusal.message
    if rung.level not in LEVELS:
        yield _("level：") + unknown(rung.level, LEVELS)
    for tell in rung.tells:
        if tell not in facts.tells:
            yield _("tells：") + unknown(tell, facts.tells)


def ladders_exist(facts: Facts) -> Iterator[Problem]:
    for file, limit in limits_of(facts):
        known = {*facts.national.ladders, *facts.files[file].ladders}
        if limit.ladder and limit.ladder not in known:
            yield at_limit(file, limit.key, _("ladder：") + unknown(limit.ladder, known))


def disputes_name_bodies_and_acts(facts: Facts) -> Iterator[Problem]:
    for name, one in facts.files.items():
        for number, rung in enumerate(one.disputes, 1):
            where = f"[[dispute.rung]][{number}]"
            for word, known in ((rung.body, BODIES), (rung.act, ACTS), *((kind, KINDS) for kind in rung.kinds)):
                if word not in known:
                    yield Problem(f"{name}.toml", where, unknown(word, known))
            if (rung.body == "parties") != (rung.act == "negotiate"):
                yield Problem(f"{name}.toml", where, _("协商（negotiate）由双方（parties）进行，请核对 body 和 act。"))


def ladders_begin_with_talks(facts: Facts) -> Iterator[Problem]:
    """协商 stands first and once (行政处罚法 art. 25): above it each rung has a body of its own."""
    for name, one in facts.files.items():
        for kind in {kind for rung in one.disputes for kind in rung.kinds}:
            acts = [rung.act for rung in one.disputes if kind in rung.kinds]
            if acts[0] != "negotiate" or acts.count("negotiate") > 1 or len(acts) == 1:
                yield Problem(
                    f"{name}.toml", f"[[dispute.rung]] {kind}", _("应当先协商（一次），协商不成的再由有权机关处理。")
                )
