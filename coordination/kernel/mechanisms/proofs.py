"""What must hold of the mechanism files together with what the flows declare. One function a proof.

Each yields Problems, in words that name the file, the key and what to do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from coordination.kernel.calendar import RungAt, Unit, Within
from coordination.kernel.mechanisms.declared import DAY_ENDS, FACT_VALUES, GRACE, LimitDeclaration
from coordination.kernel.mechanisms.reading import NATIONAL
from coordination.kernel.mechanisms.shape import unknown
from coordination.kernel.mechanisms.tables import Branch, LimitRule, Mechanism, Problem, RungSpec
from coordination.kernel.words import Refusal

LEVELS = ("remind", "overdue", "supervise", "report")
BODIES = ("parties", "justice_bureau", "coordination_office", "government", "common_superior")
ACTS = ("negotiate", "mediate", "coordinate", "recommend", "designate", "rule", "decide")


@dataclass(frozen=True)
class Facts:
    """What the proofs look at: the files by name, what the flows declare, and whom a rung can tell."""

    files: Mapping[str, Mechanism]
    limits: Mapping[str, LimitDeclaration]
    options: frozenset[str]
    tells: frozenset[str]

    @property
    def national(self) -> Mechanism:
        return self.files[NATIONAL]

    @property
    def counties(self) -> list[Mechanism]:
        return [one for name, one in self.files.items() if name != NATIONAL]


def files_are_readable(facts: Facts) -> Iterator[Problem]:
    """Unknown and missing keys, missing basis or quote, a `within` that cannot be read."""
    for one in facts.files.values():
        yield from one.problems


def limits_are_declared(facts: Facts) -> Iterator[Problem]:
    """A limit that no flow runs is a slip, unless it says that it stands alone for the calculator."""
    for file, limit in _limits(facts):
        if limit.key not in facts.limits and not limit.standalone:
            yield _limit(file, limit.key, _("没有业务流程使用这一时限。") + unknown(limit.key, facts.limits))
        if limit.key in facts.limits and limit.standalone:
            yield _limit(file, limit.key, _("已有业务流程使用这一时限，请删去 standalone。"))


def whens_ask_declared_facts(facts: Facts) -> Iterator[Problem]:
    """A misspelt fact or value would silently never fit."""
    for file, limit in _limits(facts):
        declared = facts.limits.get(limit.key, LimitDeclaration(limit.key)).facts
        for branch in limit.branches:
            for fact, values in branch.facts.items():
                if fact not in declared:
                    yield _limit(file, limit.key, _("when 的条件：") + unknown(fact, {*declared, "within", "basis"}))
                for value in set(values) - set(FACT_VALUES.get(fact, values)):
                    yield _limit(file, limit.key, _("when %s 的值：") % fact + unknown(value, FACT_VALUES[fact]))


def whens_can_be_reached(facts: Facts) -> Iterator[Problem]:
    """The first that fits wins, so a later one that an earlier one covers is dead."""
    for file, limit in _limits(facts):
        whens = limit.branches[:-1]
        for number, later in enumerate(whens):
            if not later.facts:
                yield _limit(file, limit.key, _("第 %d 个 when 没有条件，请写明适用情形。") % (number + 1))
            elif _covered(later, whens[:number]):
                yield _limit(file, limit.key, _("when（%s）与前面的 when 重叠，永远轮不到，请调整顺序。") % later.id)


def law_is_not_changed(facts: Facts) -> Iterator[Problem]:
    """Statutory limits are the national file's alone; a county adds at most a target where the law has no number."""
    for county in facts.counties:
        for key in county.limits.keys() & facts.national.limits.keys():
            yield _limit(county.id, key, _("这是法定时限，县机制不能另行规定，请删去。"))
        for key, target in county.targets.items():
            yield from _target(facts, county, key, target.within)
    for key in facts.national.targets:
        yield Problem(f"{NATIONAL}.toml", f"[[target]] {key}", _("内部目标只能由县设定，请移到县机制文件。"))


def _target(facts: Facts, county: Mechanism, key: str, within: Within) -> Iterator[Problem]:
    limit = county.limits.get(key) or facts.national.limits.get(key)
    where = f"[[target]] {key}"
    if limit is None:
        known = {**county.limits, **facts.national.limits}
        yield Problem(f"{county.id}.toml", where, unknown(key, known))
    elif not any(branch.within.unit is Unit.PROMPTLY for branch in limit.branches):
        yield Problem(f"{county.id}.toml", where, _("来源已有明确期限，不能另设内部目标，请删去。"))
    if within.unit is Unit.PROMPTLY:
        yield Problem(f"{county.id}.toml", where, _("内部目标须有数字，例如 3 working days。"))


