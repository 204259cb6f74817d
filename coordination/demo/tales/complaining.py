"""Complaints: answered, of one's own, transferred, sent to the township, against an organ itself."""

from coordination.demo.tales.roads import Beats, handed_over, later, sent
from coordination.demo.verbs import Tale


def verifying(t: Tale) -> Beats:
    yield t.day(0, "09:12")
    t.take_down()
    yield t.day(0, "10:30")
    t.accept_complaint()


def registered(t: Tale) -> Beats:
    """Written down, and nobody has yet taken it up."""
    yield t.day(0, "16:05")
    t.take_down()


def two_items(t: Tale) -> Beats:
    """One call about two things: the first is answered, the other is still looked into."""
    yield from verifying(t)
    yield t.day(1, "09:40")
    t.add_to_complaint("夜间施工噪声影响休息。")
    yield t.day(2, "11:00")
    t.answer_complaint("到现场核实，堆放的是自家建房用砂石，已清出道路，未发现违法行为。")


def answered_and_archived(t: Tale) -> Beats:
    yield from verifying(t)
    yield t.day(2, "15:20")
    t.answer_complaint("经两次到现场核实，未发现反映的违法行为，已做好记录。")
    yield t.day(3, "09:30")
    t.tell_result()
    yield t.day(3, "10:00")
    t.conclude_complaint()
    yield t.day(6, "16:00")
    t.archive_complaint()


def anonymous_and_told_to_nobody(t: Tale) -> Beats:
    yield from verifying(t)
    yield t.day(2, "10:10")
    t.answer_complaint("经现场核实，反映的地点已无渣土，未发现违法行为。")
    yield t.day(2, "10:30")
    t.nobody_to_tell()


def own_case(t: Tale) -> Beats:
    yield from verifying(t)
    yield t.day(1, "14:30")
    t.open_own_case()
    yield t.day(2, "09:50")
    t.file_own()


def to_be_transferred(t: Tale) -> Beats:
    """Found to be another organ's: the letter is still to be drafted, the first responsibility stays."""
    yield from verifying(t)
    yield t.day(1, "15:40")
    t.prepare_transfer()


def transferred(t: Tale) -> Beats:
    """Sent and not yet handed over: it is the receiver's turn, and the first responsibility stays with the sender."""
    yield from to_be_transferred(t)
    yield from sent(t, t.day(2, "09:20"))
    yield t.day(2, "16:00")
    t.tell_transfer()


def handed_over_to_the_receiver(t: Tale) -> Beats:
    yield from transferred(t)
    yield from handed_over(t, t.day(3, "09:30"))


def told_by_the_receiver(t: Tale) -> Beats:
    """The receiver does not file, returns the result and tells the complainant; all is at its end."""
    yield from handed_over_to_the_receiver(t)
    yield t.day(6, "10:00")
    t.decline()
    yield t.day(6, "15:30")
    t.tell_result()
    yield t.day(7, "09:10")
    t.conclude_complaint()


def sent_to_the_township(t: Tale) -> Beats:
    """A department's complaint that is the township's: taken up, handled, told, reported back."""
    yield from verifying(t)
    yield t.day(0, "15:10")
    t.pass_on()
    yield t.day(1, "09:25")
    t.take_up()


def reported_back(t: Tale) -> Beats:
    yield from sent_to_the_township(t)
    last = t.day(4, "10:00")
    yield last
    t.record_result("已责令停止占用并恢复原状，当事人已清理完毕。")
    yield later(last, 60)
    t.tell_result()
    yield later(last, 90)
    t.report_back()


def against_the_organ_asked(t: Tale) -> Beats:
    """Made at the window of the organ that it accuses: the government has it, and nobody there sees it."""
    yield t.day(0, "11:20")
    t.take_down()
    yield t.day(1, "09:00")
    t.accept_complaint("由县政府办督查室核实。")


def not_accepted(t: Tale) -> Beats:
    """Before the court already: the complainant is told why nobody takes it up."""
    yield from registered(t)
    yield t.day(1, "10:20")
    t.decline_complaint()


def returned_to_who_passed_it_on(t: Tale) -> Beats:
    """A petition passed on from above that is not this organ's (信访工作条例 art. 23)."""
    yield from registered(t)
    yield t.day(1, "10:10")
    t.return_complaint()
