"""Form fields that every workflow uses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.kernel.materials import Material
from coordination.kernel.now import CST


class LocalDateTimeField(forms.DateTimeField):
    """A moment typed in local time (Asia/Shanghai); the browser's own picker where it has one.

    `ahead`: it may be yet to come, as the day of a meeting; all others tell of what has happened.
    """

    def __init__(self, *, ahead: bool = False, **kwargs) -> None:
        self.ahead = ahead
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value):
        return value.astimezone(CST).replace(tzinfo=None) if hasattr(value, "tzinfo") and value.tzinfo else value


class MaterialField(forms.ModelMultipleChoiceField):
    """Materials by title and pages."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, material: Material) -> str:
        return _("%(title)s（%(copies)s 份 %(pages)s 页）") % {
            "title": material.title,
            "copies": material.copies,
            "pages": material.pages,
        }
