"""Objections: negotiated, given up, taken back, decided."""

from coordination.demo.tales.roads import Beats, accepted, found, handed_over, sent
from coordination.demo.verbs import Tale


def objected(t: Tale) -> Beats:
    yield from accepted(t)
    yield t.day(2, "16:10")
    t.object()


def negotiating(t: Tale) -> Beats:
    """The two sides have talked once; the time that passes is shown, no number stands in the law."""
    yield from objected(t)
    yield t.day(4, "15:00")
    t.negotiate("双方到现场核对，对事项归属认识不一致，约定三日内再次协商。")


def given_up(t: Tale) -> Beats:
    """Negotiation has shown whose it is: it goes on where it stood."""
    yield from negotiating(t)
    yield t.day(6, "09:30")
    t.give_up_objection()
    yield t.day(7, "10:30")
    t.file()


def taken_back(t: Tale) -> Beats:
    """The sender agrees and handles it itself."""
    yield from negotiating(t)
    yield t.day(6, "10:20")
    t.agree_return("经协商，该部分线索由本单位继续办理。")


def sent_to_another(t: Tale, receiver: str) -> Beats:
    """Taken back, still another's: the sending limit starts anew, and another organ receives it."""
    yield from negotiating(t)
    yield t.day(6, "10:20")
    t.agree_return("经与原受移送方协商，现场属于另一单位监管的场所，重新移送。", t.cast.organs[receiver])
    yield from sent(t, t.day(7, "14:00"))


def in_dispute(t: Tale) -> Beats:
    """The second talk has failed too: the sender alone asks the justice bureau."""
    yield from negotiating(t)
    yield t.day(7, "11:00")
    t.negotiate("第二次协商仍未达成一致。")
    yield t.day(8, "09:40")
    t.raise_dispute(t.sender, "receiver")


def before_the_bureau(t: Tale) -> Beats:
    """Accepted, both sides have written, and were heard."""
    yield from in_dispute(t)
    yield t.day(8, "15:20")
    t.accept_dispute()
    yield t.day(9, "10:10")
    t.state(t.sender, "receiver")
    yield t.day(10, "09:20")
    t.state(t.receiver, "sender")
    yield t.day(11, "14:30")
    t.hear("双方到现场核对清单事项，各自说明理由。")


def mediated(t: Tale, outcome: str, words: str) -> Beats:
    """Both accept what the bureau proposes: minutes, and the referral moves."""
    yield from before_the_bureau(t)
    yield t.day(12, "09:30")
    t.mediate(outcome, words)
    yield t.day(12, "16:00")
    t.consent(t.dispute.applicant)
    yield t.day(13, "10:00")
    t.consent(t.dispute.respondent)


def ruled_for_the_receiver(t: Tale) -> Beats:
    yield from mediated(t, "receiver", "经核对清单，该事项由受移送方办理，材料已交接，不再另行移交。")
    yield t.day(15, "09:50")
    t.file()


def ruled_for_the_sender(t: Tale) -> Beats:
    yield from mediated(t, "sender", "经核对清单，该事项由移送方办理，受移送方三日内退回材料。")
    yield t.day(15, "09:50")
    t.conclude_dispute(t.dispute.applicant)


def designated(t: Tale, organ: str) -> Beats:
    """Mediation fails; the government designates a third organ, which can object no more."""
    yield from before_the_bureau(t)
    yield t.day(12, "09:30")
    t.end_settling()
    yield t.day(12, "15:10")
    t.ask_next_rung(t.dispute.respondent)
    yield t.day(13, "09:00")
    t.accept_dispute()
    yield t.day(13, "11:00")
    t.state(t.sender, "receiver")
    yield t.day(13, "16:00")
    t.state(t.receiver, "sender")
    yield t.day(14, "10:00")
    t.draft_decision("designated", t.cast.organs[organ])
    yield t.day(14, "15:00")
    t.sign_decision()
    yield from handed_over(t, t.day(15, "09:30"))
    yield t.day(17, "10:30")
    t.file()
    yield t.day(17, "11:00")
    t.conclude_dispute(t.dispute.applicant)


def talking(t: Tale) -> Beats:
    """Raised by the receiver before anybody has talked: it begins with talks."""
    yield from objected(t)
    yield t.day(3, "09:30")
    t.raise_dispute(t.receiver, "sender")
    yield t.day(4, "15:10")
    t.record_talks(t.sender, "双方当面核对清单，约定共同到现场确认后再议。")


