"""Breaches of the rules of information sharing, before the authority in charge."""

from coordination.demo.tales.roads import Beats
from coordination.demo.verbs import Tale


def recorded(t: Tale) -> Beats:
    yield t.day(0, "10:10")
    t.record_breach(t.finder, t.cast.organs[t.scenario["accused"]], t.scenario["words"])


def established(t: Tale) -> Beats:
    """It is so: an order to rectify within a time may follow."""
    yield from recorded(t)
    yield t.day(2, "15:30")
    t.settle_breach("establish", finding=t.scenario["finding"])


def unfounded(t: Tale) -> Beats:
    yield from recorded(t)
    yield t.day(1, "16:00")
    t.settle_breach("dismiss", finding=t.scenario["finding"])


def rectified(t: Tale) -> Beats:
    yield from established(t)
    yield t.day(8, "10:40")
    t.settle_breach("rectify", words="已补报全部信息并建立当日共享台账，抽查三件属实。")
