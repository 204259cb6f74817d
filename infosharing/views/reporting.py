"""平台上报: what the platform is still owed, its export, and the receipts."""

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from coordination.kernel.clocks import Clock
from coordination.kernel.organs import posts_of
from coordination.kernel.steps import perform
from coordination.kernel.steps.fields import LocalDateTimeField
from coordination.kernel.web.lamp import lamp
from coordination.kernel.web.request import calendar_of, moment_of
from coordination.kernel.web.xlsx import as_book
from coordination.kernel.words import Refusal
from infosharing.models import Batch, SharedRecord
from infosharing.platform import FORMAT, HEAD, REVIEWED, as_json, as_rows, as_told, due, export, lines_of
from infosharing.views.acting import actor_or_403, posts_in

BATCHES = 20


class ReceiptForm(forms.Form):
    """One receipt for the records that were ticked."""

    at = LocalDateTimeField(label=gettext_lazy("上报时间"))
    receipt_number = forms.CharField(label=gettext_lazy("平台回执号"), max_length=60)


@require_GET
def platform(request: HttpRequest) -> HttpResponse:
    """What is due with its time, what was exported, and which records wait for their receipt."""
    mine = posts_in(request)
    organ = mine[0].organ if mine else None
    context = {
        "organ": organ,
        "due": list(due(organ)) if organ else [],
        "unmarked": unmarked(request, organ) if organ else [],
        "batches": batches_of(organ) if organ else [],
        "form": ReceiptForm(initial={"at": moment_of(request)}),
    }
    return render(request, "infosharing/platform.html", context)


def batches_of(organ) -> QuerySet[Batch]:
    """What went out, the newest first, each with the number of its lines."""
    return Batch.objects.filter(organ=organ).select_related("by").annotate(size=Count("lines"))[:BATCHES]


def unmarked(request: HttpRequest, organ) -> list[dict]:
    """The records whose report is a running duty of the organ, the most pressing first; two queries."""
    running = Clock.objects.filter(organ=organ, limit="infosharing.report", state="running").order_by("overdue_at")
    clocks = list(running)
    records = SharedRecord.objects.in_bulk([clock.matter_id for clock in clocks])
    moment, calendar = moment_of(request), calendar_of(request)
    return [
        {"record": records[clock.matter_id], "lamp": lamp(clock, moment, calendar)}
        for clock in clocks
        if records[clock.matter_id].content.reported and records[clock.matter_id].stage in REVIEWED
    ]


@require_POST
def export_due(request: HttpRequest) -> HttpResponse:
    """Take everything that is due into a batch; nothing that went out before is repeated."""
    actor = actor_or_403(request)
    batch = export(actor.organ, request.user, moment_of(request))
    if batch is None:
        messages.info(request, _("没有需要上报的新信息。"))
    else:
        messages.success(request, _("已生成导出，请下载后在平台上报，再登记回执。"))
    return redirect("platform")


@require_GET
def batch_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A batch again, as it was, as JSON or xlsx (docs/exports.md)."""
    moment = moment_of(request)
    organs = {post.organ_id for post in posts_of(request.user)}
    batch = get_object_or_404(Batch.objects.select_related("organ"), pk=pk, organ__in=organs)
    name = f"{FORMAT}-{batch.pk}"
    if form == "xlsx":
        lines = lines_of(batch)
        return as_book(name, [(name, list(HEAD), as_rows(lines)), *as_told(lines)], moment)
    told = {"ensure_ascii": False, "indent": 2}
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return JsonResponse(as_json(batch), json_dumps_params=told, headers=headers)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """One receipt for the ticked records; what is refused is named, the rest is marked."""
    actor_or_403(request)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写上报时间和平台回执号。"))
        return redirect("platform")
    numbers = request.POST.getlist("record")
    if not numbers:
        messages.error(request, _("请勾选已经上报的信息。"))
        return redirect("platform")
    visible = SharedRecord.objects.visible_to(request.user).filter(number__in=numbers)
    if done := sum(_marked(request, pk, form.cleaned_data) for pk in visible.values_list("pk", flat=True)):
        messages.success(request, _("已登记 %(count)s 件的回执。") % {"count": done})
    return redirect("platform")


def _marked(request: HttpRequest, pk: int, facts: dict) -> bool:
    try:
        perform(pk, "mark_reported", request.user, **facts)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    return True
