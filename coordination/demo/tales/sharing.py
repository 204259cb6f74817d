"""Information on its way from the organ that formed it to those that need it."""

from coordination.demo.tales.roads import Beats, later
from coordination.demo.verbs import Tale


def reviewed(t: Tale, first) -> Beats:
    yield first
    t.form_record()
    yield later(first, 50)
    t.review_record()


def shared(t: Tale, copy_notice: bool = False) -> Beats:
    """Written down, reviewed and shared on one day."""
    yield from reviewed(t, t.day(0, "09:20"))
    yield t.day(0, "15:10")
    t.share_record(copy_notice=copy_notice)


def reported(t: Tale) -> Beats:
    """And reported through the province's platform within three working days."""
    yield from shared(t)
    yield t.day(2, "10:40")
    t.report_record()


def signed_by_some(t: Tale) -> Beats:
    """A change of legal basis: each reader signs for it; one has not."""
    yield from shared(t)
    for number, key in enumerate(t.scenario["readers"][:-1]):
        yield t.day(1, f"1{number}:05")
        t.sign_record(key)


def consented_and_read(t: Tale) -> Beats:
    """Agreed to in writing, shared, and read twice, each time with a purpose."""
    yield from consented(t)
    yield t.day(3, "11:00")
    t.share_record()
    yield t.day(3, "15:20")
    t.report_record()
    yield t.day(4, "09:30")
    t.read_record(t.scenario["readers"][0], "case")
    yield t.day(5, "16:10")
    t.read_record(t.scenario["readers"][0], "inspection")


def formed_by_the_hour(t: Tale, hours: float) -> Beats:
    """Written down today, to be reviewed and shared by tonight."""
    yield t.ago(hours=hours)
    t.form_record()


def corrected(t: Tale) -> Beats:
    """A reader finds a mistake; a new version goes to all."""
    yield from shared(t)
    yield t.day(1, "11:20")
    t.doubt_record(t.scenario["readers"][0], "受理数与县平台相差1件，请核对。")
    yield t.day(2, "09:15")
    t.correct_record("漏计月末受理1件，现予更正。", handling="已办结11件，正在办理2件。")


def left_lying(t: Tale) -> Beats:
    """Nobody reviews it: the day is over, and who waits for it writes it down as a breach."""
    yield t.day(0, "09:00")
    t.form_record()
    yield t.day(2, "09:30")
    reader = t.cast.organs[t.scenario["readers"][0]]
    t.record_breach(reader, t.finder, "应当在形成当日共享的检查信息，逾期两个工作日仍未共享。", t.record)


def claimed(t: Tale) -> Beats:
    """A department claims items on the platform; all townships but the awaited one have divided the work and filed
    their people."""
    yield t.day(0, "09:00")
    t.claim_items()
    units = [organ for organ in t.cast.organs.values() if organ.pk in t.claim.units]
    for number, organ in enumerate(one for one in units if one != t.cast.organs[t.scenario["awaited"]]):
        yield later(t.day(1, "08:40"), 12 * number)
        t.divide_claim(organ)
        t.file_people(organ)


def divided(t: Tale) -> Beats:
    """Every township has divided the work: their officers' accounts are to be opened."""
    yield t.day(0, "09:30")
    t.claim_items()
    for number, key in enumerate(t.scenario["units"]):
        yield later(t.day(1, "09:10"), 40 * number)
        t.divide_claim(t.cast.organs[key])


def ready(t: Tale) -> Beats:
    yield from divided(t)
    yield t.day(3, "15:10")
    t.open_accounts()


def released(t: Tale) -> Beats:
    """Claimed by mistake: before anybody has divided anything it is taken back."""
    yield t.day(0, "09:30")
    t.claim_items()
    yield t.day(0, "11:20")
    t.release_claim("认领的事项拟由县级收回，暂不由乡镇承接，收回程序完成后重新确定。")


def reviewed_by_the_hour(t: Tale, hours: float) -> Beats:
    """Found fit to be shared; to be shared by tonight."""
    yield from reviewed(t, t.ago(hours=hours))


def asked(t: Tale, days: int) -> Beats:
    """The right holder has so many working days to answer."""
    yield from reviewed(t, t.day(0, "09:40"))
    yield t.day(0, "11:00")
    t.ask_right_holder(days)


def consented(t: Tale) -> Beats:
    """He agrees: nothing stands in the way of sharing."""
    yield from asked(t, 5)
    yield t.day(3, "10:20")
    t.record_consent()


def refused_by_the_right_holder(t: Tale) -> Beats:
    yield from asked(t, 5)
    yield t.day(4, "15:00")
    t.record_refusal("附件载明的配方比例属于本公司商业秘密，不同意共享。")


def withdrawn(t: Tale) -> Beats:
    """Shared, then found to rest on a decision that was revoked."""
    yield from shared(t)
    yield t.day(3, "10:10")
    t.withdraw_record("原处罚决定已被依法撤销，共享信息不再有效。")
