"""Options and clashes: every option is asked for and answered, every clash decided as the file decides."""

from collections.abc import Iterator
from datetime import time

from django.utils.translation import gettext as _

from coordination.kernel.calendar import Unit, Within
from coordination.kernel.mechanisms.declared import DAY_ENDS, GRACE
from coordination.kernel.mechanisms.proofs.facts import Facts
from coordination.kernel.mechanisms.shape import unknown
from coordination.kernel.mechanisms.tables import Clash, Mechanism, Problem
from coordination.kernel.words import Refusal


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


def _readable(key: str, value: str) -> bool:
    try:
        if key == GRACE:
            return Within.parse(value).unit is Unit.HOURS
        return value == "24:00" or bool(time.fromisoformat(value))
    except (Refusal, ValueError):
        return False


def clashes_are_decided(facts: Facts) -> Iterator[Problem]:
    """The chosen side is one of the sides, and where the choice is carried by an option, limit or ladder, it is so."""
    for name, one in facts.files.items():
        for clash in one.clashes:
            if clash.chosen not in [value for value, _clause in clash.sides]:
                yield Problem(f"{name}.toml", f"[[clash]] {clash.id}", _("chosen 不在所列各方之中，请核对。"))
            elif not _carried(one, clash):
                yield Problem(f"{name}.toml", f"[[clash]] {clash.id}", _("所作的选择与机制实际规定不一致，请核对。"))


def _carried(mechanism: Mechanism, clash: Clash) -> bool:
    if clash.option:
        return clash.option in mechanism.options and mechanism.options[clash.option].value == clash.chosen
    if clash.limit:
        limit = mechanism.limits.get(clash.limit)
        return bool(limit) and str(clash.chosen) in {str(branch.within) for branch in limit.branches}
    if clash.dispute:
        acts = [word for rung in mechanism.disputes if clash.dispute in rung.kinds for word in (rung.body, rung.act)]
        return clash.chosen in acts
    return True
