"""盖章 of one issued paper: its files, whether it is signed, and the place for a scan of the sealed paper."""

from collections.abc import Collection
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.kernel.documents import IssuedDocument, add_scan, seal_document
from coordination.kernel.materials import ENDINGS
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps.correcting import may_correct
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.materials.views import SEALED, STATUS
from coordination.kernel.web.moments import moment_words
from coordination.kernel.web.request import moment_of, openable_or_404
from coordination.kernel.words import Refusal


class ScanForm(forms.Form):
    """The scan of the paper that bears the seal."""

    file = forms.FileField(label=gettext_lazy("已盖章扫描件"), help_text=gettext_lazy("扫描成 PDF，或者拍照"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ENDINGS


def sealing_of(issued: IssuedDocument, organs: Collection[int]) -> dict:
    """What a list of papers says of its seal, and whether another has taken its place: tags, and where more is to be
    had by a reader of these organs."""
    later = next(iter(issued.corrections.all()), None)
    if later:
        replaced = {"label": _("已更正，见%(number)s") % {"number": later.number}, "tone": "outline"}
        return {"tags": [replaced]} | _more(issued, organs, to_see=True)
    if not issued.document.sealed:
        return {}
    seal, scans = getattr(issued, "seal", None), list(issued.scans.all())
    tags = []
    if seal and seal.made:
        tags.append({"label": _("已签章"), "tone": "good"})
    elif seal and seal.fault:
        tags.append({"label": _("签章未成功"), "tone": "warn"})
    if any(not scan.material.withdrawn for scan in scans):
        tags.append({"label": _("有盖章扫描件"), "tone": "good"})
    waiting = {"label": _("待盖章"), "tone": "outline"}
    return {"tags": tags or [waiting]} | _more(issued, organs, to_see=bool(tags))


def correcting_of(issued: IssuedDocument, signs: set[int]) -> dict:
    """Where a document that bears no seal is corrected, for those who sign for its organ; of a sealed one the page of
    its seal says so."""
    correct = {"label": _("更正"), "url": reverse("document_correct", args=[issued.pk])}
    return {"more": correct} if issued.organ_id in signs and not issued.corrections.all() else {}


def _more(issued: IssuedDocument, organs: Collection[int], *, to_see: bool) -> dict:
    """The page of the seal: for the organ that seals, and for others once there is something `to_see`."""
    own = issued.organ_id in organs
    if not issued.document.sealed or not (own or to_see):
        return {}
    return {"more": {"label": _("盖章") if own else _("签章件"), "url": reverse("document_seal", args=[issued.pk])}}


def issued_or_404(request: HttpRequest, pk: int) -> IssuedDocument:
    """A document of a matter whose papers the reader may open; 404 for any other."""
    seen = Matter.objects.visible_to(request.user)
    papers = IssuedDocument.objects.defer("html").select_related("organ", "matter", "seal")
    issued = get_object_or_404(papers, pk=pk, matter__in=seen)
    openable_or_404(request, issued.matter)
    return issued


def _actor(request: HttpRequest, issued: IssuedDocument) -> Actor | None:
    """The reader in a post of the organ that issued the paper; None for all others."""
    post = next((post for post in posts_of(request.user) if post.organ_id == issued.organ_id), None)
    return Actor(request.user, post) if post else None


def _page(request: HttpRequest, issued: IssuedDocument, form: ScanForm, status: int = 200, refusal=None):
    matter = issued.matter
    crumbs = [(matter.number, reverse("matter", args=[matter.number])), (_("盖章"), "")]
    context = {
        "issued": issued,
        "seal": getattr(issued, "seal", None),
        "crumbs": crumbs,
        "files": _files(issued),
        "form": form if issued.document.sealed and _actor(request, issued) else None,
        "refusal": refusal,
        "may_correct": may_correct(issued, request.user),
    }
    return render(request, "kernel/sealing.html", context, status=status)


def _files(issued: IssuedDocument) -> list[dict]:
    """The paper as it was printed, as it was signed, and each scan, the newest first."""
    printed = {"title": issued.title, "note": issued.number, "url": reverse("document", args=[issued.pk])}
    rows = [printed]
    if hasattr(issued, "seal") and issued.seal.made:
        signed = _("%(title)s（已签章）") % {"title": issued.title}
        note = f"{issued.seal.signer} · {moment_words(issued.seal.sealed_at)}"
        rows.append({"title": signed, "note": note, "url": reverse("document_sealed", args=[issued.pk])})
    for scan in issued.scans.select_related("material__organ"):
        material = scan.material
        note = f"{material.organ} · {moment_words(material.added_at)} · SHA-256 {material.sha256[:16]}…"
        url = reverse("material-file", args=[material.pk])
        tags = [{"label": _("已撤回"), "tone": "outline"}] if material.withdrawn else []
        rows.append({"title": material.title, "note": note, "url": url, "tags": tags})
    return [row | {"label": _("下载")} for row in rows]


def _too_large(request: HttpRequest, refusal: Refusal, pk: int) -> HttpResponse:
    return _page(request, issued_or_404(request, pk), ScanForm(), STATUS.get(refusal.code, 413), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@bounded(_too_large)
def document_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; POST adds a scan, in a post of the organ that issued the paper."""
    issued = issued_or_404(request, pk)
    if request.method != "POST":
        return _page(request, issued, ScanForm())
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, issued, form, 422)
    try:
        actor = _actor(request, issued) or Actor(request.user)
        add_scan(issued, form.cleaned_data["file"], actor=actor, moment=moment_of(request))
    except Refusal as refusal:
        return _page(request, issued, form, STATUS.get(refusal.code, 422), refusal)
    messages.success(request, _("已保存“%(title)s”的盖章扫描件。") % {"title": issued.title})
    return redirect("document_seal", pk)


@require_POST
def seal_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try the signature at once, when the certificate has been put right."""
    issued = issued_or_404(request, pk)
    if _actor(request, issued) is None:
        raise PermissionDenied(_("签章由发文机关办理，请联系%(organ)s。") % {"organ": issued.organ})
    seal_document(issued.pk)
    return redirect("document_seal", pk)


@require_safe
def document_sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed PDF; 404 where there is none, or the matter may not be seen."""
    moment_of(request)
    seen = Matter.objects.visible_to(request.user)
    signed = IssuedDocument.objects.defer("html").select_related("seal", "matter").exclude(seal__sha256="")
    issued = get_object_or_404(signed, pk=pk, matter__in=seen, seal__isnull=False)
    openable_or_404(request, issued.matter)
    given = {"as_attachment": True, "filename": issued.file_name, "content_type": "application/pdf"}
    return FileResponse(Path(issued.seal.pdf.path).open("rb"), headers=SEALED, **given)


urlpatterns = [
    path("documents/<int:pk>/seal/", document_seal, name="document_seal"),
    path("documents/<int:pk>/seal/again/", seal_again, name="seal_again"),
    path("documents/<int:pk>/sealed/", document_sealed, name="document_sealed"),
]
