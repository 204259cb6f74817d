"""One box over all kinds of matter, inside what the reader may see; narrowed, exported and printed like a list."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.matters import MatterQuerySet
from coordination.kernel.organs import reader_of
from coordination.kernel.web.leafed import Leafed
from coordination.kernel.web.list_table import export
from coordination.kernel.web.lists import FilterForm, printed, rows_of, with_query
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.workflows import workflows


class SearchForm(FilterForm):
    """The query row of a search: the kind instead of the stage, which means something else in each flow."""

    stage = None
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    field_order = ("q", "kind")

    def __init__(self, organs, *args, **kwargs) -> None:
        super().__init__(None, organs, *args, **kwargs)
        kinds = [(kind, model._meta.verbose_name) for kind, model in workflows().items()]
        self.fields["kind"].choices = [("", _("全部")), *kinds]


def search(request: HttpRequest) -> HttpResponse:
    """What is found by the words of the box; nothing is listed before something is asked for."""
    moment = moment_of(request)
    asked = any(value.strip() for name, value in request.GET.items() if name in SearchForm.base_fields)
    filters = SearchForm(organs_of(request).values(), request.GET or None)
    kind = request.GET.get("kind", "")
    kind = kind if kind in workflows() else ""

    def found(*, later: bool = False) -> MatterQuerySet:
        within = filters.within(request.user, kind, moment, later=later)
        return within if asked else within.none()

    if request.GET.get("export") == "xlsx":
        return export(_("搜索结果"), found(), moment)
    if request.GET.get("view") == "print":
        return printed(request, _("搜索结果"), found(), filters)
    key = None if filters.others or not asked else ("search", reader_of(request.user))
    page = Leafed(partial(found, later=True), typed=filters.typed, key=key).get_page(request.GET.get("page"))
    return render(
        request,
        "kernel/search.html",
        {
            "filters": filters,
            "asked": asked,
            "reset_url": request.path,
            "export_url": with_query(request, export="xlsx"),
            "print_url": with_query(request, view="print"),
            "rows": rows_of(request, page.object_list),
            "page_obj": page,
        },
    )
