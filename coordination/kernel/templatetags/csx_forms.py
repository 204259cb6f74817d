"""Forms for people: `{% load csx_forms %}{% field form.title %}`, errors said beside the field and in a summary.

Every control has a visible label, its help and its error are tied to it (aria-describedby), what must be filled in is
marked in words, and the summary at the top leads to each field (WCAG 2.2: 1.3.1, 3.3.1, 3.3.2).
"""

from collections.abc import Iterator

from django import forms, template
from django.utils.translation import gettext as _

from coordination.kernel.templatetags.options import WrongOption
from coordination.kernel.templatetags.widgets import suit
from coordination.kernel.words import named

register = template.Library()

TALL = 36  # from so many characters of choices on, they stand one below the other
MANY = 12  # more choices than that stand in columns
SHORT = 80  # what is at most so long needs half the width of a wide screen
SELECTS = (forms.Select, forms.SelectMultiple)
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(widget: forms.Widget) -> str:
    """How the template lays a widget out: hidden, tick, choices or control."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICES):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "control"


def class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, SELECTS) else "form-control"


@register.simple_tag
def control(bound: forms.BoundField) -> str:
    """The widget with our classes; its own classes stay."""
    widget = bound.field.widget
    classes = [class_of(widget), widget.attrs.get("class", ""), "is-invalid" if bound.errors else ""]
    attrs = {"class": " ".join(filter(None, classes))}
    if bound.field.required and not bound.use_fieldset and widget.use_required_attribute(bound.initial):
        attrs["required"] = True
    return bound.as_widget(attrs=attrs)


def is_short(field: forms.Field) -> bool:
    if isinstance(field, forms.FileField) or isinstance(field.widget, forms.Textarea):
        return False
    return type(field) is not forms.CharField or (field.max_length or SHORT + 1) <= SHORT


def options(bound: forms.BoundField) -> list[dict]:
    """The ticks or dots of a choice, each with its id and label."""
    for option in bound.subwidgets:
        option.data["attrs"]["class"] = "form-check-input"
        option.data["wrap_label"] = False
    return [{"tag": o.tag(wrap_label=False), "id": o.id_for_label, "label": o.choice_label} for o in bound.subwidgets]


def messages_of(bound: forms.BoundField) -> list[str]:
    """What is wrong with a field, as something to do: 请填写案由, 请选择紧急程度."""
    return [
        _wanted(bound) if error.code == "required" else message
        for error, message in zip(bound.errors.as_data(), bound.errors, strict=True)
    ]


def _wanted(bound: forms.BoundField) -> str:
    if isinstance(bound.field, forms.FileField):
        return _("请上传%s") % bound.label
    chosen = isinstance(bound.field, (forms.ChoiceField, forms.ModelChoiceField))
    return (_("请选择%s") if chosen else _("请填写%s")) % bound.label


@register.inclusion_tag("components/field.html")
def field(bound, wide=False, optional=True):
    """One field. `wide`: the whole row of a formset; `optional=False`: without the 选填 mark."""
    if not isinstance(bound, forms.BoundField):
        raise WrongOption(f"field: a bound form field is wanted, not {bound!r}")
    suit(bound)
    kind = kind_of(bound.field.widget)
    shown = {"options": options(bound)} if kind == "choices" else {"control": control(bound)}
    tall = kind == "choices" and sum(len(str(option["label"])) + 2 for option in shown["options"]) > TALL
    return {
        "field": bound,
        "kind": kind,
        "tall": tall,
        "many": kind == "choices" and len(shown["options"]) > MANY,
        "wide": wide,
        "half": kind == "control" and is_short(bound.field),
        "optional": optional,
        "messages": messages_of(bound),
        **shown,
    }


@register.inclusion_tag("components/field.html")
def form_field(form, name):
    """The field of a form by its name, for a page that lays its groups out itself."""
    if name not in form.fields:
        raise WrongOption(f"form_field: {type(form).__name__} has no field {name}")
    return field(form[name])


@register.inclusion_tag("components/filter_field.html")
def filter_field(bound):
    """A field of the query row above a list: its name small above it, nothing about required or optional."""
    return {"field": bound, "control": control(bound)}


@register.inclusion_tag("components/form_fields.html")
def form_fields(form):
    """Every field of a form, hidden ones included, in its order; a form may group them by `groups`."""
    named = getattr(form, "groups", None) or (("", [f.name for f in form.visible_fields()]),)
    groups = [(title, [form[name] for name in names if name in form.fields]) for title, names in named]
    shown = {bound.name for _title, bounds in groups for bound in bounds}
    forgotten = [bound.name for bound in form.visible_fields() if bound.name not in shown]
    if forgotten:
        raise WrongOption(f"form_fields: the groups of {type(form).__name__} leave out {', '.join(forgotten)}")
    return {"form": form, "groups": groups}


@register.inclusion_tag("components/formset.html")
def formset(formset, title="", note="", add=""):
    """A table of small forms; rows are added with the button, by script at once, else by a round trip (`_add`)."""
    return {
        "formset": formset,
        "title": title or getattr(formset, "title", ""),
        "note": note or getattr(formset, "help", ""),
        "add": add or getattr(formset, "add_label", ""),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form=None, formsets=(), refusal="", also=None):
    """Everything that is wrong, first on the page, each with a link to its field."""
    found = [error for each in (form, also) if each for error in _of_form(each)]
    for rows in formsets or ():
        found += [("", message) for message in (rows.non_form_errors() if rows.is_bound else ())]
        found += [error for row in rows.forms for error in _of_form(row)]
    message, target = _of_refusal(refusal, form)
    found = [error for error in found if not message or str(message) not in error[1]]
    return {"errors": found, "refusal": message, "target": target}


def _of_form(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """(id of the control, message) of each error of a form."""
    yield from (("", message) for message in form.non_field_errors())
    for bound in form:
        yield from ((bound.id_for_label or bound.auto_id, _named(bound, message)) for message in messages_of(bound))


def _named(bound: forms.BoundField, message: str) -> str:
    return message if str(bound.label) in message else named(bound.label, message)


def _of_refusal(refusal, form) -> tuple[str, str]:
    """A Refusal or plain words, and the id of the field that it names."""
    message, name = getattr(refusal, "message", refusal), getattr(refusal, "field", None)
    return message, form[name].auto_id if name and form is not None and name in form.fields else ""
