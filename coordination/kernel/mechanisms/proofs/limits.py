"""Limits: declared by a flow, asked for facts that exist, each branch reachable, the law unchanged."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coordination.kernel.calendar import Unit, Within
from coordination.kernel.mechanisms.declared import FACT_VALUES, LimitDeclaration
from coordination.kernel.mechanisms.proofs.facts import Facts, at_limit, limits_of
from coordination.kernel.mechanisms.reading import NATIONAL
from coordination.kernel.mechanisms.shape import unknown
from coordination.kernel.mechanisms.tables import Branch, Mechanism, Problem


def limits_are_declared(facts: Facts) -> Iterator[Problem]:
    """A limit that no flow runs is a slip, unless it says that it stands alone for the calculator."""
    for file, limit in limits_of(facts):
        if limit.key not in facts.limits and not limit.standalone:
            yield at_limit(file, limit.key, _("没有业务流程使用这一时限。") + unknown(limit.key, facts.limits))
        if limit.key in facts.limits and limit.standalone:
            yield at_limit(file, limit.key, _("已有业务流程使用这一时限，请删去 standalone。"))


def whens_ask_declared_facts(facts: Facts) -> Iterator[Problem]:
    """A misspelt fact or value would silently never fit."""
    for file, limit in limits_of(facts):
        declared = facts.limits.get(limit.key, LimitDeclaration(limit.key)).facts
        for branch in limit.branches:
            for fact, values in branch.facts.items():
                if fact not in declared:
                    yield at_limit(file, limit.key, _("when 的条件：") + unknown(fact, {*declared, "within", "basis"}))
                for value in set(values) - set(FACT_VALUES.get(fact, values)):
                    yield at_limit(file, limit.key, _("when %s 的值：") % fact + unknown(value, FACT_VALUES[fact]))


def whens_can_be_reached(facts: Facts) -> Iterator[Problem]:
    """The first that fits wins, so a later one that an earlier one covers is dead."""
    for file, limit in limits_of(facts):
        whens = limit.branches[:-1]
        for number, later in enumerate(whens):
            if not later.facts and later.until is None:
                yield at_limit(file, limit.key, _("第 %d 个 when 没有条件，请写明适用情形。") % (number + 1))
            elif _covered(later, whens[:number]):
                yield at_limit(file, limit.key, _("when（%s）与前面的 when 重叠，永远轮不到，请调整顺序。") % later.id)


def _covered(later: Branch, earlier: tuple[Branch, ...]) -> bool:
    return any((one.facts or one.until) and one.covers(later) for one in earlier)


def law_is_not_changed(facts: Facts) -> Iterator[Problem]:
    """Statutory limits are the national file's alone; a county adds at most a target where the law has no number."""
    for county in facts.counties:
        for key in county.limits.keys() & facts.national.limits.keys():
            yield at_limit(county.id, key, _("这是法定时限，县机制不能另行规定，请删去。"))
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


def limits_without_a_period(facts: Facts) -> Iterator[Problem]:
    """A flow runs a limit of which a county's mechanism says nothing: the step that starts it would be refused."""
    for county in facts.counties:
        for key in sorted(facts.limits.keys() - county.limits.keys() - facts.national.limits.keys()):
            yield at_limit(county.id, key, _("业务流程使用这一时限，但机制没有规定，请补上（没有数字的写 promptly）。"))