def unsettled(t: Tale) -> Beats:
    """The talks have failed, and nobody has yet asked the justice bureau."""
    yield from talking(t)
    yield t.day(5, "15:40")
    t.end_talks(t.receiver)


def signed_by_one(t: Tale) -> Beats:
    """The talks have come to something: one side has signed, the other's word is awaited."""
    yield from talking(t)
    yield t.day(5, "10:30")
    t.propose(t.receiver, "receiver", "由受移送方办理，移送方派员协助现场取证，五日内完成首次检查。")


def one_side_has_written(t: Tale) -> Beats:
    """Before the justice bureau: one statement is in, and waits to be read until the other is."""
    yield from in_dispute(t)
    yield t.day(8, "16:10")
    t.accept_dispute()
    yield t.day(9, "11:00")
    t.state(t.receiver, "sender")


def to_be_signed(t: Tale) -> Beats:
    """Two townships about duties in general: coordinated in vain, the government's decision lies with its head."""
    other = t.cast.organs[t.scenario["receiver"]]
    yield t.day(0, "09:20")
    t.raise_general(other)
    yield t.day(2, "15:00")
    t.record_talks(t.finder, "两镇分管领导协商，对巡查频次和范围未能达成一致。")
    yield t.day(3, "10:00")
    t.end_talks(t.finder)
    yield t.day(3, "15:30")
    t.ask_next_rung(t.finder)
    yield t.day(4, "09:10")
    t.accept_dispute()
    yield t.day(7, "10:00")
    t.end_settling()
    yield t.day(7, "16:00")
    t.ask_next_rung(other)
    yield t.day(8, "09:00")
    t.accept_dispute()
    yield t.day(9, "09:30")
    t.state(t.finder, "respondent", "该河段主河槽位于对方一侧，对方已设置河长公示牌。")
    yield t.day(9, "15:30")
    t.state(other, "shared", "两岸各属一镇，应当以河道中心线为界分段负责。")
    yield t.day(10, "10:20")
    t.draft_decision("shared")


def decided_by_the_city(t: Tale) -> Beats:
    """Above a township and a bureau that the city manages stands the city government, which is off the platform."""
    yield from before_the_bureau(t)
    yield t.day(12, "10:00")
    t.end_settling()
    yield t.day(12, "15:00")
    t.ask_next_rung(t.sender)
    yield t.day(13, "10:00")
    t.on_paper("accept", "受理通知", handler="市政府办公室", phone="0350-0003000")
    yield t.day(18, "11:00")
    t.decided_on_paper("receiver")
    yield t.day(19, "09:40")
    t.file()


def given_up_by_the_applicant(t: Tale) -> Beats:
    """The dispute is withdrawn while the bureau has it: both talk on."""
    yield from in_dispute(t)
    yield t.day(8, "15:00")
    t.accept_dispute()
    yield t.day(9, "15:00")
    t.withdraw_dispute(t.sender, "受移送方提出新的清单依据，双方继续协商。")


def about_the_case(t: Tale) -> Beats:
    """No letter has left: the organ that is said to be competent disputes the case itself, whose sending limit runs
    on."""
    yield from found(t, t.day(0, "10:20"))
    yield t.day(1, "09:30")
    t.raise_dispute(t.other, "holder")
    yield t.day(2, "15:10")
    t.record_talks(t.finder, "双方到现场核对取土位置和公路建筑控制区界桩，约定次日再议。")


def taken_up(t: Tale) -> Beats:
    """The two talk about a case; the county's government, which stands above both, takes the dispute up by itself and
    decides for the one that was found to be competent, to which the case is then sent."""
    yield from found(t, t.day(0, "09:40"))
    yield t.day(1, "10:00")
    t.raise_dispute(t.finder, "competent")
    yield t.day(1, "15:30")
    t.record_talks(t.other, "双方当面核对清单，对经营场所范围认识不一致。")
    yield t.day(2, "09:20")
    t.take_up_dispute()
    yield t.day(2, "16:00")
    t.state(t.finder, "competent")
    yield t.day(3, "09:20")
    t.state(t.other, "holder")
    yield t.day(3, "11:00")
    t.draft_decision("competent")
    yield t.day(3, "15:10")
    t.sign_decision()
    yield from sent(t, t.day(4, "09:30"))
    yield t.day(5, "10:00")
    t.conclude_dispute(t.dispute.applicant)
