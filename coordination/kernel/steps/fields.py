"""Form fields that every workflow uses."""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from coordination.kernel.materials import Material
from coordination.kernel.now import CST

#: What a bound says of itself: what is wrong, and what to do.
SPOKEN = {
    validators.MaxLengthValidator: _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请删减。"),
    validators.MinValueValidator: _("不能小于 %(limit_value)s，请核对。"),
    validators.MaxValueValidator: _("不能大于 %(limit_value)s，请核对。"),
}
SPOKEN_OF_DECIMALS = {
    "invalid": _("请填写数字。"),
    "max_digits": _("数字太长，最多 %(max)s 位，请核对。"),
    "max_decimal_places": _("小数最多 %(max)s 位，请核对。"),
    "max_whole_digits": _("整数部分最多 %(max)s 位，请核对。"),
}


def speak_plainly(field: forms.Field) -> None:
    """Give the bounds of a field words that say what to do."""
    for validator in field.validators:
        if type(validator) in SPOKEN:
            validator.message = SPOKEN[type(validator)]
        elif isinstance(validator, validators.DecimalValidator):
            validator.messages = SPOKEN_OF_DECIMALS


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


class DayField(forms.DateField):
    """A day, by the browser's own picker, which reads a known day in no other form than this one."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MaterialField(forms.ModelMultipleChoiceField):
    """Materials by title and pages."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, material: Material) -> str:
        if not material.pages:
            return _("%(title)s（%(copies)s 份）") % {"title": material.title, "copies": material.copies}
        return _("%(title)s（%(copies)s 份 %(pages)s 页）") % {
            "title": material.title,
            "copies": material.copies,
            "pages": material.pages,
        }
