"""The crossing tale, told chapter by chapter in travelled time: what stands at the end of each can be looked at."""

import tomllib
from datetime import datetime

from coordination.demo.almanac import Almanac
from coordination.demo.build import NINGWU
from coordination.demo.cast import Cast
from coordination.demo.plan import PLAN
from coordination.demo.play import end_the_day, reach, tell
from coordination.demo.tales import crossing
from coordination.demo.verbs import Tale
from coordination.kernel.calendar import work_calendar
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import County
from tests.county import at

#: Counted back from here the tale begins on Tuesday 2026-09-29: before National Day with its make-up day.
PRESENT = at("2026-11-13 09:00")
LINE = next(line for line in PLAN if line.key == "t01")


class Telling:
    """The tale as far as it has been told."""

    def __init__(self, county: County, tale: type[Tale] = Tale) -> None:
        words = (NINGWU / "scenarios" / "crossing.toml").read_text(encoding="utf-8")
        scenario = tomllib.loads(words)["crossing"][0]
        self.tale = tale(scenario, Cast(county), Almanac(PRESENT, work_calendar(county.code)), LINE.begins)
        self.left = list(crossing.CHAPTERS)

    def through(self, chapter) -> Tale:
        """Tell all that is left until `chapter` has been told."""
        told = None
        while told is not chapter:
            told = self.left.pop(0)
            self._tell(told)
        self.tale.seen.clear()
        return self.tale

    def _tell(self, chapter) -> None:
        beats = chapter(self.tale)
        moment = next(beats)
        while moment is not None:
            reach(moment)
            moment = tell(chapter.__name__, beats, moment)

    def wait(self, words: str) -> Tale:
        """Nobody does anything until then; the clocks do."""
        reach(at(words))
        end_the_day()
        self.tale.seen.clear()
        return self.tale


def running(matter: Matter, limit: str) -> Clock:
    return Clock.objects.select_related("organ").get(matter=matter.pk, limit=limit, state="running")


def due(matter: Matter, limit: str) -> tuple[str, datetime, str]:
    """Whose the duty is, until when (the exclusive end), by which clause."""
    clock = running(matter, limit)
    return clock.organ.key.removeprefix("ningwu."), clock.due_at, clock.basis
