"""What the API asks for is what the page asks for."""

import pytest
from django import forms
from django.core.management import call_command
from rest_framework import serializers

from coordination.kernel.api.forms import serializer_of
from coordination.kernel.api.naming import named_by
from coordination.kernel.api.steps import first_step, open_to_programs, serializer
from coordination.kernel.steps import StepForm
from coordination.kernel.web.step import BehalfForm
from coordination.kernel.web.workflows import workflows

STEPS = [
    pytest.param(model, step, id=f"{model.KIND}.{step.name}")
    for model in workflows().values()
    for step in [*filter(None, [first_step(model)]), *open_to_programs(model)]
]
SHAPES = {
    forms.ModelMultipleChoiceField: serializers.ListField,
    forms.DateTimeField: serializers.DateTimeField,
    forms.DateField: serializers.DateField,
    forms.DecimalField: serializers.DecimalField,
    forms.BooleanField: serializers.BooleanField,
}


@pytest.mark.parametrize(("model", "step"), STEPS)
def test_each_form_and_its_serializer_ask_for_the_same_facts(model, step):
    form, asked = step.form or StepForm, serializer(model, step)().fields
    assert set(form.base_fields) == set(asked) - {"version", "behalf"}
    assert ("version" in asked) is not step.first
    assert ("behalf" in asked) is step.behalf
    for name, field in form.base_fields.items():
        _same(field, asked[name])


def _same(field: forms.Field, asked: serializers.Field) -> None:
    assert asked.required == field.required
    assert str(asked.label) == str(field.label)
    assert str(field.help_text or "") in str(asked.help_text or "")
    for kind, shape in SHAPES.items():
        if isinstance(field, kind):
            assert isinstance(asked, shape)
    if isinstance(field, forms.ModelChoiceField):
        assert named_by(field.queryset.model)[1] in asked.help_text
    elif isinstance(field, forms.ChoiceField):
        assert list(asked.choices) == [key for key, _label in field.choices if key != ""]
    elif isinstance(field, forms.CharField):
        assert asked.max_length == (field.max_length or asked.max_length)


def test_a_record_on_behalf_asks_for_what_the_page_asks_for():
    assert set(serializer_of(BehalfForm, "OnBehalf", matter=False)().fields) == set(BehalfForm.base_fields)


def test_a_field_that_the_api_does_not_know_is_refused_loudly():
    class Odder(StepForm):
        file = forms.FileField()

    with pytest.raises(TypeError, match="has no counterpart"):
        serializer_of(Odder, "Odder")


def test_the_schema_is_whole_and_warns_of_nothing(db, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    words = (tmp_path / "schema.yml").read_text()
    for model in workflows().values():
        for one in open_to_programs(model):
            assert f"operationId: {model.KIND}_{one.name}\n" in words
