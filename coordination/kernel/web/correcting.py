"""更正文书: the form in which a head of the organ puts words of an issued document right, with a draft to look at."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coordination.kernel.documents import Changes, IssuedDocument
from coordination.kernel.steps.correcting import correct, may_correct, preview
from coordination.kernel.web.materials.views import STATUS
from coordination.kernel.web.papers import AS_IT_IS, PDF
from coordination.kernel.web.sealing import issued_or_404
from coordination.kernel.words import Refusal

PLACES = range(1, 4)
#: Characters of a passage, and of the reason.
LONGEST, REASON_LONGEST = 300, 200


class CorrectionForm(forms.Form):
    """Up to three passages; whoever has more to put right issues another document after this one."""

    reason = forms.CharField(label=gettext_lazy("更正的理由"), max_length=REASON_LONGEST)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for n in PLACES:
            was = forms.CharField(label=_("第 %(n)s 处原文") % {"n": n}, max_length=LONGEST, required=n == 1)
            was.help_text = _("从文书中照抄有误的一段文字，前后多抄几个字，以免与别处相同") if n == 1 else ""
            self.fields[f"was_{n}"] = was
            self.fields[f"reads_{n}"] = forms.CharField(
                label=_("第 %(n)s 处更正为") % {"n": n}, max_length=LONGEST, required=False
            )

    @property
    def changes(self) -> Changes:
        told = self.cleaned_data
        return [(told[f"was_{n}"], told[f"reads_{n}"]) for n in PLACES if told[f"was_{n}"]]


@require_http_methods(["GET", "HEAD", "POST"])
def document_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """POST issues the new document; with `preview` it shows the draft instead."""
    issued = issued_or_404(request, pk)
    if request.method != "POST" and not may_correct(issued, request.user):
        raise PermissionDenied(_("文书由发文机关的审批人更正，已被替代的不再更正。"))
    form = CorrectionForm(request.POST or None)
    if request.method != "POST":
        return _page(request, issued, form)
    if not form.is_valid():
        return _page(request, issued, form, 422)
    try:
        return _taken(request, issued, form)
    except Refusal as refusal:
        return _page(request, issued, form, STATUS.get(refusal.code, 422), refusal)


def _taken(request: HttpRequest, issued: IssuedDocument, form: CorrectionForm) -> HttpResponse:
    if "preview" in request.POST:
        return HttpResponse(preview(issued, form.changes, request.user), content_type=PDF, headers=AS_IT_IS)
    new = correct(issued, form.changes, form.cleaned_data["reason"], request.user)
    messages.success(request, _("已制发%(new)s，替代%(old)s。") % {"new": new, "old": issued.number})
    return redirect("matter", issued.matter.number)


def _page(request: HttpRequest, issued: IssuedDocument, form: CorrectionForm, status: int = 200, refusal=None):
    crumbs = [(issued.matter.number, reverse("matter", args=[issued.matter.number])), (_("更正文书"), "")]
    context = {"issued": issued, "form": form, "refusal": refusal, "crumbs": crumbs}
    return render(request, "kernel/correcting.html", context, status=status)


urlpatterns = [path("documents/<int:pk>/correct/", document_correct, name="document_correct")]
