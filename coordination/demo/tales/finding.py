"""A case in the finder's hands."""

from coordination.demo.tales.roads import Beats, found, pursued, sent
from coordination.demo.verbs import Tale


def lead(t: Tale) -> Beats:
    """Written down, with evidence; nobody has yet gone to see."""
    yield t.day(0, "16:20")
    t.register()
    yield t.day(0, "16:50")
    t.collect()


def verifying(t: Tale) -> Beats:
    yield from lead(t)
    yield t.day(1, "09:00")
    t.verify()


def another_organs(t: Tale) -> Beats:
    """It is another organ's, and nobody drafts: the sending clock runs all the same."""
    yield from found(t, t.day(0, "10:10"))


def grown_urgent(t: Tale) -> Beats:
    """Taken for an ordinary one, then urgent: the limit is replaced, from the same start."""
    yield from found(t, t.day(0, "10:30"), urgency="normal")
    yield t.day(1, "17:05")
    words = "连日降水，河水上涨，可能影响行洪安全，按紧急情况办理。"
    t.do(t.case, "reclassify", t.officer(t.finder), urgency="urgent", words=words)


def item_settled_later(t: Tale) -> Beats:
    """Nobody was sure at first which item it was."""
    item = t.cast.items[t.scenario["item"]]
    del t.scenario["item"]
    yield t.day(0, "11:00")
    t.register()
    yield t.day(0, "11:30")
    t.collect()
    yield t.day(1, "10:15")
    t.scenario["item"] = item.number
    t.do(t.case, "choose_item", t.officer(t.finder), item=item, words="经核对目录确定。")


def not_filed(t: Tale) -> Beats:
    yield from verifying(t)
    yield t.day(3, "15:30")
    t.decline_own()


def not_filed_and_closed(t: Tale) -> Beats:
    yield t.day(0, "11:10")
    t.register()
    yield t.day(0, "11:30")
    t.look_around()
    yield t.day(2, "09:40")
    t.decline_own()
    yield t.day(3, "09:20")
    t.close()


def passed_up(t: Tale) -> Beats:
    yield from verifying(t)
    yield t.day(4, "10:40")
    words = "属于上级督察交办问题，涉及多个部门，报县人民政府统一处理。"
    t.do(t.case, "pass_up", t.officer(t.finder), words=words)


def pursued_by_the_finder(t: Tale, until: str) -> Beats:
    """The finder holds the item: filed on day 2, then through to `until`."""
    yield t.day(0, "09:20")
    t.register()
    yield t.day(0, "09:45")
    t.look_around()
    yield t.day(1, "10:00")
    t.verify()
    yield t.day(2, "15:00")
    t.file_own()
    yield from pursued(t, 2, until)


def under_a_letter(t: Tale) -> Beats:
    """Entrusted to the township: it acts itself as long as the letter runs; afterwards the matter is the department's
    (NW-3.8)."""
    at_first, when_filing = (t.whose(t.day(number, "15:00").date()) for number in (0, 2))
    if when_filing == t.finder:
        yield from pursued_by_the_finder(t, "announce")
    elif at_first == t.finder:
        yield from lead(t)
    else:
        yield from found(t, t.day(0, "09:00"))
        yield from sent(t, t.day(0, "14:00"))


def archived(t: Tale) -> Beats:
    yield from pursued_by_the_finder(t, "close")
    yield t.day(18, "10:30")
    t.archive()


def evidence_preserved(t: Tale, decided: bool) -> Beats:
    """Registered for preservation on day 0; a decision is due in seven days (行政处罚法 art. 56)."""
    yield t.day(0, "08:50")
    t.register()
    yield t.day(0, "09:10")
    t.look_around()
    yield t.day(0, "09:40")
    t.order_to_stop()
    yield t.day(0, "10:10")
    t.preserve()
    yield t.day(0, "16:30")
    t.file_own()
    if decided:
        yield t.day(5, "16:00")
        t.decide_preservation()


def review_returned(t: Tale) -> Beats:
    """The legal reviewer sends it back; corrected, it is with him again."""
    yield from pursued_by_the_finder(t, "ask_review")
    yield t.day(9, "11:00")
    t.return_review()
    yield t.day(11, "09:50")
    t.ask_review()
