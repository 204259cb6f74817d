"""Steps: the one doorway through which every matter moves.

A flow declares its steps as methods; `perform()` (or `begin()` for the first step) is the only way to take one.
"""

from coordination.kernel.steps.act import Act
from coordination.kernel.steps.after import Reaction, after, react
from coordination.kernel.steps.declare import CAUSED, Flow, Step, Tell, gate, option, step, when
from coordination.kernel.steps.forms import StepForm
from coordination.kernel.steps.nudging import nudge
from coordination.kernel.steps.open import OpenStep, open_steps, own_steps
from coordination.kernel.steps.perform import begin, perform, stage_refusal, system_birth, untimely
from coordination.kernel.steps.reviewing import REVIEW, review_evidence
from coordination.kernel.steps.road import next_on_the_road

__all__ = [
    "CAUSED",
    "REVIEW",
    "Act",
    "Flow",
    "OpenStep",
    "Reaction",
    "Step",
    "StepForm",
    "Tell",
    "after",
    "begin",
    "gate",
    "next_on_the_road",
    "nudge",
    "open_steps",
    "option",
    "own_steps",
    "perform",
    "react",
    "review_evidence",
    "stage_refusal",
    "step",
    "system_birth",
    "untimely",
    "when",
]
