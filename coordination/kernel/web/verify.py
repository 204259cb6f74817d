"""文书验证: anyone who holds a paper may ask whether it is the one issued. No login, and nothing but that answer."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.kernel.documents import verify as verified
from coordination.kernel.web.correcting import urlpatterns as correcting
from coordination.kernel.web.papers import urlpatterns as papers

#: Larger than any document; a file above it is certainly not one of ours.
LARGEST = 20 * 1024 * 1024


class VerifyForm(forms.Form):
    """The code printed on the paper and, to compare it, the file."""

    code = forms.CharField(label=_("验证码"), max_length=20, help_text=_("印在文书每页下方，12 位字母和数字"))
    file = forms.FileField(
        label=_("文书文件（PDF）"), required=False, help_text=_("只比对，不保存"), widget=forms.FileInput
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 20 MB，不是本平台制发的文书，请核对后重新选择。"))
        return file


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, filled in by the QR code of a paper (`?code=`), and the answer."""
    given = request.POST if request.method == "POST" else (request.GET if "code" in request.GET else None)
    form = VerifyForm(given, request.FILES or None)
    context = {"form": form, "asked": False, "found": None}
    if given is not None and form.is_valid():
        file = form.cleaned_data["file"]
        context |= {"asked": True, "found": verified(form.cleaned_data["code"], file), "file": file}
    return render(request, "kernel/verify.html", context)


urlpatterns = [path("verify/", verify, name="verify"), *papers, *correcting]
