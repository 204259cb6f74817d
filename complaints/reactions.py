"""What a complaint learns of the case and the referral that came out of it."""

from cases.models import Case
from complaints.items import ComplaintItem
from complaints.words import ENDED, Route, State
from coordination.kernel.matters import Link
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.organs import User
from coordination.kernel.steps import after
from coordination.kernel.steps.perform import system_step
from referrals.models import Referral

#: Where the item stands when its referral stands there; the rest leaves it where it is.
FOLLOWED = {
    "served": State.SENT,
    "handed_over": State.TAKEN,
    "accepted": State.TAKEN,
    "filed": State.TAKEN,
    "objected": State.DISPUTED,
    "negotiating": State.DISPUTED,
    "in_dispute": State.DISPUTED,
    "not_filed": State.RESULTED,
    "result_returned": State.RESULTED,
    "concluded": State.RESULTED,
    "taken_back": State.TO_REFER,
    "withdrawn": State.TO_REFER,
}
RESULT_DUE = "result_due"
#: The label of a result in the journal, which is written in Chinese.
RESULT = "处理结果"
SETTLED = (State.RESULTED, *ENDED)
WITH_ASKED = (State.IN_HAND, State.TO_REFER)


def for_its_case(case: Case) -> bool:
    """Whether a complaint waits for what becomes of the case: it alone writes its number there. No query."""
    return bool(case.source_number)


def for_its_letter(referral: Referral) -> bool:
    """Whether a complaint waits for what becomes of the referral of its case. No query."""
    return for_its_case(referral.case)


@after("cases.take_complaint")
@after("cases.take_foreign_lead")
def bind_case(entry, case: Case) -> None:
    """The case that this step of the complaint has opened is the case of the item that it was about."""
    routes = (Route.OWN_CASE, Route.TRANSFER)
    routed = ComplaintItem.objects.filter(complaint_id=entry.cause.matter_id, route__in=routes, case=None)
    routed.update(case=case)


@after("referrals.draft")
def bind_referral(entry, referral: Referral) -> None:
    """The letter is drafted: the item knows its referral."""
    if not for_its_letter(referral):
        return
    waiting = ComplaintItem.objects.filter(case_id=referral.origin_id, state__in=WITH_ASKED)
    known = {"referral": referral, "competent": referral.receiver, "followed": 0}
    waiting.update(state=State.TO_REFER, route=Route.TRANSFER, **known)


@after("referrals.send", later=True, waits=for_its_letter)
@after("referrals.confirm_received", later=True, waits=for_its_letter)
@after("referrals.accept", later=True, waits=for_its_letter)
@after("referrals.object", later=True, waits=for_its_letter)
@after("referrals.give_up_objection", later=True, waits=for_its_letter)
@after("referrals.enter_dispute", later=True, waits=for_its_letter)
@after("referrals.leave_dispute", later=True, waits=for_its_letter)
@after("referrals.abide_by", later=True, waits=for_its_letter)
@after("referrals.agree_return", later=True, waits=for_its_letter)
@after("referrals.withdraw", later=True, waits=for_its_letter)
@after("referrals.result_due", later=True, waits=for_its_letter)
@after("referrals.return_result", later=True, waits=for_its_letter)
@after("referrals.decline_to_file", later=True, waits=for_its_letter)
def follow_referral(entry, referral: Referral) -> None:
    """Sent, handed over, in dispute, taken back, with a result: the complaint says so, once for each change and in the
    order of the referral's own journal. With the end of the receiver's case the result is there: from that day on the
    complainant is owed his word, whether or not the sender has been written to (NW-2.14, NW-2.15: two duties)."""
    about = ComplaintItem.objects.filter(referral_id=referral.pk).select_related("complaint").first()
    state = State.RESULTED if entry.step == RESULT_DUE else FOLLOWED.get(entry.after)
    if about is None or state in (None, about.state) or about.state in SETTLED or about.followed >= entry.seq:
        return
    told = {"about": about, "state": state, "taken_by": taker(entry, referral), "entry_seq": entry.seq}
    told["result"] = result_of(entry, referral) if state == State.RESULTED else ""
    system_step(about.complaint_id, "follow", entry, **told)


@after("cases.close", later=True, waits=for_its_case)
@after("cases.decline_to_file", later=True, waits=for_its_case)
def follow_case(entry, case: Case) -> None:
    """The organ's own case has ended: filed and closed, or not filed with reasons."""
    about = ComplaintItem.objects.filter(case_id=case.pk, state__in=WITH_ASKED).first()
    if about is not None:
        result = "\n".join(filter(None, (case.decision, said(entry))))
        system_step(about.complaint_id, "follow_case", entry, about=about, result=result)


@after("cases.file_case", later=True, waits=for_its_case)
@after("cases.decline_to_file", later=True, waits=for_its_case)
def note_filing(entry, case: Case) -> None:
    """市场监管举报 under one's own name: the filing decision is told while the law sets a limit for it (LAW-21)."""
    about = ComplaintItem.objects.filter(case_id=case.pk).select_related("complaint").first()
    if about is None or not about.complaint.named_report:
        return
    if kept_rules(case.county_id).holds("complaints.tell_filing", entry.at):
        system_step(about.complaint_id, "note_filing", entry)


def taker(entry, referral: Referral) -> User | None:
    """Who took it over at the receiver's; nobody where that was recorded on its behalf: it names its handler itself."""
    own = entry.organ_id == referral.receiver_id and entry.on_behalf_of_id is None
    return entry.actor if own and FOLLOWED.get(entry.after) == State.TAKEN else None


def result_of(entry, referral: Referral) -> str:
    return decided_in(referral) if entry.step == RESULT_DUE else said(entry)


def decided_in(referral: Referral) -> str:
    """What the receiver's own case has come to."""
    opened = Link.objects.filter(source_id=referral.pk, kind="filed_case").select_related("target").first()
    case = opened and opened.target.as_child()
    return case.decision if case else ""


def said(entry) -> str:
    """What was written down in the step, as it stands in the journal; what is itself the result needs no label."""
    facts = entry.words.get("facts", ())
    plain = {label for label, _text in facts} if len(facts) == 1 else {RESULT}
    return "\n".join(text if label in plain else f"{label}：{text}" for label, text in facts)
