"""The screens of 考核: the list, a new one, one of them as PDF or xlsx."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.kernel import pdf
from coordination.kernel.organs import County
from coordination.kernel.web.request import moment_of
from coordination.kernel.web.xlsx import as_book
from coordination.kernel.words import Refusal
from supervision.assessment import assess
from supervision.figures import Period, fault_of, period_of
from supervision.figures.period import shifted
from supervision.frozen import Assessment
from supervision.readers import Remit, remit_of

SHOWN = 50


def _remit(request: HttpRequest) -> Remit:
    """Only who supervises the county; for everybody else there is no such page."""
    moment_of(request)
    remit = remit_of(request.user)
    if remit is None or not remit.whole:
        raise Http404
    return remit


def assessments(request: HttpRequest) -> HttpResponse:
    remit, moment = _remit(request), moment_of(request)
    last_month = shifted(moment.date().replace(day=1), -1)
    made = Assessment.objects.filter(county=remit.county).select_related("made_by").defer("rows")[:SHOWN]
    context = {"assessments": made, "period": Period(last_month, last_month)}
    return render(request, "supervision/assessments.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    remit, moment = _remit(request), moment_of(request)
    try:
        made = assess(County.objects.get(pk=remit.county), _asked(request, moment), request.user, moment)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    except pdf.RenderFault:
        messages.error(request, _("报告暂时无法生成，请联系系统管理员检查文书制作组件。"))
    else:
        messages.success(request, _("已生成 %(period)s 考核报告，数据已固定。") % {"period": made.period.words})
    return redirect("supervision_assessments")


def _asked(request: HttpRequest, moment: datetime) -> Period:
    """The period that was chosen. Raises Refusal for one that there is not."""
    if fault := fault_of(request.POST, moment):
        raise Refusal(fault, field="to")
    return period_of(request.POST, moment)


def _one(request: HttpRequest, pk: int) -> Assessment:
    return get_object_or_404(Assessment, pk=pk, county=_remit(request).county)


def as_pdf(request: HttpRequest, pk: int) -> FileResponse:
    one = _one(request, pk)
    name = f"{one.first:%Y%m}-{one.last:%Y%m}考核报告.pdf"
    file = (Path(settings.MEDIA_ROOT) / one.pdf.name).open("rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


def as_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The same frozen rows; the first sheet holds the method and the hash."""
    one = _one(request, pk)
    made = [f"{one.rows['issuer']} {one.rows['made_on']}"] if "issuer" in one.rows else []
    method = [[line] for line in (*one.rows["method"], f"SHA-256 {one.sha256}", *made)]
    sheets = [("口径", [one.rows["period"]], method)]
    sheets += [(table["title"], table["head"], table["lines"]) for table in one.rows["tables"]]
    return as_book(f"考核报告{one.first:%Y%m}-{one.last:%Y%m}", sheets, one.made_at)
