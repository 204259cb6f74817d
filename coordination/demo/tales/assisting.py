"""One organ asks another for assistance in its case."""

from coordination.demo.tales.roads import Beats, later
from coordination.demo.verbs import Tale


def in_hand(t: Tale, first) -> Beats:
    """A case of one's own: lead, evidence, verification."""
    yield first
    t.register()
    yield later(first, 25)
    t.look_around()
    yield later(first, 45)
    t.verify()


def drafted_by_the_hour(t: Tale, hours: float) -> Beats:
    yield from in_hand(t, t.ago(hours=hours))
    yield t.ago(hours=hours - 1)
    t.ask()


def awaiting_approval(t: Tale) -> Beats:
    yield from in_hand(t, t.day(0, "09:10"))
    yield t.day(0, "10:40")
    t.ask()
    yield t.day(0, "11:10")
    t.submit_request()


def approved(t: Tale) -> Beats:
    yield from awaiting_approval(t)
    yield t.day(0, "15:20")
    t.approve_request()


def sent(t: Tale) -> Beats:
    yield from approved(t)
    yield t.day(0, "15:50")
    t.send_request()


def received(t: Tale) -> Beats:
    yield from sent(t)
    yield t.day(0, "16:40")
    t.receive_request()


def supplement_asked(t: Tale) -> Beats:
    """In Ningwu the time of the answer runs on."""
    yield from received(t)
    yield t.day(1, "10:20")
    t.ask_for_more("采样点位置图\n现场照片两张以上", "现有材料不能确认采样位置")


def extended(t: Tale) -> Beats:
    """Told before the expiry, with a definite new date."""
    yield from received(t)
    yield t.day(2, "14:30")
    t.extend("样品须送市级监测机构复测，认定过程所需时间较长。", 8)


def answered(t: Tale) -> Beats:
    """A supplement is asked for and given; then the opinion, which lies in the asker's case at once."""
    yield from supplement_asked(t)
    yield t.day(2, "09:30")
    t.give_more()
    yield t.day(3, "15:10")
    t.answer()


def concluded(t: Tale) -> Beats:
    yield from answered(t)
    yield t.day(4, "09:20")
    t.conclude_request()


def archives_lent(t: Tale) -> Beats:
    """Consulted, copied, and one original lent, which has still to come back."""
    yield from received(t)
    yield t.day(2, "10:00")
    t.open_archives(10)
    yield t.day(3, "16:20")
    t.answer()


def refused(t: Tale) -> Beats:
    """Outside the powers of the organ that was asked, with reasons and a better address."""
    yield from received(t)
    yield t.day(2, "11:00")
    t.refuse()


def withdrawn(t: Tale) -> Beats:
    yield from received(t)
    yield t.day(1, "09:30")
    t.withdraw_request("当事人已自行提交检测报告，不再需要协助。")


def answered_off_the_platform(t: Tale) -> Beats:
    """The helper is not on the platform: what it does on paper is recorded by the asker."""
    yield from sent(t)
    yield t.day(1, "10:00")
    t.recorded_help("receive", "送达回执", signer=t.cast.one(t.helper, "liaison").name, at=t.minute())
    yield t.day(4, "15:30")
    t.recorded_help("answer", "协助复函", **t.opinion())


def on_the_spot(t: Tale, hours: float) -> Beats:
    """The evidence may be lost: sent at once, officers are on their way."""
    yield from in_hand(t, t.ago(hours=hours))
    yield t.ago(hours=hours - 0.9)
    t.ask()
    yield t.ago(hours=hours - 1.1)
    t.submit_request()
    yield t.ago(hours=hours - 1.3)
    t.approve_request()
    yield t.ago(hours=hours - 1.4)
    t.send_request()
    yield t.ago(hours=hours - 1.6)
    t.receive_request()
    yield t.ago(hours=hours - 2)
    t.go_there()
