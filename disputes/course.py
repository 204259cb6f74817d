"""What became of the talks and of each rung, as the journal tells it: for whoever is asked next."""

from coordination.kernel.templatetags.documents import cn_date
from coordination.kernel.words import law_language, named

#: The steps that tell of a rung what was talked about there, put forward, answered, and why it was left.
TELLING = (
    *("record_talks", "hear", "propose", "propose_settlement", "recommend", "consent", "refuse", "proceed"),
    *("end_talks", "end_settling", "return_application", "take_up"),
)


@law_language()
def course_of(dispute) -> tuple[list[str], list[str]]:
    """Of the talks of the two sides, and of the rungs that have been asked since, a line for each act:
    `2026年9月21日，宁武县司法局调解（协调）未成：…`."""
    talks: list[str] = []
    asked: list[str] = []
    entries = dispute.entries.filter(step__in=(*TELLING, "raise_dispute", "apply")).order_by("seq")
    told = talks
    for entry in entries.select_related("readable", "organ", "on_behalf_of"):
        if entry.after == "applied":
            told = asked
        elif entry.step in TELLING and entry.words:
            told.append(_line(entry))
    return talks, asked


def _line(entry) -> str:
    """A reason that stands alone needs no label."""
    facts = entry.words["facts"]
    told = facts[0][1] if len(facts) == 1 else "；".join(named(label, text) for label, text in facts)
    organ = entry.on_behalf_of or entry.organ
    return named(f"{cn_date(entry.at)}，{organ.name}{entry.words['label']}", told)
