"""What a case already knows of the record that comes out of it: nothing is typed twice (YY-1.13)."""

from django.utils.translation import gettext as _

from cases.models import Case
from coordination.kernel.now import CST
from coordination.kernel.words import carries, law_language
from infosharing.gates import shared_out_of
from infosharing.words import Secret


def may_share(case: Case) -> bool:
    """A decided case: its decision is offered to be shared on its own page, until it is."""
    return case.decided_at is not None and shared_out_of(case, content_class_of(case)) is None


def content_class_of(case: Case) -> str:
    return "penalty" if case.decided_at else "not_filed"


@carries("YY-1.13")
def known_of(case: Case) -> dict:
    """The facts of the case under the names of the record's form."""
    known = {
        "case": case,
        "content_class": content_class_of(case),
        "item": case.item,
        "party": case.subject_name,
        "filed_on": day_of(case.filed_at),
        "decided_on": day_of(case.decided_at or case.closed_at),
        "content": case.decision,
        "document_number": case.decision_number,
        "handling": performed(case) if case.executed_at else "",
        "secret": Secret.NONE,
        "formed_at": case.decided_at,
    }
    return {name: value for name, value in known.items() if value}


def performed(case: Case) -> str:
    """What stands in the record for good, in the language of the law."""
    with law_language():
        return _("%(day)s执行完毕") % {"day": day_of(case.executed_at)}


def day_of(moment):
    return moment and moment.astimezone(CST).date()
