"""The clocks' own hand: finds rungs that are due and fires each of them exactly once.

Set-based; safe with any number of sweepers, with crashes and with late starts. Three triggers: Celery beat, a timer in
every worker, the start of a worker. What it does, in order: clocks behind the calendar are dated anew, due rungs are
claimed in batches, what failed before is tried again alone.
"""

from coordination.kernel.sweep.passing import Pass, run, sweep
from coordination.kernel.sweep.rows import SILENT_AFTER, SweepFault, SweepRun, silent_since
from coordination.kernel.sweep.timer import Timer

__all__ = ["SILENT_AFTER", "Pass", "SweepFault", "SweepRun", "Timer", "run", "silent_since", "sweep"]
