"""What a referral does when the receiver's case moves."""

from cases.sources import Source
from coordination.kernel.matters import Link
from coordination.kernel.steps import after
from coordination.kernel.steps.perform import system_step


def for_its_sender(case) -> bool:
    return case.source == Source.REFERRAL


@after("cases.close", later=True, waits=for_its_sender)
def owe_the_result(entry, case) -> None:
    """The receiver's case is closed: its result is owed to the organ that sent it, from that moment on."""
    opened = Link.objects.filter(target_id=case.pk, kind="filed_case").select_related("source").first()
    if opened and opened.source.stage == "filed":
        system_step(opened.source_id, "result_due", entry, case_closed_at=case.closed_at)
