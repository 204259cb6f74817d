"""Lists of the matters of one kind: what one may see, filtered by the address, exported as it stands."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Matter, MatterQuerySet, Urgency
from coordination.kernel.organs import Organ, posts_of
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import with_children
from coordination.kernel.web.xlsx import as_xlsx

PAGE = 20
EXPORT_MAX = 10_000


class Leafed(Paginator):
    """Matters as far as people leaf, the newest first, and no further: beyond it `more` says so, and a filter helps
    better than a page. One query for all of the numbers, one for the rows of a page."""

    FARTHEST = 1000

    def __init__(self, matters: MatterQuerySet, models: Iterable[type[Matter]] = ()) -> None:
        found = list(matters.order_by("-id").values_list("pk", flat=True)[: self.FARTHEST + 1])
        super().__init__(found[: self.FARTHEST], PAGE)
        self.more, self.models = len(found) > self.FARTHEST, models

    def page(self, number: int) -> Page:
        page = super().page(number)
        shown = Matter.objects.filter(pk__in=page.object_list).order_by("-id")
        page.object_list = list(with_children(shown, models=self.models))
        return page


class FilterForm(forms.Form):
    """The query row above a list."""

    q = forms.CharField(label=gettext_lazy("编号、案由、当事人、地点"), required=False, max_length=80)
    stage = forms.ChoiceField(label=gettext_lazy("环节"), required=False)
    urgency = forms.ChoiceField(
        label=gettext_lazy("紧急程度"), required=False, choices=[("", gettext_lazy("全部")), *Urgency.choices]
    )
    place = forms.TypedChoiceField(label=gettext_lazy("所在乡镇"), required=False, coerce=int, empty_value=None)
    due = forms.ChoiceField(
        label=gettext_lazy("期限"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("overdue", gettext_lazy("已超期")), ("open", gettext_lazy("未办结"))],
    )

    def __init__(self, model: type[Matter], organs: Iterable[Organ], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        townships = [(str(organ.pk), organ.short_name) for organ in organs if organ.is_township]
        self.fields["place"].choices = [("", _("全部")), *townships]
        self.fields["stage"].choices = [("", _("全部")), *model.Stage.choices]

    def narrow(self, matters: MatterQuerySet, moment: datetime) -> MatterQuerySet:
        """The matters that the filled fields leave over; a field that makes no sense is told and ignored."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("stage", "urgency", "place"):
            if wanted.get(name):
                matters = matters.filter(**{name: wanted[name]})
        if wanted.get("due"):
            matters = matters.filter(closed_at__isnull=True)
        if wanted.get("due") == "overdue":
            matters = matters.filter(next_due_at__lte=moment)
        return matters.filter(words_match(wanted["q"])) if wanted.get("q") else matters


def words_match(words: str) -> Q:
    """Every word must stand in the number, the title, the party's name or the place."""
    found = Q()
    for word in words.split():
        found &= (
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(subject_name__icontains=word)
            | Q(place_text__icontains=word)
        )
    return found


def matter_list(
    request: HttpRequest,
    model: type[Matter],
    form: type[FilterForm] = FilterForm,
    template: str = "kernel/list.html",
    more: dict | None = None,
) -> HttpResponse:
    """A list of one kind; `?export=xlsx` gives exactly what is filtered. A workflow may ask for more in a `form` of its
    own, and show `more` around the list in its own `template`."""
    moment = moment_of(request)
    filters = form(model, organs_of(request).values(), request.GET or None)
    matters = Matter.objects.visible_to(request.user).filter(kind=model.KIND)
    matters = filters.narrow(matters, moment) if request.GET else matters
    if request.GET.get("export") == "xlsx":
        return _export(model, matters, moment)
    page = Leafed(matters, [model]).get_page(request.GET.get("page"))
    return render(
        request,
        template,
        {
            "title": model._meta.verbose_name,
            "filters": filters,
            "page_obj": page,
            "reset_url": request.path,
            "rows": rows_of(request, page.object_list),
            "export_url": _export_url(request),
            **_new(model),
            **(more or {}),
        },
    )


def rows_of(request: HttpRequest, matters) -> list[dict]:
    """Rows with the clock that is due first on each matter; one query for all clocks."""
    shown = list(matters)
    organs = {post.organ_id for post in posts_of(request.user)}
    first: dict[int, Clock] = {}
    clocks = Clock.objects.filter(matter__in=[m.pk for m in shown], state__in=OPEN).order_by("overdue_at", "pk")
    for clock in sorted(clocks, key=lambda c: c.organ_id not in organs):
        first.setdefault(clock.matter_id, clock)
    return rows(request, ((matter, first.get(matter.pk)) for matter in shown))


def _new(model: type[Matter]) -> dict:
    """A matter that opens from another one is begun on that one's page."""
    if model.OPENS_FROM and not model.OPENS_ALONE:
        return {}
    return {
        "new_url": reverse(f"{model.KIND}:new"),
        "new_label": _("登记%(kind)s") % {"kind": model._meta.verbose_name},
    }


def _export_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _export(model: type[Matter], matters: MatterQuerySet, moment: datetime) -> HttpResponse:
    rows = matters.select_related("place", "holder", "item").order_by("-id")[:EXPORT_MAX]
    stages = dict(model.Stage.choices)
    head = [
        _("编号"),
        _("案由"),
        _("环节"),
        _("紧急程度"),
        _("当事人"),
        _("所在乡镇"),
        _("地点"),
        _("执法事项"),
        _("承办机关"),
        _("开始时间"),
        _("最近期限"),
        _("办结时间"),
    ]
    lines = (
        [
            m.number,
            m.title,
            str(stages.get(m.stage, "")),
            m.get_urgency_display(),
            m.subject_name,
            str(m.place or ""),
            m.place_text,
            str(m.item or ""),
            m.holder.name,
            m.opened_at,
            m.next_due_at,
            m.closed_at,
        ]
        for m in rows
    )
    return as_xlsx(str(model._meta.verbose_name), head, lines, moment)


def search(request: HttpRequest) -> HttpResponse:
    """One box over all kinds, inside what the reader may see."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    moment_of(request)
    found = Matter.objects.visible_to(request.user).filter(words_match(words)) if words else Matter.objects.none()
    page = Leafed(found).get_page(request.GET.get("page"))
    return render(
        request, "kernel/search.html", {"q": words, "rows": rows_of(request, page.object_list), "page_obj": page}
    )
