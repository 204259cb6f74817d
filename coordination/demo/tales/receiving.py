"""A referral in the receiver's hands, and what becomes of its case."""

from coordination.demo.tales.roads import Beats, accepted, filed, found, handed_over, pursued, sent
from coordination.demo.verbs import Tale


def taken(t: Tale) -> Beats:
    """Accepted; the receiver has yet to decide on filing."""
    yield from accepted(t)


def taken_with_differences(t: Tale) -> Beats:
    yield from found(t, t.day(0, "09:05"))
    yield from sent(t, t.day(0, "14:10"))
    yield from handed_over(t, t.day(1, "09:30"), differences="现场照片为复印件，与清单所列原件不符，其余一致。")


def supplement_asked(t: Tale) -> Beats:
    yield from accepted(t)
    yield t.day(2, "10:40")
    t.ask_supplement()


def supplement_given(t: Tale) -> Beats:
    yield from supplement_asked(t)
    yield t.day(4, "15:10")
    t.supply()


def declined(t: Tale) -> Beats:
    """Not filed, with reasons in writing."""
    yield from accepted(t)
    yield t.day(3, "16:00")
    t.decline()


def declined_and_concluded(t: Tale) -> Beats:
    yield from declined(t)
    yield t.day(5, "09:10")
    t.conclude()


def filed_by_receiver(t: Tale) -> Beats:
    yield from filed(t)


def pursued_by_receiver(t: Tale, until: str) -> Beats:
    """Filed on day 3, then through to `until`."""
    yield from filed(t)
    yield from pursued(t, 3, until)


def suspended(t: Tale) -> Beats:
    yield from filed(t)
    yield t.day(6, "10:30")
    t.suspend()


def resumed(t: Tale) -> Beats:
    """Suspended for an appraisal, then taken up again; no limit stopped meanwhile."""
    yield from suspended(t)
    yield t.day(11, "09:15")
    t.do(t.own, "resume", t.officer(t.own.holder), words="鉴定结论已出具，恢复调查。")


def before_the_court(t: Tale) -> Beats:
    yield from pursued_by_receiver(t, "serve")
    yield t.day(27, "15:00")
    t.apply_to_court()


def result_returned(t: Tale) -> Beats:
    yield from pursued_by_receiver(t, "close")
    yield t.day(17, "10:00")
    t.return_result()


def concluded(t: Tale) -> Beats:
    """The whole way; at its end the sender's file is put away."""
    yield from result_returned(t)
    yield t.day(18, "09:10")
    t.conclude()
    yield t.day(20, "15:40")
    t.archive()


def disposed_in_advance(t: Tale) -> Beats:
    """Perishable goods were destroyed before the transfer: with a record, a sample and proceeds of nothing."""
    yield t.day(0, "08:50")
    t.register()
    yield t.day(0, "09:15")
    facts = {"name": "变质散装熟食", "quantity": 6, "unit": "公斤", "disposed_in_advance": True}
    facts |= {"disposal": "经当事人同意当场销毁并制作记录", "evidence_kept": "销毁前照片、销毁记录", "proceeds": 0}
    t.do(t.case, "list_property", t.officer(t.finder), **facts)
    yield t.day(0, "09:40")
    t.look_around()
    yield t.day(0, "10:00")
    t.find_other()
    yield from sent(t, t.day(0, "13:30"))
    yield from handed_over(t, t.day(1, "09:00"))
    yield t.day(2, "09:30")
    t.review()
    yield t.day(2, "10:00")
    t.file()
    yield from pursued(t, 2, "close")
    yield t.day(16, "10:00")
    t.return_result()
    yield t.day(17, "09:40")
    t.conclude()
