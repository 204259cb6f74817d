"""Form fields that every workflow uses."""

from django import forms

from coordination.kernel.now import CST


class LocalDateTimeField(forms.DateTimeField):
    """A moment typed in local time (Asia/Shanghai); the browser's own picker where it has one."""

    def __init__(self, **kwargs) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value):
        return value.astimezone(CST).replace(tzinfo=None) if hasattr(value, "tzinfo") and value.tzinfo else value
