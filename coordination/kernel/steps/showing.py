"""What is disputed lies open to the body that is asked to settle it, from when it is asked."""

from collections.abc import Callable, Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.organs import Organ
from coordination.kernel.sides import RULING
from coordination.kernel.steps.declare import step
from coordination.kernel.steps.forms import StepForm


class ShowForm(StepForm):
    """What a dispute says when it comes before a body."""

    body = forms.ModelChoiceField(Organ.objects.all(), label=_("处理机关"))


def showing(stages: Iterable[str]) -> Callable:
    """The caused step `show_to_body` of a flow whose matters can be disputed (DISPUTABLE), in whatever stage."""

    @step(
        pgettext_lazy("step", "交争议处理机关查阅"),
        source=tuple(stages),
        form=ShowForm,
        lets_in=(RULING,),
        rules=("NW-1.18", "NW-1.19", "NW-3.62", "LAW-3"),
    )
    def show_to_body(self, actor, body, **facts):
        """Caused by a dispute that comes before a body: whoever is asked to settle it reads what is disputed, from now
        on, this matter alone, and does nothing in it."""
        self.asked_to_rule = (body.pk,)

    return show_to_body
