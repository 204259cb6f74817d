"""Who tells what, from when: one line for each scenario. The number is the tale's first day, in working days before
day 0 (the present day, or the next that is worked); 0 stands where a tale counts in hours before the present.

What the lamps then show is written beside the lines that are there for their lamp.
"""

from dataclasses import dataclass, field
from functools import partial
from types import FunctionType

from coordination.demo.tales import (
    assisting,
    breaching,
    complaining,
    crossing,
    disputing,
    finding,
    joining,
    ongoing,
    receiving,
    sending,
    sharing,
    supervising,
    transferring,
)


@dataclass(frozen=True)
class Line:
    key: str
    begins: int
    tale: FunctionType | partial = field(compare=False)


def line(key: str, begins: int, tale: FunctionType, *facts, **named) -> Line:
    return Line(key, begins, partial(tale, *facts, **named) if facts or named else tale)


PLAN = (
    # the one that crosses all workflows: on the supervisor's desk, overdue and with an order
    line("t01", -29, crossing.crossing),
    # over and done
    line("s23", -46, receiving.concluded),
    line("s10", -45, sending.sent_late),  # closed late
    line("s08", -44, receiving.concluded),
    line("s49", -42, receiving.concluded),
    line("s11", -38, receiving.disposed_in_advance),
    line("s16", -37, receiving.declined_and_concluded),
    line("s63", -36, finding.archived),
    line("s45", -34, receiving.concluded),
    line("s62", -33, sending.off_the_platform),
    line("s64", -31, finding.not_filed_and_closed),
    line("s59", -30, disputing.ruled_for_the_sender),
    # the receiver's case, in every stage
    line("s19", -41, receiving.before_the_court),
    line("s18", -32, ongoing.at_once_and_pursued, until="serve"),
    line("s26", -29, receiving.result_returned),
    line("s07", -27, ongoing.answered_and_pursued, until="pass_review"),
    line("s39", -26, receiving.pursued_by_receiver, until="execute"),
    line("s35", -21, receiving.pursued_by_receiver, until="close"),  # its result is owed: near
    line("s48", -22, receiving.pursued_by_receiver, until="serve"),
    line("s09", -20, receiving.resumed),
    line("s36", -19, receiving.suspended),
    line("s25", -18, receiving.pursued_by_receiver, until="decide"),  # to be served: today
    line("s04", -16, receiving.pursued_by_receiver, until="ask_review"),
    line("s56", -15, receiving.pursued_by_receiver, until="announce"),
    line("s52", -12, receiving.filed_by_receiver),  # ninety days end in a year that may be provisional
    line("s47", -9, receiving.filed_by_receiver),
    line("s51", -10, ongoing.answered),
    line("s28", -8, ongoing.at_once_and_pursued, until="announce"),
    # accepted, or not filed
    line("s50", -14, receiving.taken),  # overdue
    line("s58", -13, receiving.declined),
    line("s53", -11, receiving.declined),
    line("s29", -5, receiving.supplement_given),
    line("s40", -6, receiving.taken),  # today
    line("s37", -6, receiving.supplement_asked),
    line("s43", -5, receiving.taken),  # near
    line("s34", -4, receiving.taken_with_differences),
    line("s17", -3, ongoing.at_once),
    # objections
    line("s14", -28, disputing.designated, organ="shichang"),
    line("s54", -24, disputing.taken_back),
    line("s44", -23, disputing.ruled_for_the_receiver),
    line("s13", -10, disputing.sent_to_another, receiver="zhujian"),  # today
    line("s41", -13, disputing.given_up),
    line("s46", -15, disputing.in_dispute),
    line("s33", -10, disputing.negotiating),  # elapsed
    line("s20", -7, disputing.objected),  # elapsed
    # on the way
    line("s57", -4, sending.consulted_then_sent),  # near
    line("s60", -13, finding.under_a_letter),
    line("s06", -8, ongoing.left_after_refusal),
    line("s15", -7, ongoing.not_answered),  # overdue twice
    line("s32", -9, sending.withdrawn),  # overdue
    line("s05", -5, ongoing.refused_and_reported),
    line("s31", -5, ongoing.refused_with_reasons),
    line("s22", -5, sending.part_of_a_case),
    line("s21", -4, finding.grown_urgent),  # overdue by the new limit
    line("s42", -3, sending.sheet_confirmed),  # today
    line("s03", -3, sending.awaiting_approval),  # today
    line("s27", -2, sending.signed_for),  # near
    line("s55", -2, sending.sent_back_by_the_approver),  # near
    line("s12", -2, finding.verifying),
    line("s24", 0, sending.found_by_the_hour, hours=9),  # near, by the hour
    line("s01", 0, sending.awaiting_by_the_hour, hours=20),
    line("s69", 0, sending.approved_by_the_hour, hours=22),  # hours left
    line("s70", 0, ongoing.no_answer_by_the_hour, hours=22.5),
    line("s02", 0, ongoing.at_night, minutes=45),
    # in the finder's hands
    line("s61", -18, finding.under_a_letter),
    line("s66", -6, finding.evidence_preserved, decided=False),  # near
    line("s68", -19, finding.review_returned),
    line("s30", -14, finding.passed_up),
    line("s38", -8, finding.lead),  # overdue
    line("s65", -7, finding.not_filed),
    line("s67", -1, finding.lead),  # plenty
    # complaints
    line("c02", -26, complaining.answered_and_archived),
    line("c03", -12, complaining.anonymous_and_told_to_nobody),
    line("c06", -18, complaining.told_by_the_receiver),
    line("c07", -9, complaining.reported_back),
    line("c04", -6, complaining.own_case),
    line("c05", -4, complaining.transferred),
    line("c08", -3, complaining.against_the_organ_asked),
    line("c01", -3, complaining.two_items),
    line("c09", -1, complaining.registered),
    line("c10", -5, complaining.not_accepted),
    line("c11", -8, complaining.returned_to_who_passed_it_on),
    # assistance
    line("a01", -25, assisting.concluded),
    line("a06", -17, assisting.concluded),
    line("a08", -9, assisting.archives_lent),
    line("a07", -8, assisting.refused),
    line("a11", -12, assisting.answered_off_the_platform),
    line("a13", -11, assisting.withdrawn),
    line("a02", -6, assisting.received),  # overdue
    line("a03", -4, assisting.extended),  # plenty, by a told extension
    line("a04", -3, assisting.supplement_asked),  # today; the count goes on
    line("a12", -2, assisting.sent),  # near
    line("a05", -1, assisting.received),  # plenty, by a target of the county's own
    line("a09", 0, assisting.on_the_spot, hours=3.5),
    line("a10", -1, assisting.awaiting_approval),
    line("a14", -1, assisting.approved),
    line("a15", 0, assisting.drafted_by_the_hour, hours=2),
    # information sharing
    line("i01", -20, sharing.reported),
    line("i02", -6, sharing.signed_by_some),  # one has not signed: overdue by the county's own target
    line("i03", -9, sharing.asked, days=5),  # the reply day is past
    line("i04", -11, sharing.consented_and_read),
    line("i05", 0, sharing.formed_by_the_hour, hours=1.5),  # today
    line("i06", -5, sharing.shared),
    line("i07", -7, sharing.corrected),
    line("i08", -4, sharing.left_lying),  # overdue, and recorded as a breach
    line("i09", -8, sharing.claimed),  # one township has not divided the work
    line("i10", 0, sharing.reviewed_by_the_hour, hours=2),  # today
    line("i11", -4, sharing.consented),  # to be shared
    line("i12", -12, sharing.refused_by_the_right_holder),
    line("i13", -10, sharing.withdrawn),
    line("i14", -6, breaching.established),
    line("i15", -9, breaching.unfounded),
    line("i16", -19, breaching.rectified),
    line("i17", -3, sharing.divided),
    line("i18", -15, sharing.ready),
    line("i19", -13, sharing.released),
    # joint operations
    line("j01", -16, joining.concluded),
    line("j03", -5, joining.before_the_government),
    line("j02", -2, joining.circulated),
    line("j04", -1, joining.proposed),
    line("j05", -3, joining.settled),
    line("j06", -6, joining.carried_out),
    line("j07", -9, joining.cancelled),
    line("m01", -11, joining.met),  # one task is done, one is owed
    line("m02", -1, joining.called),
    line("m03", -17, joining.all_done),
    line("m04", -7, joining.called_off),
    # disputes
    line("d01", -5, disputing.talking),  # elapsed
    line("d02", -6, disputing.signed_by_one),
    line("d03", -10, disputing.one_side_has_written),  # the other's statement: near
    line("d04", -11, disputing.to_be_signed),
    line("d05", -21, disputing.decided_by_the_city),
    line("d06", -11, disputing.given_up_by_the_applicant),
    line("d07", -7, disputing.unsettled),
    line("d08", -3, disputing.about_the_case),  # the letter: today
    line("d09", -7, disputing.taken_up),
    # supervision
    line("v10", -43, supervising.trained, done=True),
    line("v11", -30, supervising.trained, done=True),
    line("v12", -12, supervising.trained, done=False),
    line("v13", -11, supervising.excused),
    line("v06", -25, supervising.closed_with_accountability),
    line("v07", -9, supervising.verified),
    line("v04", -8, supervising.returned),
    line("v05", -6, supervising.answered),
    line("v03", -4, supervising.issued),
    line("v02", -2, supervising.issued),
    line("v08", -1, supervising.issued_about_a_matter),
    line("v09", -3, supervising.revoked),
    line("v01", -1, supervising.drafted),
    line("v20", -20, supervising.patrolled, until="evaluate"),
    line("v21", -4, supervising.patrolled, until="feed_back"),
    line("v22", -3, supervising.patrolled, until="assign"),
    line("v23", -2, supervising.patrolled, until="handle"),
    line("v24", -10, supervising.nothing_found),
    line("v25", -1, supervising.patrolled, until="walk"),
    # suspected crimes
    line("k17", -45, transferring.concluded, fine=4500, criminal_fine=10000),
    line("k16", -20, transferring.returned),
    line("k15", -6, transferring.refused),
    line("k14", -8, transferring.handed_over),
    line("k13", -14, transferring.ordered),
    line("k12", -9, transferring.supervised),
    line("k11", -7, transferring.upheld),
    line("k10", -6, transferring.reconsidering),
    line("k09", -5, transferring.not_filed),
    line("k08", -5, transferring.filed_by_police),
    line("k07", -5, transferring.passed_on),
    line("k05", -4, transferring.received),
    line("k02", -3, transferring.reported),  # with the principal head
    line("k03", -3, transferring.approved_by_the_hour, hours=5),  # hours left
    line("k04", -3, transferring.sent_by_the_hour, hours=4),
    line("k06", -3, transferring.not_theirs_by_the_hour, hours=2),  # hours left
    line("k01", -2, transferring.suspected),
)
