"""Forms of steps: the same facts for the page, the API and a plain call of `perform()`."""

from datetime import date, datetime

from django import forms
from django.db.models import Model, QuerySet
from django.utils.formats import localize
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from coordination.kernel.steps.fields import LocalDateTimeField, speak_plainly
from coordination.kernel.words import Refusal, listed

#: What begins the name of a field whose value is kept sealed or not at all: it comes into no journal and no draft.
SEALED = "sealed_"


class StepForm(forms.Form):
    """What a step asks for. `prepare()` narrows the choices to the matter and the actor.

    Fields named in `silent` are not repeated in the journal's words (they are rows or files of their own), nor are
    those whose names begin with SEALED. `beside` is a template that the page shows above the fields. `own`: fields that
    ask for the person at the screen, by what of him they ask for; who records for another organ is not that person.
    """

    silent: tuple[str, ...] = ()
    own: dict[str, str] = {}
    beside = ""

    def __init__(self, *args, matter=None, actor=None, moment=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.actor, self.moment = matter, actor, moment
        for name, field in self.fields.items():
            speak_plainly(field)
            if name.startswith(SEALED):
                field.widget.attrs["autocomplete"] = "off"
        if matter is not None:
            self._keep_to_county()
            self._introduce()
            self.prepare()

    def _introduce(self) -> None:
        if self.own and self.actor.user and not self.actor.on_behalf_of:
            for field, attribute in self.own.items():
                self.initial.setdefault(field, getattr(self.actor.user, attribute))

    def _keep_to_county(self) -> None:
        """Organs, items and matters are chosen among those of the actor's own county."""
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset.model, "county"):
                field.queryset = field.queryset.filter(county=self.actor.organ.county_id)

    def prepare(self) -> None:
        """Narrow the choices; nothing by default."""

    @classmethod
    def require(cls, facts: dict, moment: datetime) -> None:
        """Refuse a call that lacks a required fact, in the words of the form, and one that tells of what is yet to
        come: a time limit begins with what has happened."""
        for name, field in cls.base_fields.items():
            value = facts.get(name)
            if field.required and value in (None, "", [], ()):
                words = _("请勾选“%(label)s”。") if isinstance(field, forms.BooleanField) else _("请填写“%(label)s”。")
                raise Refusal(words % {"label": field.label}, field=name, code="missing")
            if isinstance(field, LocalDateTimeField) and not field.ahead and value and value > moment:
                raise Refusal(_("时间不能晚于现在，请核对。"), field=name)

    @classmethod
    def words(cls, facts: dict) -> list[list[str]]:
        """[label, text] of the facts that were given, for the journal."""
        named = ((field, facts.get(name)) for name, field in cls.base_fields.items() if cls._told(name))
        said = ([str(field.label), readable(value, field)] for field, value in named if value not in (None, ""))
        return [line for line in said if line[1]]

    @classmethod
    def _told(cls, name: str) -> bool:
        return name not in cls.silent and not name.startswith(SEALED)


def readable(value, field=None) -> str:
    """A fact in words: choices by their label, people and organs by name, days and moments as 2026-11-24 17:30."""
    choices = (
        dict(getattr(field, "choices", ()))
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
        else {}
    )
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple | QuerySet):
        return listed(readable(one, field) for one in value)
    if isinstance(value, Model):
        return str(value)
    if hasattr(value, "tzinfo") and value.tzinfo and is_aware(value):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(choices.get(value, localize(value) if not isinstance(value, str) else value))
