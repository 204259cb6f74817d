"""Violations that go on, with a notice that must be answered; and words by telephone before the paper."""

from coordination.demo.tales.roads import Beats, found, handed_over, later, pursued, seen, sent
from coordination.demo.verbs import Tale


def answered(t: Tale) -> Beats:
    """Told, dispatched, arrived, stopped; then the papers, and the receiver files."""
    yield from seen(t, t.day(0, "09:00"), 10)
    yield t.day(0, "09:35")
    t.tell_of_ongoing()
    yield from came(t, "10:05")
    yield from sent(t, t.day(0, "14:00"))
    yield from handed_over(t, t.day(1, "09:20"))
    yield t.day(2, "10:30")
    t.file()


def came(t: Tale, clock: str) -> Beats:
    """The organ that was told sends officers, who arrive and have it stopped."""
    yield t.day(0, clock)
    t.answer_ongoing("dispatch", "两名执法人员已出发。")
    yield later(t.day(0, clock), 55)
    t.answer_ongoing("arrive", "已到达现场。")
    yield later(t.day(0, clock), 95)
    t.answer_ongoing("record_stopped", "当事人已停止违法行为，现场恢复。")


def answered_and_pursued(t: Tale, until: str) -> Beats:
    yield from answered(t)
    yield from pursued(t, 2, until)


def refused_and_reported(t: Tale) -> Beats:
    """Told and refused without a reason: reported to the government, which sees the paper; sent in writing as well."""
    yield from seen(t, t.day(0, "08:40"), 10)
    yield t.day(0, "09:15")
    t.tell_of_ongoing()
    yield t.day(0, "11:50")
    t.answer_ongoing("refuse_dispatch", "")
    yield t.day(0, "14:30")
    t.report_to_government("经劝阻当事人仍未停止，有管辖权的单位未派员，请县人民政府协调处理。")
    yield from sent(t, t.day(1, "09:00"))


def refused_with_reasons(t: Tale) -> Beats:
    yield from seen(t, t.day(0, "05:50"), 10)
    yield t.day(0, "06:25")
    t.tell_of_ongoing()
    yield t.day(0, "08:10")
    t.answer_ongoing("refuse_dispatch", "值班执法车辆均已派出处置另案，预计十一时后才能派员。")
    yield from rushed(t, t.day(0, "08:30"))
    yield from handed_over(t, t.day(1, "09:20"))


def not_answered(t: Tale) -> Beats:
    """Told, and nobody comes: the dispatch is overdue, and so is the letter."""
    yield from seen(t, t.day(0, "10:00"), 10)
    yield t.day(0, "10:40")
    t.tell_of_ongoing()


def at_night(t: Tale, minutes: int) -> Beats:
    """A major violation, found so many minutes before the present: everything is due at once."""
    yield from seen(t, t.ago(minutes=minutes), 4)
    yield t.ago(minutes=minutes - 14)
    t.tell_of_ongoing()


def rushed(t: Tale, first) -> Beats:
    """At once: from draft to letter within the hour."""
    yield from sent(t, first, 10)


def at_once(t: Tale) -> Beats:
    """A major violation sent within the county's grace, after a telephone call."""
    yield from seen(t, t.day(0, "08:50"), 8)
    if t.case.ongoing:
        yield t.day(0, "09:09")
        t.tell_of_ongoing()
    yield t.day(0, "09:12")
    t.draft()
    yield t.day(0, "09:16")
    t.tell_orally("accepted", "已电话移交，对方同意先行接收并派员，书面材料随后送达。")
    yield t.day(0, "09:20")
    t.submit()
    yield t.day(0, "09:30")
    t.approve()
    yield t.day(0, "09:40")
    t.send()
    if t.case.ongoing:
        yield from came(t, "09:50")
    yield from handed_over(t, t.day(0, "14:30"))


def at_once_and_pursued(t: Tale, until: str) -> Beats:
    yield from at_once(t)
    yield t.day(2, "10:00")
    t.file()
    yield from pursued(t, 2, until)


def told_and_refused(t: Tale) -> Beats:
    """The telephone call is refused: the duty and the twenty-four hours stay, the justice bureau is told."""
    yield from seen(t, t.day(0, "15:00"), 15)
    yield t.day(0, "16:00")
    t.draft()
    yield t.day(0, "15:40")
    t.tell_of_ongoing()
    yield t.day(0, "16:10")
    t.answer_ongoing("refuse_dispatch", "须先看到书面材料再决定是否派员。")
    yield t.day(0, "16:20")
    t.tell_orally("refused", "对方称须先看到书面材料再决定是否接收。")
    yield t.day(1, "08:45")
    t.submit()
    yield t.day(1, "09:30")
    t.approve()
    yield t.day(1, "10:00")
    t.send()


def left_after_refusal(t: Tale) -> Beats:
    yield from told_and_refused(t)
    yield t.day(2, "10:30")
    t.serve_otherwise()


def no_answer_by_the_hour(t: Tale, hours: float) -> Beats:
    """Nobody picks up; the twenty-four hours for the paper end soon."""
    yield from found(t, t.ago(hours=hours), 12)
    yield later(t.ago(hours=hours), 40)
    t.draft()
    yield later(t.ago(hours=hours), 55)
    t.tell_orally("no_answer", "拨打值班电话三次无人接听。")
