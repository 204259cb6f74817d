"""Looking up who complained: password and reason first, then ten minutes; and the copy of a letter that is served."""

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from complaints.helping import why_not
from complaints.identity import FIELDS, Identity, Reveal, may_reveal, reveal
from complaints.models import Complaint
from complaints.serving import served
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.web.request import matter_or_404, moment_of
from coordination.kernel.web.system import NotYours
from coordination.kernel.words import Refusal, carries

#: The reveals of this session: a name that was asked for in one browser is not shown in another.
SESSION = "reveals"


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("查看理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("如：电话告知处理结果。写入办理经过"),
    )
    password = forms.CharField(
        label=gettext_lazy("您的登录密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@never_cache
@sensitive_post_parameters("password")
def identity_page(request: HttpRequest, number: str) -> HttpResponse:
    """Asks for reason and password, or shows for the rest of the ten minutes what was asked for."""
    complaint = _complaint(request, number)
    if not may_reveal(complaint, request.user):
        raise NotYours(*why_not(complaint, request.user, moment_of(request)))
    shown = _standing(request, complaint)
    context = {"matter": complaint, "shown": shown, "form": RevealForm(request.POST or None)}
    if shown:
        return _until_over(request, shown, context | _told(complaint))
    if request.method == "POST" and context["form"].is_valid():
        return _asked(request, complaint, context)
    return render(request, "complaints/identity.html", context, status=422 if request.method == "POST" else 200)


def _until_over(request: HttpRequest, shown: Reveal, context: dict) -> HttpResponse:
    """The page asks for itself again when the time is over, also without JavaScript: no name stays on a screen."""
    page = render(request, "complaints/identity.html", context)
    page["Refresh"] = str(int((shown.until - moment_of(request)).total_seconds()) + 1)
    return page


def _asked(request: HttpRequest, complaint: Complaint, context: dict) -> HttpResponse:
    """The password is checked like a login: wrong ones are counted and lock the account."""
    given = context["form"].cleaned_data
    if authenticate(request, username=request.user.get_username(), password=given["password"]) != request.user:
        context["form"].add_error("password", _("密码不正确，请重新输入。"))
        return render(request, "complaints/identity.html", context, status=422)
    row = reveal(complaint, _actor(request, complaint), given["reason"], moment_of(request))
    request.session[SESSION] = [*request.session.get(SESSION, [])[-20:], row.pk]
    return redirect("complaints-identity", complaint.number)


def _actor(request: HttpRequest, complaint: Complaint) -> Actor:
    """The reader in the post through which he handles the complaint."""
    handling = {complaint.asked_id, complaint.recorder_id, *complaint.receivers}
    post = next(post for post in posts_of(request.user) if post.organ_id in handling)
    return Actor(request.user, post)


def _complaint(request: HttpRequest, number: str) -> Complaint:
    matter = matter_or_404(request, number)
    if not isinstance(matter, Complaint):
        raise Http404
    return matter


def _standing(request: HttpRequest, complaint: Complaint) -> Reveal | None:
    """The reveal that this person asked for in this session, as long as it lasts."""
    mine = Reveal.objects.filter(pk__in=request.session.get(SESSION, []), user=request.user, complaint=complaint)
    return mine.filter(until__gt=moment_of(request)).order_by("-until").first()


def _told(complaint: Complaint) -> dict:
    """What was sealed, opened for this page alone; and the letters that a copy for service can be made of."""
    row = Identity.objects.filter(pk=complaint.pk).first()
    opened = row.open() if row else {}
    letters = complaint.documents.filter(key__in=served).defer("html")
    return {
        "facts": [(FIELDS[name], _callable(name, opened[name])) for name in FIELDS if name in opened],
        "letters": letters if opened.get("sealed_name") else (),
    }


def _callable(name: str, told: str) -> str:
    """A number is called from the phone by a touch."""
    return format_html('<a href="tel:{}">{}</a>', told, told) if name == "sealed_phone" else told


@never_cache
@require_safe
@carries("LAW-22")
def service_copy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The letter with the addressee's name, made for service and kept nowhere; only while the name is revealed."""
    complaint = _complaint(request, number)
    issued = get_object_or_404(IssuedDocument, pk=pk, matter=complaint.pk, key__in=served)
    if not may_reveal(complaint, request.user) or _standing(request, complaint) is None:
        raise PermissionDenied(_("请先说明理由并验证身份，再在十分钟内打印送达件。"))
    row = get_object_or_404(Identity, pk=complaint.pk)
    try:
        content = served[issued.key](issued, row.open())
    except Refusal as refusal:
        raise PermissionDenied(refusal.message) from refusal
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
