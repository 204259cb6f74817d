"""清单: the county's items, who holds each where and since when, who is competent for one in a township on a day."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue import (
    Entrustment,
    Holding,
    Item,
    competent,
    competent_all,
    expiring_entrustments,
    search_items,
)
from coordination.kernel.organs import County, Organ, posts_of
from coordination.kernel.steps.fields import DayField
from coordination.kernel.web.request import moment_of

PAGE = 20
SUGGESTIONS = 12


def counties_of(request: HttpRequest) -> QuerySet[County]:
    """The counties whose reference data the reader may see: those of his posts (administrators: all)."""
    moment_of(request)
    codes = {post.organ.county_id for post in posts_of(request.user)}
    everywhere = not codes and request.user.is_superuser
    return County.objects.all() if everywhere else County.objects.filter(code__in=codes)


def items_of(request: HttpRequest) -> QuerySet[Item]:
    return Item.objects.filter(county__in=counties_of(request)).select_related("guide", "county")


def townships_of(request: HttpRequest) -> QuerySet[Organ]:
    return Organ.objects.filter(county__in=counties_of(request), kind__in=Organ.TOWNSHIPS)


class Township(forms.TypedChoiceField):
    """A township to look from; empty: no township in particular. One query for validation and drawing together."""

    def __init__(self) -> None:
        super().__init__(label=_("乡镇"), required=False, empty_value=None, coerce=self.organ)
        self.organs: dict[str, Organ] = {}

    def offer(self, organs: QuerySet[Organ]) -> None:
        self.organs = {str(organ.pk): organ for organ in organs}
        self.choices = [("", _("不限")), *((key, organ.short_name) for key, organ in self.organs.items())]
        self.coerce = self.organ  # a form works with a copy of its fields: the copy must read its own organs

    def organ(self, key: str) -> Organ:
        return self.organs[key]


class Filters(forms.Form):
    """Chinese, pinyin, initials or a number; a field; seen from a township."""

    q = forms.CharField(label=_("事项、法条、序号或拼音首字母"), required=False, max_length=60)
    field = forms.ChoiceField(label=_("领域"), required=False)
    place = Township()

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        names = items_of(request).order_by("field").values_list("field", flat=True).distinct()
        self.fields["field"].choices = [("", _("不限")), *((name, name) for name in names)]
        self.fields["place"].offer(townships_of(request))


class At(forms.Form):
    """For which township and which day the competent organ is asked."""

    place = Township()
    on = DayField(label=_("日期"), required=False)

    def __init__(self, request: HttpRequest, today: date) -> None:
        super().__init__({"on": today.isoformat(), **request.GET.dict()})
        self.fields["place"].offer(townships_of(request))


def catalogue(request: HttpRequest) -> HttpResponse:
    """The list; with a township chosen, each row says who is competent there today."""
    today, filters = moment_of(request).date(), Filters(request)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = search_items(items_of(request), asked.get("q", ""))
    if asked.get("field"):
        found = found.filter(field=asked["field"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    place = asked.get("place")
    answers = competent_all(page, place, today) if place else {}
    rows = [{"item": item, "competence": answers.get(item.pk)} for item in page]
    context = {"filters": filters, "page_obj": page, "rows": rows, "place": place, "today": today}
    if not request.GET:  # told to whoever opens the list, not to whoever searches it
        context["expiring"] = expiring_entrustments(today).filter(from_organ__county__in=counties_of(request))
    return render(request, "kernel/catalogue.html", context)


def item(request: HttpRequest, county: str, number: int) -> HttpResponse:
    """One item: its law, every holding past and to come, and the answer for a township and a day."""
    today = moment_of(request).date()
    found = get_object_or_404(items_of(request), county=county, number=number)
    at = At(request, today)
    asked = at.cleaned_data if at.is_valid() else {}
    on = asked.get("on") or today
    related = ("holder", "place", "devolved_from", "entrustment")
    holdings = Holding.objects.filter(item=found).select_related(*related).order_by("place__sort_key", "since")
    context = {
        "item": found,
        "at": at,
        "on": on,
        "place": asked.get("place"),
        "competence": competent(found, asked.get("place"), on),
        "holdings": [{"holding": row, "now": row.in_force(today), "coming": row.since > today} for row in holdings],
        "facts": facts(found),
    }
    return render(request, "kernel/catalogue_item.html", context)


def facts(item: Item) -> list[tuple[str, str]]:
    """The law of an item, label and value, as the page shows it."""
    return [
        (_("违法行为"), item.conduct),
        (_("违反条款"), item.violated),
        (_("处罚依据"), item.punished_by),
        (_("文本版本"), item.law_version),
        (_("核对说明"), item.checked),
        (_("领域"), item.field),
        (_("县级主管部门"), item.guide.name),
        (_("事项编码"), item.code),
        (_("法制审核"), _("决定前须经法制审核") if item.needs_legal_review else _("无特别要求")),
        (_("决定层级"), _("处罚决定保留在县级") if item.stays_with_county else _("由承担机关作出")),
    ]


def suggest(request: HttpRequest) -> HttpResponse:
    """Options for a select that htmx refills while somebody types; without JavaScript the select holds them all."""
    today = moment_of(request).date()
    found = search_items(items_of(request).active_on(today), request.GET.get("q", ""))[:SUGGESTIONS]
    return render(request, "kernel/catalogue_suggest.html", {"items": found})


def letter(request: HttpRequest, pk: int) -> FileResponse:
    """The signed entrustment letter, published by law (行政处罚法 art. 20, LAW-2): everyone of the county reads it."""
    signed = Entrustment.objects.exclude(letter="").filter(from_organ__county__in=counties_of(request))
    found = get_object_or_404(signed, pk=pk)
    return FileResponse(found.letter.open(), as_attachment=True, filename=f"{found.number}.pdf")
