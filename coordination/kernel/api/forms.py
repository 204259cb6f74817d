"""A step's form as a serializer, so that page and API ask for the same facts; and what was sent, as the form takes it.

The serializer says what the shapes are; the form, narrowed to the matter and the actor, decides. No fact has two rules.
"""

from functools import cache

from django import forms
from django.db.models import IntegerField
from django.utils.translation import gettext as _
from rest_framework import serializers

from coordination.kernel.api.naming import named_by
from coordination.kernel.api.problems import Unprocessable
from coordination.kernel.steps import StepForm
from coordination.kernel.web.step import BehalfForm

LONGEST_TEXT = 20_000


@cache
def serializer_of(form: type[StepForm], name: str, *, behalf: bool = False, matter: bool = True) -> type:
    """The serializer of `form`; `matter`: of a step on a matter, which may carry the version that was seen."""
    members = {key: _field(key, field) for key, field in form.base_fields.items()}
    if behalf:
        recorded = serializer_of(BehalfForm, "OnBehalf", matter=False)
        members["behalf"] = recorded(
            required=False, allow_null=True, help_text="a record for the organ whose turn it is"
        )
    if matter:
        seen = "the version that the client has seen; another one is refused as stale"
        members["version"] = serializers.IntegerField(required=False, allow_null=True, min_value=0, help_text=seen)
    return type(name, (serializers.Serializer,), members | {"__doc__": f"What {name} asks for."})


def _field(name: str, field: forms.Field) -> serializers.Field:
    """The serializer field of a form field; TypeError for a kind that has none, at start-up and not on a call."""
    told = {"required": field.required, "label": field.label, "help_text": field.help_text or None}
    if not field.required:
        told["allow_null"] = True
    for kind, counterpart in COUNTERPARTS:
        if isinstance(field, kind):
            return counterpart(field, told)
    raise TypeError(f"the form field {name} ({type(field).__name__}) has no counterpart in the API")


def _keys(field: forms.ModelMultipleChoiceField, told: dict) -> serializers.Field:
    child = _key(field, {})
    words = _words(told["help_text"], child.help_text)
    told = told | {"help_text": words, "allow_empty": not field.required, "max_length": 500}
    return serializers.ListField(child=child, **told)


def _key(field: forms.ModelChoiceField, told: dict) -> serializers.Field:
    named, description = named_by(field.queryset.model)
    told = told | {"help_text": _words(told.get("help_text"), description)}
    if isinstance(field.queryset.model._meta.get_field("id" if named == "pk" else named), IntegerField):
        return serializers.IntegerField(min_value=0, max_value=2**31 - 1, **told)
    return serializers.CharField(max_length=150, allow_blank=not told.get("required", True), **told)


def _choice(field: forms.ChoiceField, told: dict) -> serializers.Field:
    return serializers.ChoiceField(choices=_choices(field), allow_blank=not field.required, **told)


def _decimal(field: forms.DecimalField, told: dict) -> serializers.Field:
    size = {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
    return serializers.DecimalField(**size, **_span(field), **told)


def _text(field: forms.CharField, told: dict) -> serializers.Field:
    return serializers.CharField(max_length=field.max_length or LONGEST_TEXT, allow_blank=not field.required, **told)


#: The first that fits counts: a date is also a field, a choice of rows also a choice.
COUNTERPARTS = (
    (forms.ModelMultipleChoiceField, _keys),
    (forms.ModelChoiceField, _key),
    (
        forms.MultipleChoiceField,
        lambda field, told: serializers.MultipleChoiceField(choices=_choices(field), **told),
    ),
    (forms.ChoiceField, _choice),
    (forms.BooleanField, lambda field, told: serializers.BooleanField(**told)),
    (forms.DateTimeField, lambda field, told: serializers.DateTimeField(**told)),
    (forms.DateField, lambda field, told: serializers.DateField(**told)),
    (forms.DecimalField, _decimal),
    (forms.IntegerField, lambda field, told: serializers.IntegerField(**_span(field), **told)),
    (forms.CharField, _text),
)


def _span(field: forms.IntegerField) -> dict:
    return {"min_value": field.min_value, "max_value": field.max_value}


def _words(*parts: object) -> str:
    return "; ".join(str(part) for part in parts if part)


def _choices(field: forms.ChoiceField) -> list:
    return [(key, label) for key, label in field.choices if key != ""]


def read(serializer: type, body: object) -> dict:
    """The facts of a body that has the right shape; Unprocessable names each field that has not."""
    asked = serializer(data=body)
    if not asked.is_valid():
        raise Unprocessable(asked.errors)
    return asked.validated_data


def checked(form: type[StepForm], facts: dict, **about) -> StepForm:
    """The form, narrowed and filled with `facts`, and found in order; Unprocessable otherwise."""
    narrowed = form(**about)
    asked = form.base_fields | narrowed.fields  # a form may leave out what the chosen kind of thing does not have
    data = {name: _inside(name, asked[name], facts.get(name)) for name in form.base_fields}
    filled = form({name: value for name, value in data.items() if value is not None}, {}, **about)
    if not filled.is_valid():
        raise Unprocessable({name: coded(errors) for name, errors in filled.errors.as_data().items()})
    return filled


def coded(errors) -> list:
    """A form's complaints about one field, with their codes."""
    return [
        serializers.ErrorDetail(message, code=error.code or "invalid") for error in errors for message in error.messages
    ]


def _inside(name: str, field: forms.Field, value):
    """A fact as the form's own widget would bring it: a row, named from outside, by its key among the choices."""
    if value in (None, "", []) or not isinstance(field, forms.ModelChoiceField):
        return value
    if isinstance(value, list):
        return [_chosen(name, field, one) for one in value]
    return _chosen(name, field, value)


def _chosen(name: str, field: forms.ModelChoiceField, value):
    named, _description = named_by(field.queryset.model)
    found = field.queryset.filter(**{named: value}).values_list("pk", flat=True).first()
    if found is None:
        words = _("没有“%(value)s”这一选项，请在可选范围内选择。") % {"value": value}
        raise Unprocessable({name: [serializers.ErrorDetail(words, code="invalid_choice")]})
    return found
