"""The papers of a matter: the PDF for those who may see the matter, and a preview for those who may issue it."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from coordination.kernel.documents import IssuedDocument, preview, render_document
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.steps import open_steps
from coordination.kernel.steps.declare import applying
from coordination.kernel.web.request import matter_or_404, moment_of, openable_or_404
from coordination.kernel.words import Refusal

PDF = "application/pdf"
#: A browser takes it for what it is and nothing else.
AS_IT_IS = {"X-Content-Type-Options": "nosniff"}


@require_safe
def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored PDF; 404 for whoever may not see the matter. `?download` saves it, else the browser shows it.

    One that was not printed yet is printed now: a stopped queue costs the reader a moment, and this is the retry.
    """
    moment_of(request)
    seen = Matter.objects.visible_to(request.user)
    issued = get_object_or_404(IssuedDocument.objects.defer("html").select_related("matter"), pk=pk, matter__in=seen)
    openable_or_404(request, issued.matter)
    if not issued.printed:
        render_document(issued.pk)
        issued.refresh_from_db(fields=["pdf", "sha256", "fault", "tries", "next_try_at"])
    if not issued.printed:
        return render(request, "kernel/paper_waiting.html", {"issued": issued}, status=503)
    given = {"as_attachment": "download" in request.GET, "filename": issued.file_name, "content_type": PDF}
    return FileResponse(Path(issued.pdf.path).open("rb"), headers=AS_IT_IS, **given)


@require_safe
def document_preview(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A 草稿 of a document that some step open to the reader would issue, before any facts are typed."""
    matter, moment = matter_or_404(request, number), moment_of(request)
    for one in open_steps(matter, request.user, moment):
        if key in applying(one.step.documents, matter, moment):
            return _shown(request, matter, key, Actor(request.user, one.post))
    raise Http404


def _shown(request: HttpRequest, matter: Matter, key: str, actor: Actor) -> HttpResponse:
    """What the document still lacks is said on the matter's page."""
    try:
        return HttpResponse(preview(key, matter, actor, facts={}), content_type=PDF, headers=AS_IT_IS)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("matter", matter.number)


urlpatterns = [
    path("documents/<int:pk>/", document_pdf, name="document"),
    path("documents/preview/<str:number>/<slug:key>/", document_preview, name="document_preview"),
]
