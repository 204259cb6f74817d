"""Choices as people use them: few as dots, several as ticks, many with a box that narrows them by name or pinyin."""

from functools import lru_cache

from django import forms
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

#: Up to so many, choices lie open instead of behind a click.
FEW = 5
#: Django's own label of the empty choice.
DASHES = "---------"


class Pinyin(forms.Select):
    """A select whose options can be found by pinyin and its initials (static/app.js, narrowable)."""

    def create_option(self, name, value, label, *args, **kwargs) -> dict:
        option = super().create_option(name, value, label, *args, **kwargs)
        if value not in (None, ""):
            option["pinyin"] = spelled(str(label))
        return option


@lru_cache(maxsize=4096)
def spelled(words: str) -> str:
    """`dongzhaizhen dzz` for 东寨镇."""
    return f"{''.join(lazy_pinyin(words))} {''.join(lazy_pinyin(words, style=Style.FIRST_LETTER))}"


def suit(bound: forms.BoundField) -> None:
    """Put the fitting control in place of a plain select; a form that names another widget keeps it."""
    field, plain = bound.field, bound.field.widget
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = _("请选择")
    fitting = _fitting(field, plain)
    if fitting is not None:
        control = fitting(attrs=plain.attrs)
        control.choices, control.is_required, control.is_localized = (
            plain.choices,
            plain.is_required,
            plain.is_localized,
        )
        field.widget = control


def _fitting(field: forms.Field, widget: forms.Widget) -> type[forms.Widget] | None:
    if type(widget) is forms.SelectMultiple:
        return forms.CheckboxSelectMultiple
    if type(widget) is not forms.Select:
        return None
    if isinstance(field, forms.ModelChoiceField):
        return Pinyin
    blank = any(value in ("", None) for value, _label in field.choices)
    return forms.RadioSelect if field.required and not blank and len(field.choices) <= FEW else None
