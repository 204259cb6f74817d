"""Orders in every stage, duties of the year, patrols."""

from coordination.demo.tales.roads import Beats
from coordination.demo.verbs import Tale


def drafted(t: Tale) -> Beats:
    yield t.day(0, "15:10")
    t.draft_order()


def revoked(t: Tale) -> Beats:
    yield from drafted(t)
    yield t.day(0, "16:20")
    t.revoke_order("单位已当日补报，无需发文。")


def issued(t: Tale) -> Beats:
    yield from drafted(t)
    yield t.day(0, "16:40")
    t.issue()


def issued_about_a_matter(t: Tale) -> Beats:
    """The rule missed stands on the paper with the computed trace."""
    yield t.day(0, "10:10")
    t.draft_about_the_latest()
    yield t.day(0, "11:00")
    t.issue()


def answered(t: Tale) -> Beats:
    yield from issued(t)
    yield t.day(3, "10:30")
    t.reply("已按要求办理，相关材料一并报送。")


def returned(t: Tale) -> Beats:
    yield from answered(t)
    yield t.day(4, "09:40")
    t.ask_more("缺送达回证，请补充后再次反馈。")


def verified(t: Tale) -> Beats:
    yield from answered(t)
    yield t.day(5, "14:30")
    t.confirm("到现场核对台账，已落实。")


def closed_with_accountability(t: Tale) -> Beats:
    """The leader of the organ was held responsible on the record."""
    yield from issued(t)
    yield t.day(2, "09:20")
    t.hold_to_account("同一时限两个月内三次超期，未安排专人办理。")
    yield t.day(3, "10:30")
    t.reply("已明确专人负责，积压事项全部办结。")
    yield t.day(5, "14:30")
    t.confirm("抽查五件，均已按期办理。")
    yield t.day(6, "09:30")
    t.close_order()


def trained(t: Tale, done: bool) -> Beats:
    """A department has trained township officers; the duties of the year had been opened before."""
    yield t.day(0, "08:20")
    t.open_duties()
    yield t.day(1, "16:30")
    t.record_duty(36, "集中讲授案件移送、证据固定和文书制作，随堂测试。")
    if done:
        yield t.day(2, "09:10")
        t.conclude_duty()


def excused(t: Tale) -> Beats:
    """A leader says why nothing is called for in this year."""
    yield t.day(0, "08:30")
    t.open_duties()
    yield t.day(0, "10:10")
    t.excuse_duty(t.scenario["reason"])


def patrolled(t: Tale, until: str) -> Beats:
    """The loop of a patrol's finding, as far as `until`."""
    beats = (
        (0, "09:10", "walk", ()),
        (0, "10:00", "assign", ()),
        (1, "15:00", "handle", ("已清理现场，恢复原状。",)),
        (2, "09:30", "feed_back", ("问题已消除，附处置照片。",)),
        (3, "10:10", "evaluate", ()),
    )
    for number, clock, verb, words in beats:
        yield t.day(number, clock)
        getattr(t, verb)(*words)
        if verb == until:
            return


def nothing_found(t: Tale) -> Beats:
    yield t.day(0, "09:10")
    t.walk()
    yield t.day(0, "14:10")
    t.find_nothing("复核系当日施工临时占道，已恢复。")
