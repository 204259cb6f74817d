"""An order to put a breach of information sharing right (执法信息共享工作机制 三（五）, NW-4.27).

No other clause lets an authority order that something be put right: what breaks another rule is the justice bureau's
to supervise or the government's to follow up. The authority that established a breach orders, and the organ that is
accused is ordered: it takes no part in the breach, so that nobody is told who reported it, and learns of it from the
paper.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.words import law_language
from infosharing.breaches.forms import KINDS
from infosharing.models import Breach, SharedRecord
from supervision.words import Paper, Source

CLAUSE = "执法信息共享工作机制 三（五）"
#: The kinds of matter in which that clause can be broken.
OF_SHARING = (SharedRecord.KIND, Breach.KIND)
#: Which paper is the right one where that clause does not fit.
ELSEWHERE = gettext_lazy(
    "责令限期整改的依据是执法信息共享工作机制 三（五），只用于违反信息共享规定的情形；其他情形请联系县司法局"
    "发出行政执法监督意见书，或者报请县人民政府督办。"
)


def breach_of(about: Matter | None) -> Breach | None:
    """The breach that an order is about, if it is about an established one."""
    if about is None or about.kind != Breach.KIND:
        return None
    breach = about if isinstance(about, Breach) else Breach.objects.select_related("accused").get(pk=about.pk)
    return breach if breach.breach_open else None


def orders_it(breach: Breach | None, organ: Organ) -> bool:
    """Whether `organ` may order that it be put right: it is the authority that has established it."""
    return breach is not None and breach.authority_id == organ.pk


def papers_about(breach: Breach | None, organ: Organ) -> list[Paper]:
    """What the authority in charge may issue about a breach beside its own papers, first of all."""
    return [Paper.RECTIFICATION] if orders_it(breach, organ) else []


def known_of(breach: Breach) -> dict:
    """What the breach says, for the order's form; never who reported it."""
    with law_language():
        wanted = str(_("立即改正，按规定共享、使用和管理行政执法信息，并将整改情况书面报告。"))
    return {
        "paper": Paper.RECTIFICATION,
        "supervised": breach.accused,
        "source": Source.REPORTED,
        "situation": breach.breach_kind,
        "rule_missed": rule_of(breach.breach_kind),
        "facts_found": breach.words,
        "finding": breach.finding,
        "requirement": wanted,
        "clock": None,
    }


@law_language()
def rule_of(situation: str) -> str:
    """The number of the clause that a situation stands under, with its words."""
    place = [kind for kind, _label in KINDS].index(situation) + 1
    return f"{CLAUSE}{place}（{dict(KINDS)[situation]}）"


def rules_of_sharing() -> set[str]:
    """What `rule_of` says of each situation."""
    return {rule_of(kind) for kind, _label in KINDS}