def options_are_declared_and_answered(facts: Facts) -> Iterator[Problem]:
    """An option that nobody asks for is a slip, unless it says that it stands alone; one that a flow asks for must
    have an answer in every county."""
    for name, one in facts.files.items():
        for key, rule in one.options.items():
            if key not in facts.options and not rule.standalone:
                yield Problem(f"{name}.toml", f"[options] {key}", unknown(key, facts.options))
            if key in facts.options and rule.standalone:
                yield Problem(f"{name}.toml", f"[options] {key}", _("已有业务流程使用这一选项，请删去 standalone。"))
    for county in facts.counties:
        for key in sorted(facts.options - county.options.keys() - facts.national.options.keys()):
            yield Problem(f"{county.id}.toml", "[options]", _("缺少选项“%s”，请补上取值和依据。") % key)


def kernel_options_can_be_read(facts: Facts) -> Iterator[Problem]:
    """The close of business is a time of day, the grace a number of hours."""
    for name, one in facts.files.items():
        for key, form in ((DAY_ENDS, "24:00"), (GRACE, "2 hours")):
            if key in one.options and not _readable(key, str(one.options[key].value)):
                yield Problem(f"{name}.toml", f"[options] {key}", _("无法识别，请写成 %s 的样子。") % form)


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
    for file, limit in _limits(facts):
        known = {*facts.national.ladders, *facts.files[file].ladders}
        if limit.ladder and limit.ladder not in known:
            yield _limit(file, limit.key, _("ladder：") + unknown(limit.ladder, known))


def disputes_name_bodies_and_acts(facts: Facts) -> Iterator[Problem]:
    for name, one in facts.files.items():
        for number, rung in enumerate(one.disputes, 1):
            for word, known in ((rung.body, BODIES), (rung.act, ACTS)):
                if word not in known:
                    yield Problem(f"{name}.toml", f"[[dispute.rung]][{number}]", unknown(word, known))


def clashes_are_decided(facts: Facts) -> Iterator[Problem]:
    """The chosen side is one of the sides, and where the choice is carried by an option, limit or ladder, it is so."""
    for name, one in facts.files.items():
        for clash in one.clashes:
            if clash.chosen not in [value for value, _clause in clash.sides]:
                yield Problem(f"{name}.toml", f"[[clash]] {clash.id}", _("chosen 不在所列各方之中，请核对。"))
            elif not _carried(one, clash):
                yield Problem(f"{name}.toml", f"[[clash]] {clash.id}", _("所作的选择与机制实际规定不一致，请核对。"))


def _carried(mechanism: Mechanism, clash) -> bool:
    if clash.option:
        return clash.option in mechanism.options and mechanism.options[clash.option].value == clash.chosen
    if clash.limit:
        limit = mechanism.limits.get(clash.limit)
        return bool(limit) and str(clash.chosen) in {str(branch.within) for branch in limit.branches}
    if clash.dispute:
        acts = [word for rung in mechanism.disputes if clash.dispute in rung.kinds for word in (rung.body, rung.act)]
        return clash.chosen in acts
    return True


PROOFS = (
    files_are_readable, limits_are_declared, whens_ask_declared_facts, whens_can_be_reached, law_is_not_changed,
    options_are_declared_and_answered, kernel_options_can_be_read, rungs_can_fall, ladders_exist,
    disputes_name_bodies_and_acts, clashes_are_decided,
)


def limits_without_a_period(facts: Facts) -> Iterator[Problem]:
    """A flow runs a limit of which a county's mechanism says nothing: the step that starts it would be refused."""
    for county in facts.counties:
        for key in sorted(facts.limits.keys() - county.limits.keys() - facts.national.limits.keys()):
            yield _limit(county.id, key, _("业务流程使用这一时限，但机制没有规定，请补上（没有数字的写 promptly）。"))


def _limits(facts: Facts) -> Iterator[tuple[str, LimitRule]]:
    return ((name, limit) for name, one in facts.files.items() for limit in one.limits.values())


def _limit(file: str, key: str, message: str) -> Problem:
    return Problem(f"{file}.toml", f"[[limit]] {key}", message)


def _covered(later: Branch, earlier: tuple[Branch, ...]) -> bool:
    return any(one.facts and one.covers(later) for one in earlier)


def _readable(key: str, value: str) -> bool:
    try:
        if key == GRACE:
            return Within.parse(value).unit is Unit.HOURS
        return value == "24:00" or bool(time.fromisoformat(value))
    except (Refusal, ValueError):
        return False
