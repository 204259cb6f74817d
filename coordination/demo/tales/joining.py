"""Several organs act together, or meet."""

from coordination.demo.tales.roads import Beats
from coordination.demo.verbs import Tale


def proposed(t: Tale) -> Beats:
    yield t.day(0, "09:30")
    t.plan_jointly(t.day(12, "00:00").date(), t.day(13, "00:00").date())


def circulated(t: Tale) -> Beats:
    """One organ has answered, the other is awaited."""
    yield from proposed(t)
    yield t.day(0, "15:00")
    t.circulate()
    yield t.day(1, "10:20")
    t.say_yes(t.scenario["participants"][0])


def before_the_government(t: Tale) -> Beats:
    yield from circulated(t)
    yield t.day(2, "09:40")
    t.say_yes(t.scenario["participants"][1])
    yield t.day(2, "16:10")
    t.ask_government()


def settled(t: Tale) -> Beats:
    """All have said that they come: to be carried out in some days."""
    yield t.day(0, "09:30")
    t.plan_jointly(t.day(4, "00:00").date(), t.day(5, "00:00").date())
    yield t.day(0, "15:00")
    t.circulate()
    for number, key in enumerate(t.scenario["participants"]):
        yield t.day(1, f"1{number}:10")
        t.say_yes(key)
    yield t.day(2, "09:00")
    t.settle()


def carried_out(t: Tale) -> Beats:
    """One of those who took part has recorded what it decided; the others owe it."""
    yield from settled(t)
    yield t.day(4, "16:30")
    t.carry_out()
    yield t.day(5, "15:20")
    t.record_outcome(t.scenario["outcome"][0])


def cancelled(t: Tale) -> Beats:
    yield from circulated(t)
    yield t.day(1, "16:40")
    t.cancel_operation("县政府已部署同一范围的专项检查，不再另行组织。")


def concluded(t: Tale) -> Beats:
    """From the plan to each organ's own decision and the summary."""
    yield from settled(t)
    yield t.day(4, "16:30")
    t.carry_out()
    for number, one in enumerate(t.scenario["outcome"]):
        yield t.day(6 + number, "10:00")
        t.record_outcome(one)
    yield t.day(10, "11:00")
    t.summarise()


def met(t: Tale) -> Beats:
    """Held, with minutes; of two tasks one is done and one is owed."""
    coming = t.scenario["invited"][:2]
    yield t.day(0, "10:00")
    t.call(t.day(2, "14:30"))
    for number, key in enumerate(coming):
        yield t.day(1, f"0{8 + number}:50")
        t.attend(key)
    yield t.day(1, "16:00")
    t.excuse(t.scenario["invited"][2], "当日承办行政复议听证，请会后发送纪要。")
    yield t.day(2, "17:00")
    t.hold(coming)
    for task in t.scenario["task"]:
        yield t.day(2, "17:20")
        t.assign_task(task, t.day(2 + task["days"], "00:00").date())
    yield t.day(6, "15:00")
    t.report_done(t.scenario["task"][0])


def called(t: Tale) -> Beats:
    """Called for tomorrow; one has said that it comes."""
    yield t.day(0, "09:10")
    t.call(t.day(3, "09:00"))
    yield t.day(0, "15:30")
    t.attend(t.scenario["invited"][0])


def all_done(t: Tale) -> Beats:
    """Held, and what was agreed is done."""
    yield t.day(0, "10:00")
    t.call(t.day(2, "14:30"))
    for number, key in enumerate(t.scenario["invited"]):
        yield t.day(1, f"0{8 + number}:50")
        t.attend(key)
    yield t.day(2, "17:00")
    t.hold(t.scenario["invited"])
    for task in t.scenario["task"]:
        yield t.day(2, "17:20")
        t.assign_task(task, t.day(2 + task["days"], "00:00").date())
        yield t.day(4, "16:30")
        t.report_done(task)
    yield t.day(5, "09:30")
    t.conclude_meeting()


def called_off(t: Tale) -> Beats:
    yield from called(t)
    yield t.day(1, "11:00")
    t.cancel_meeting("议题已由双方书面确认，不再召开。")
