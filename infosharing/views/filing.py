"""联络员备案 and 账号链条: who answers for whom, and what is missing."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from coordination.kernel.organs import Organ, Role, User, in_force, posts_of
from coordination.kernel.web.request import moment_of
from coordination.kernel.web.xlsx import as_xlsx
from coordination.kernel.words import Refusal
from infosharing.chain import chain
from infosharing.filings import Duty, duties, file, without_liaison
from infosharing.views.acting import actor_or_403, county_of

FILERS = (Role.ORGAN_ADMIN, Role.LIAISON, Role.APPROVER)


class FilingForm(forms.Form):
    """Two people of the township, for one department."""

    responsible = forms.ModelChoiceField(User.objects.all(), label=gettext_lazy("责任人员"))
    liaison = forms.ModelChoiceField(User.objects.all(), label=gettext_lazy("联络员"))

    def __init__(self, organ: Organ, day, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        here = organ.posts.filter(in_force(day)).values("user")
        for field in self.fields.values():
            field.queryset = User.objects.filter(pk__in=here, is_active=True).order_by("username")


def mine(request: HttpRequest, rows: list[Duty]) -> list[Duty]:
    """Of the county's rows those of the reader's organs, on either side."""
    organs = {post.organ_id for post in posts_of(request.user)}
    return [row for row in rows if {row.organ.pk, row.department.pk} & organs]


@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """The register: the reader's organ first (`?all=1`: the county), gaps marked; `?export=xlsx`, and for print."""
    moment, county = moment_of(request), county_of(request)
    rows = duties(county, moment.date()) if county else []
    everything = "all" in request.GET
    shown = rows if everything else mine(request, rows)
    if "gaps" in request.GET:
        shown = [row for row in shown if row.gap]
    if request.GET.get("export") == "xlsx":
        return as_xlsx(_("责任人员和联络员备案名单"), head_of_list(), [cells(row) for row in shown], moment)
    context = {
        "rows": shown,
        "all": everything,
        "own": {post.organ_id for post in posts_of(request.user) if post.role in FILERS},
        "gaps": sum(bool(row.gap) for row in shown),
        "without": without_liaison(county, moment.date()) if county else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "infosharing/filings.html", context)


def head_of_list() -> list[str]:
    people = (_("责任人员"), _("联络员"))
    return [
        _("乡镇（街道）"),
        _("县级指导部门"),
        *(w for p in people for w in (p, _("电话"))),
        _("备案日期"),
        _("缺口"),
    ]


def cells(row: Duty) -> list[str]:
    filing = row.filing
    people = (filing.responsible, filing.liaison) if filing else ()
    told = [word for user in people for word in (user.name, user.phone)] or [""] * 4
    return [row.organ.name, row.department.name, *told, f"{filing.filed_at:%Y-%m-%d}" if filing else "", row.gap]


@require_http_methods(["GET", "HEAD", "POST"])
def file_with(request: HttpRequest, key: str) -> HttpResponse:
    """File, or file anew, with one department."""
    actor, moment = actor_or_403(request, FILERS), moment_of(request)
    department = get_object_or_404(Organ, key=key, county=actor.organ.county_id)
    form = FilingForm(actor.organ, moment.date(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file(actor, department, form.cleaned_data["responsible"], form.cleaned_data["liaison"], moment)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("已向%(organ)s备案。") % {"organ": department.name})
            return redirect("filings")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "department": department, "organ": actor.organ}
    return render(request, "infosharing/file_with.html", context, status=status)


@require_GET
def accounts_chain(request: HttpRequest) -> HttpResponse:
    """From the approval bureau down to the officers, gaps marked."""
    moment, county = moment_of(request), county_of(request)
    links = chain(county, moment.date()) if county else {"departments": [], "townships": []}
    return render(request, "infosharing/chain.html", links)
