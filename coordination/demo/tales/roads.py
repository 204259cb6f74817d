"""Stretches of road that many tales share; each takes the moment of its first beat."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordination.demo.verbs import Tale

Beats = Iterator[datetime]

#: From filing to the end: day after filing, hour, verb. Review only where the item asks for it.
COURSE = (
    (3, "09:40", "announce"),
    (6, "10:20", "hear_party"),
    (6, "15:00", "ask_review"),
    (7, "10:10", "pass_review"),
    (8, "15:10", "decide"),
    (9, "10:00", "serve"),
    (11, "16:00", "execute"),
    (12, "09:30", "close"),
)
REVIEW = ("ask_review", "pass_review")


def later(moment: datetime, minutes: int) -> datetime:
    return moment + timedelta(minutes=minutes)


def found(t: Tale, first: datetime, minutes: int = 30, **registered) -> Beats:
    """Lead, evidence, and the finding that it is another organ's; `minutes` between the beats. A violation that goes
    on is told to that organ at once, and has soon stopped."""
    yield from seen(t, first, minutes, **registered)
    if t.case.ongoing:
        yield later(first, 2 * minutes + 6)
        t.tell_of_ongoing()
        yield later(first, 3 * minutes)
        t.stop_ongoing()


def seen(t: Tale, first: datetime, minutes: int = 30, **registered) -> Beats:
    """Lead, evidence, and the finding that it is another organ's."""
    yield first
    t.register(**registered)
    yield later(first, minutes)
    t.look_around()
    yield later(first, 2 * minutes)
    t.find_other()


def approved(t: Tale, first: datetime, minutes: int = 40, **drafted) -> Beats:
    """Draft, submission, approval."""
    yield first
    t.draft(**drafted)
    yield later(first, minutes)
    t.submit()
    yield later(first, 2 * minutes)
    t.approve()


def sent(t: Tale, first: datetime, minutes: int = 40, **drafted) -> Beats:
    """Draft, submission, approval, letter."""
    yield from approved(t, first, minutes, **drafted)
    yield later(first, 3 * minutes)
    t.send()


def handed_over(t: Tale, first: datetime, minutes: int = 35, differences: str = "") -> Beats:
    """Signed for; the sheet confirmed by the sender, then checked and taken over by the receiver."""
    yield first
    t.sign_for()
    yield later(first, minutes)
    t.confirm_sent()
    yield later(first, 2 * minutes)
    t.take_over(differences)


def accepted(t: Tale, **drafted) -> Beats:
    """Found and sent on day 0, handed over and so accepted on day 1."""
    yield from found(t, t.day(0, "09:05"))
    yield from sent(t, t.day(0, "14:10"), **drafted)
    yield from handed_over(t, t.day(1, "09:30"))


def filed(t: Tale, day: int = 3, **drafted) -> Beats:
    """Accepted on day 1, its evidence reviewed, filed by the receiver on `day`."""
    yield from accepted(t, **drafted)
    yield t.day(day, "09:10")
    t.review()
    yield t.day(day, "10:00")
    t.file()


def decision_shared(t: Tale, first: datetime) -> Beats:
    """On the day on which it was formed: recorded, reviewed by another, shared, reported through the platform."""
    yield first
    t.record_decision()
    yield later(first, 20)
    t.review_record()
    yield later(first, 35)
    t.share_record()
    yield later(first, 60)
    t.report_record()


def pursued(t: Tale, day: int, until: str) -> Beats:
    """From filing on `day` through COURSE to the verb `until`."""
    for after, clock, verb in COURSE:
        if verb in REVIEW and not t.pursued.item.needs_legal_review:
            continue
        moment = t.day(day + after, clock)
        yield moment
        getattr(t, verb)()
        if verb == "decide":
            yield from decision_shared(t, later(moment, 25))
        if verb == until:
            return
