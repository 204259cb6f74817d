"""The public page on which anyone checks a paper, and the PDF for those who may see its matter."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from coordination.kernel.documents import IssuedDocument, verify
from coordination.kernel.matters import Matter
from coordination.kernel.web.request import moment_of


@login_not_required
def verify_page(request: HttpRequest) -> HttpResponse:
    """Number, organ, title, date and hash of the paper with this code; whether an offered file is the one issued."""
    code = request.POST.get("code") or request.GET.get("code", "")
    found = verify(code, request.FILES.get("file")) if code else None
    return render(request, "kernel/verify.html", {"code": code, "found": found})


def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a document of a matter that the reader may see."""
    moment_of(request)
    visible = Matter.objects.visible_to(request.user)
    document = IssuedDocument.objects.filter(pk=pk, matter__in=visible).exclude(sha256="").first()
    if document is None:
        raise Http404
    answer = HttpResponse(document.pdf.read(), content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


urlpatterns = [path("verify/", verify_page, name="verify"), path("documents/<int:pk>/", document_pdf, name="document")]
