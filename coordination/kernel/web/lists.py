"""Lists of the matters of one kind: what one may see, filtered by the address, exported as it stands."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel import written
from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Matter, MatterQuerySet, Urgency
from coordination.kernel.organs import Organ, User, posts_of, reader_of
from coordination.kernel.search import found_by, within_reach
from coordination.kernel.web.bulk import bulk_steps
from coordination.kernel.web.filters import saved_filters
from coordination.kernel.web.leafed import Leafed
from coordination.kernel.web.list_table import export, on_paper
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import workflow
from coordination.kernel.words import listed, named

#: So many rows may be ticked at once: more than a page holds.
MOST = 100


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

    def __init__(self, model: type[Matter] | None, organs: Iterable[Organ], *args, **kwargs) -> None:
        """`model`: the one kind that is listed, or None where all are."""
        super().__init__(*args, **kwargs)
        townships = [(str(organ.pk), organ.short_name) for organ in organs if organ.is_township]
        self.fields["place"].choices = [("", _("全部")), *townships]
        if model:
            self.fields["stage"].choices = [("", _("全部")), *model.Stage.choices]

    def narrow(self, matters: MatterQuerySet, moment: datetime) -> MatterQuerySet:
        """The matters that the chosen values leave over; a field that makes no sense is told and ignored."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("stage", "urgency", "place"):
            if wanted.get(name):
                matters = matters.filter(**{name: wanted[name]})
        if wanted.get("due"):
            matters = matters.filter(closed_at__isnull=True)
        if wanted.get("due") == "overdue":
            matters = matters.filter(next_due_at__lte=moment)
        return matters

    @property
    def typed(self) -> str:
        """The words that matters are to be found by."""
        self.is_valid()
        return self.cleaned_data.get("q", "") if self.is_bound else ""

    @property
    def others(self) -> bool:
        """Whether anything but words narrows."""
        self.is_valid()
        return self.is_bound and any(value for name, value in self.cleaned_data.items() if name != "q")

    def within(self, user: User, kind: str, moment: datetime, *, later: bool = False) -> MatterQuerySet:
        """What `user` may see, of one `kind` or of all (""), and the filled fields leave over. `later`: the words are
        told when it is asked (`search.newest`)."""
        matters = Matter.objects.visible_to(user, kind)
        if self.typed:
            matters = matters.filter(within_reach(user, kind), found_by(self.typed, later=later))
        return self.narrow(matters, moment) if self.is_bound else matters

    def words(self) -> list[str]:
        """What is filtered for, in words, for the head of a printed list."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        shown = {name: dict(getattr(self.fields[name], "choices", ())) for name, value in told.items() if value}
        return [named(self.fields[name].label, of.get(str(told[name]), told[name])) for name, of in shown.items()]


def matter_list(
    request: HttpRequest,
    model: type[Matter],
    form: type[FilterForm] = FilterForm,
    template: str = "kernel/list.html",
    more: dict | None = None,
) -> HttpResponse:
    """A list of one kind; `?export=xlsx` and `?view=print` give exactly what is filtered, or of it the ticked (`m`).

    A workflow may ask for more in a `form` of its own, and show `more` around the list in its own `template`.
    """
    moment = moment_of(request)
    filters = form(model, organs_of(request).values(), request.GET or None)
    ticked = [number.replace("\0", "") for number in request.GET.getlist("m")[:MOST]]

    def matters(*, later: bool = False) -> MatterQuerySet:
        found = filters.within(request.user, model.KIND, moment, later=later)
        return found.filter(number__in=ticked) if ticked else found

    if request.GET.get("export") == "xlsx":
        return export(model._meta.verbose_name, matters(), moment)
    if request.GET.get("view") == "print":
        return printed(request, model._meta.verbose_name, matters(), filters)
    key = None if ticked or filters.others else ("list", reader_of(request.user), model.KIND)
    page = Leafed(partial(matters, later=True), typed=filters.typed, key=key).get_page(request.GET.get("page"))
    return render(
        request,
        template,
        {
            "title": model._meta.verbose_name,
            "filters": filters,
            "page_obj": page,
            "reset_url": request.path,
            "rows": rows_of(request, page.object_list),
            "export_url": with_query(request, export="xlsx"),
            "print_url": with_query(request, view="print"),
            "in_bulk": bulk_steps(model, request.user),
            "saved": saved_filters(request, model.KIND),
            "kind": model.KIND,
            "more": [(reverse(name), words) for name, words in model.LIST_LINKS],
            **_new(model),
            **(more or {}),
        },
    )


def printed(request: HttpRequest, title: str, matters: MatterQuerySet, filters: FilterForm) -> HttpResponse:
    """Paper: what was asked for, when, by whom, and the table."""
    context = {
        "title": title,
        "words": filters.words(),
        "at": moment_of(request),
        "back_url": with_query(request),
        **on_paper(matters, moment_of(request)),
    }
    return render(request, "kernel/list_print.html", context)


def rows_of(request: HttpRequest, matters) -> list[dict]:
    """Rows with the clock that is due first on each matter; one query for all clocks."""
    shown = list(matters)
    organs = {post.organ_id for post in posts_of(request.user)}
    first: dict[int, Clock] = {}
    clocks = written.objects("clocks of matters", _clocks, matters=[matter.pk for matter in shown])
    for clock in sorted(clocks, key=lambda c: c.organ_id not in organs):
        first.setdefault(clock.matter_id, clock)
    return rows(request, ((matter, first.get(matter.pk)) for matter in shown))


def _clocks() -> QuerySet[Clock]:
    of_them = Clock.objects.filter(written.one_of_later(F("matter"), "matters"), state__in=OPEN)
    return of_them.order_by("overdue_at", "pk")


def _new(model: type[Matter]) -> dict:
    """How one of this kind is begun: `new_url` and `new_label`, or `begun_on`, the kinds from whose page it opens."""
    if model.STARTS_AT:
        return {"new_url": reverse(model.STARTS_AT), "new_label": model.starting_label()}
    first = next((step for step in model.steps().values() if step.first and not step.caused), None)
    if first is None:
        return {}
    if model.OPENS_FROM and not model.OPENS_ALONE:
        return {"begun_on": listed(workflow(kind)._meta.verbose_name for kind in model.OPENS_FROM)}
    return {"new_url": reverse(f"{model.KIND}:new"), "new_label": first.label}


def with_query(request: HttpRequest, **more: str) -> str:
    """The filter's address, with more asked of it."""
    query = request.GET.copy()
    for name in ("page", "export", "view"):
        query.pop(name, None)
    query.update(more)
    return f"?{query.urlencode()}"
