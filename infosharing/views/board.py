"""The information board: what is shared with the reader's organ and by it; and the choice of a class."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from coordination.kernel.matters import MatterQuerySet
from coordination.kernel.web.lists import FilterForm, matter_list
from coordination.kernel.web.new import first_of, new_page
from coordination.kernel.web.request import moment_of
from infosharing.contents import CHOICES, CONTENTS
from infosharing.models import SharedRecord
from infosharing.views.ledgers import LEDGERS


class BoardForm(FilterForm):
    """The kernel's filters, and the class."""

    content_class = forms.ChoiceField(
        label=gettext_lazy("信息类别"), required=False, choices=[("", gettext_lazy("全部")), *CHOICES]
    )
    field_order = ("q", "content_class", "stage", "due")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("urgency", "place"):  # a record has neither
            del self.fields[name]

    def narrow(self, matters: MatterQuerySet, moment) -> MatterQuerySet:
        matters = super().narrow(matters, moment)
        wanted = self.cleaned_data.get("content_class")
        return matters.filter(sharedrecord__content_class=wanted) if wanted else matters


def board(request: HttpRequest) -> HttpResponse:
    """The list, which a class narrows, with the ledgers above it."""
    ledgers = [(label, reverse(name)) for name, label in LEDGERS]
    return matter_list(request, SharedRecord, BoardForm, "infosharing/board.html", {"ledgers": ledgers})


def new_record(request: HttpRequest) -> HttpResponse:
    """The form of one class; without a class, and out of no case, the classes to choose from."""
    if request.method == "POST" or request.GET.get("from") or request.GET.get("content_class"):
        return new_page(request, SharedRecord)
    moment_of(request)
    return render(request, "infosharing/choose.html", {"contents": CONTENTS})


def _draft_label(user) -> str:
    return str(first_of(SharedRecord).label)


new_record.draft_label = _draft_label
