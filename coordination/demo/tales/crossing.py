"""The one tale that crosses all workflows: a complaint at a department, and all that comes of it until the supervisor's
desk. Each chapter is told after the one before it; docs/tale.md tells the same to readers.
"""

from coordination.demo.tales import complaining
from coordination.demo.tales.roads import Beats, handed_over
from coordination.demo.verbs import Tale

RIVER = "倾倒物来自河对岸薛家洼乡的工地，车辆由对岸下河滩，应当由薛家洼乡办理。"

BORDER = "倾倒地点在阳方口镇与薛家洼乡交界的河滩，经现场核对在阳方口镇一侧；阳方口镇认为车辆来自对岸，不属于本镇管辖。"


def complained(t: Tale) -> Beats:
    """A telephone call to the department; whose it is, is found on the spot; the letter goes to the township."""
    yield from complaining.transferred(t)


def objected(t: Tale) -> Beats:
    """The township signs for the letter and holds that a third organ is competent; two talks lead to nothing."""
    yield t.day(3, "09:30")
    t.sign_for()
    yield t.day(3, "15:10")
    t.object(t.designated, finding=RIVER)
    yield t.day(4, "10:00")
    t.negotiate("双方到现场核对乡界和车辙，对由谁管辖认识不一致，约定再次协商。")
    yield t.day(5, "10:30")
    t.negotiate("第二次协商仍未达成一致。")


def mediated(t: Tale) -> Beats:
    """The department alone asks the justice bureau, which mediates in vain; evidence is secured meanwhile."""
    yield t.day(5, "14:40")
    t.raise_dispute(t.sender, "receiver", dispute_facts=BORDER)
    yield t.day(5, "16:20")
    t.accept_dispute()
    yield t.day(6, "09:20")
    t.state(t.sender, "receiver")
    yield t.day(6, "10:30")
    t.secure()
    yield t.day(6, "15:00")
    t.state(t.receiver, "designated", RIVER, t.designated)
    yield t.day(7, "14:30")
    t.hear("司法局召集双方到现场核对乡界，听取双方意见。")
    yield t.day(8, "09:30")
    t.end_settling()


def ruled(t: Tale) -> Beats:
    """The township asks the government, which designates the organ on the other bank; the complainant is told."""
    yield t.day(8, "15:10")
    t.ask_next_rung(t.dispute.respondent)
    yield t.day(9, "09:00")
    t.accept_dispute()
    yield t.day(9, "11:00")
    t.state(t.sender, "receiver")
    yield t.day(9, "16:00")
    t.state(t.receiver, "designated", RIVER, t.designated)
    yield t.day(10, "10:00")
    t.draft_decision("designated", t.designated)
    yield t.day(10, "15:00")
    t.sign_decision()
    yield t.day(10, "16:10")
    t.tell_transfer()


def taken_over(t: Tale) -> Beats:
    """The department hands over to the designated organ, which files; the dispute is at its end."""
    yield from handed_over(t, t.day(11, "09:30"))
    yield t.day(12, "09:30")
    t.review()
    yield t.day(12, "10:00")
    t.file()
    yield t.day(12, "10:40")
    t.conclude_dispute(t.dispute.applicant)


def assisted(t: Tale) -> Beats:
    """The township asks the department for a technical determination; the opinion lies in the file in time."""
    yield t.day(13, "09:10")
    t.ask()
    yield t.day(13, "09:40")
    t.submit_request()
    yield t.day(13, "10:20")
    t.approve_request()
    yield t.day(13, "11:00")
    t.send_request()
    yield t.day(13, "15:00")
    t.receive_request()
    yield t.day(15, "16:00")
    t.answer()
    yield t.day(16, "09:10")
    t.conclude_request()


def decided(t: Tale) -> Beats:
    """Ordered to clear the river bed, announced, heard, decided; the decision is to be shared by tonight."""
    yield t.day(16, "15:30")
    t.order_to_correct()
    yield t.day(17, "09:40")
    t.announce()
    yield t.day(20, "10:20")
    t.hear_party()
    yield t.day(21, "15:10")
    t.decide()


def shared_late(t: Tale) -> Beats:
    """Nobody shares it that day; the justice bureau urges, and the township shares on the next morning."""
    yield t.day(22, "09:00")
    t.urge(t.own, "infosharing.share")
    yield t.day(22, "09:40")
    t.record_decision()
    yield t.day(22, "10:10")
    t.review_record()
    yield t.day(22, "10:40")
    t.share_record()


def closed(t: Tale) -> Beats:
    """Served, cleared and paid: the case is closed, and its result is owed to two."""
    yield t.day(22, "15:00")
    t.serve()
    yield t.day(24, "16:00")
    t.execute()
    yield t.day(25, "09:30")
    t.close()


def followed_up(t: Tale) -> Beats:
    """The report through the platform is overdue too: the justice bureau writes; the answer is awaited."""
    yield t.day(25, "10:30")
    t.draft_about(t.record, "infosharing.report")
    yield t.day(25, "16:00")
    t.issue()


def told_back(t: Tale) -> Beats:
    """The result goes to the department and to the complainant, each duty with its own clock."""
    yield t.day(26, "10:00")
    t.return_result()
    yield t.day(26, "15:00")
    t.tell_result()
    yield t.day(27, "09:20")
    t.conclude()
    yield t.day(27, "10:00")
    t.conclude_complaint()


CHAPTERS = (
    complained,
    objected,
    mediated,
    ruled,
    taken_over,
    assisted,
    decided,
    shared_late,
    closed,
    followed_up,
    told_back,
)


def crossing(t: Tale) -> Beats:
    """All of it, from the telephone to the supervisor's desk."""
    for chapter in CHAPTERS:
        yield from chapter(t)
