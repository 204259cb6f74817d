"""What a referral does when the receiver's case moves, and what that case is owed by it."""

from cases.flow import TO_DECIDE
from cases.sources import Source
from coordination.kernel.materials import Material, usable
from coordination.kernel.matters import Link
from coordination.kernel.steps import REVIEW, after
from coordination.kernel.steps.perform import system_step


def for_its_sender(case) -> bool:
    return case.source == Source.REFERRAL


@after("cases.close", later=True, waits=for_its_sender)
def owe_the_result(entry, case) -> None:
    """The receiver's case is closed: its result is owed to the organ that sent it, from that moment on."""
    opened = Link.objects.filter(target_id=case.pk, kind="filed_case").select_related("source").first()
    if opened and opened.source.stage == "filed":
        system_step(opened.source_id, "result_due", entry, case_closed_at=case.closed_at)


def has_filed(referral) -> bool:
    return referral.stage == "filed"


@after(f"referrals.{REVIEW}", later=True, waits=has_filed)
def hand_on_evidence(entry, referral) -> None:
    """The receiver has found evidence good after it filed: it may support its decision, as long as there is none."""
    link = Link.objects.filter(source_id=referral.pk, kind="filed_case").select_related("target").first()
    if link is None or link.target.stage not in TO_DECIDE:
        return
    known = {one.carried_from_id for one in Material.objects.filter(matter=link.target_id)}
    found = [one for one in usable(referral, referral.receiver_id) if one.pk not in known]
    if found:
        system_step(link.target_id, "take_evidence", entry, materials=found)
