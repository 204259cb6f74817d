"""Objections: negotiated, given up, taken back, decided."""

from coordination.demo.tales.roads import Beats, accepted, handed_over, sent
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
    t.agree_return("own", "经协商，该部分线索由本单位继续办理。")


def sent_to_another(t: Tale, receiver: str) -> Beats:
    """Taken back, still another's: the sending limit starts anew, and another organ receives it."""
    yield from negotiating(t)
    yield t.day(6, "10:20")
    t.agree_return("again", "经协商，该事项应由其他部门处理，退回后重新移送。")
    reason = "经与原受移送方协商，现场属于该单位监管的场所。"
    yield t.day(7, "09:10")
    t.find_other(
        competent_organ=t.cast.organs[receiver],
        choice_reason=reason,
        found_at=t.case.competence_found_at,
        later_reason="与原受移送方协商后重新认定。",
    )
    yield from sent(t, t.day(7, "14:00"))


def in_dispute(t: Tale) -> Beats:
    yield from negotiating(t)
    yield t.day(7, "11:00")
    t.negotiate("第二次协商仍未达成一致。")
    yield t.day(8, "09:40")
    t.open_dispute()


def ruled_for_the_receiver(t: Tale) -> Beats:
    yield from in_dispute(t)
    yield t.day(13, "10:00")
    t.abide_by("receiver")
    yield t.day(15, "09:50")
    t.file()


def ruled_for_the_sender(t: Tale) -> Beats:
    yield from in_dispute(t)
    yield t.day(13, "10:00")
    t.abide_by("sender")


def designated(t: Tale, organ: str) -> Beats:
    """The government designates a third organ, which can object no more."""
    yield from in_dispute(t)
    yield t.day(14, "15:00")
    t.abide_by("designated", t.cast.organs[organ])
    yield from handed_over(t, t.day(15, "09:30"))
    yield t.day(17, "10:30")
    t.file()
