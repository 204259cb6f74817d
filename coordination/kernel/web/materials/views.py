"""Adding, ticking, reviewing, withdrawing, fetching: plain views that work without script."""

from collections.abc import Callable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from coordination.kernel.materials import (
    Material,
    Tick,
    check_materials,
    record_access,
    sheet,
    store,
    withdraw,
)
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.steps import review_evidence
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.materials.forms import ReviewForm, TickForm, UploadForm, WithdrawForm
from coordination.kernel.web.materials.showing import actor_on, page
from coordination.kernel.web.request import matter_or_404, moment_of, openable_or_404
from coordination.kernel.words import Refusal

#: A file is never a page of this site: whatever stands in it, nothing of it runs here.
SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
STATUS = {"permission": 403, "stale": 409, "stage": 409, "storage": 507}


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about the materials of one matter."""
    return page(request, matter_or_404(request, number))


def _too_large(request: HttpRequest, refusal: Refusal, number: str) -> HttpResponse:
    matter = matter_or_404(request, number)
    return page(request, matter, refusals=[refusal], status=STATUS.get(refusal.code, 413))


@require_POST
@bounded(_too_large)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add one file or several. What can be kept is kept; what cannot is named with its reason."""
    matter = matter_or_404(request, number)
    actor, form = actor_on(request, matter), UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, matter, upload=form, status=422)
    files = form.cleaned_data["files"]
    refusals = _store_each(request, matter, actor, files, form.description(len(files)))
    if kept := len(files) - len(refusals):
        words = ngettext("已添加 %(count)s 份材料。", "已添加 %(count)s 份材料。", kept) % {"count": kept}
        messages.success(request, words)
    if refusals:
        return page(request, matter, upload=form, refusals=refusals, status=STATUS.get(refusals[0].code, 422))
    return redirect("materials", number)


def _store_each(request, matter: Matter, actor: Actor, files: list[UploadedFile], told: dict) -> list[Refusal]:
    refusals = []
    for file in files:
        try:
            store(matter, file, actor=actor, moment=moment_of(request), **told)
        except Refusal as refusal:
            refusals.append(refusal)
    return refusals


@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """This side's ticks of the handover sheet; `all`: whatever it has not yet ticked agrees."""
    return _ticked(request, number, TickForm, check_materials, "checks")


@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    """The receiver's findings on the evidence."""
    return _ticked(request, number, ReviewForm, review_evidence, "reviews")


def _ticked(request, number: str, form: type[TickForm], act: Callable, rows: str) -> HttpResponse:
    matter = matter_or_404(request, number)
    actor, forms = actor_on(request, matter), []
    for line in sheet(matter):
        if form is ReviewForm and not line.reviewable_by(actor.organ.pk):
            continue
        last = getattr(line, rows).get(actor.organ.pk)
        forms.append((line.material, form.of(line.material.pk, last, request.POST)))
    try:
        act(matter, _said(request, forms), actor=actor, moment=moment_of(request))
    except Refusal as refusal:
        return page(request, matter, refusals=[refusal], status=STATUS.get(refusal.code, 422), **{rows: forms})
    messages.success(request, _("已记录。"))
    return redirect("materials", number)


def _said(request: HttpRequest, forms: list[tuple[Material, TickForm]]) -> list[Tick]:
    ticks = []
    for material, form in forms:
        if form.is_valid() and (tick := form.tick(material.pk)):
            ticks.append(tick)
        elif "all" in request.POST and not form.initial:
            ticks.append(Tick(material.pk, "ok"))
    return ticks


@require_POST
def take_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Withdraw a material that was added in error."""
    matter = matter_or_404(request, number)
    material = get_object_or_404(Material, pk=pk, matter_id=matter.pk)
    actor, form = actor_on(request, matter), WithdrawForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        withdraw(material, reason=reason, actor=actor, moment=moment_of(request))
    except Refusal as refusal:
        return page(request, matter, refusals=[refusal], status=STATUS.get(refusal.code, 422))
    messages.success(request, _("已撤回“%(title)s”。") % {"title": material.title})
    return redirect("materials", number)


@require_GET
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, as it came, always as a download; 404 for whoever may not see its matter."""
    visible = Matter.objects.visible_to(request.user)
    material = get_object_or_404(Material.objects.select_related("matter").filter(matter__in=visible), pk=pk)
    openable_or_404(request, material.matter)
    try:
        file = material.path.open("rb")
    except FileNotFoundError as fault:
        raise Http404(_("文件不在存储中，请联系系统管理员。")) from fault
    record_access(material, request.user, moment_of(request))
    return FileResponse(file, as_attachment=True, filename=material.name, content_type=material.mime, headers=SEALED)


urlpatterns = [
    path("m/<str:number>/materials/", show, name="materials"),
    path("m/<str:number>/materials/add/", add, name="material-add"),
    path("m/<str:number>/materials/check/", check, name="material-check"),
    path("m/<str:number>/materials/review/", review, name="material-review"),
    path("m/<str:number>/materials/<int:pk>/withdraw/", take_back, name="material-withdraw"),
    path("materials/<int:pk>/", fetch, name="material-file"),
]
