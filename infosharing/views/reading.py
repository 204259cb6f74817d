"""Reading the content: a restricted record is opened with a purpose, and who opened it is written down (NW-4.34)."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from coordination.kernel.matters import Secrecy
from coordination.kernel.web.request import matter_or_404, moment_of
from infosharing.models import SharedRecord, Version
from infosharing.versions import note_reading
from infosharing.words import Use


class UseForm(forms.Form):
    """The one question before a restricted record is opened."""

    use = forms.ChoiceField(label=_("查阅用途"), choices=Use.choices, widget=forms.RadioSelect)


def record_or_404(request: HttpRequest, number: str) -> SharedRecord:
    matter = matter_or_404(request, number)
    if not isinstance(matter, SharedRecord) or not matter.may_read(request.user):
        raise Http404
    return matter


def shown(request: HttpRequest, record: SharedRecord, version: Version) -> HttpResponse:
    context = {
        "record": record,
        "version": version,
        "old": version.number != record.version_now.number,
        "facts": version.words(record.content_class),
        "crumbs": crumbs(record),
    }
    return render(request, "infosharing/content.html", context)


def crumbs(record: SharedRecord) -> list[tuple[str, str]]:
    listed = (record._meta.verbose_name, reverse("infosharing:list"))
    return [listed, (record.number, reverse("matter", args=[record.number]))]


def opened(request: HttpRequest, record: SharedRecord, version: Version) -> HttpResponse:
    """The content at once where it is open or the reader provides it; else after the question."""
    if record.secrecy != Secrecy.RESTRICTED or record.provides(request.user):
        return shown(request, record, version)
    form = UseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_reading(record, version, request.user, form.cleaned_data["use"], moment_of(request))
        return shown(request, record, version)
    status = 422 if request.method == "POST" else 200
    context = {"record": record, "form": form, "crumbs": crumbs(record)}
    return render(request, "infosharing/ask_use.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def read_content(request: HttpRequest, number: str) -> HttpResponse:
    """The version in force."""
    record = record_or_404(request, number)
    return opened(request, record, record.version_now)


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """An earlier version, as it was, marked as such."""
    record = record_or_404(request, number)
    return opened(request, record, get_object_or_404(record.versions.select_related("by"), number=version))
