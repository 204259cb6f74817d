"""Drafts: what somebody has typed is kept for him alone, by the address of its form, until the step is taken."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coordination.kernel.matters import Draft
from coordination.kernel.web.request import moment_of
from coordination.kernel.words import carries

#: Never kept: they belong to the request, not to what was typed.
LEFT_OUT = {"csrfmiddlewaretoken", "version", "_draft", "_preview"}
LONGEST = 100_000
#: A form that asks whether what is typed is secret is kept only once the answer lets it be: a state secret is stored
#: nowhere, not even in a draft (执法信息共享工作机制 三（四）, NW-4.25).
SECRET, NEVER_KEPT = "secret", ("", "state")


def address_of(request: HttpRequest) -> str:
    """The form's own address: the path, with the matter that it opens from."""
    origin = request.GET.get("from", "")
    return f"{request.path}?from={origin}" if origin else request.path


def draft_of(request: HttpRequest) -> Draft | None:
    """The reader's draft of the form at this address."""
    return Draft.objects.filter(user=request.user, key=address_of(request)[:120]).first()


def forget_draft(request: HttpRequest) -> None:
    Draft.objects.filter(user=request.user, key=address_of(request)[:120]).delete()


def keep_draft(request: HttpRequest) -> HttpResponse:
    """Saved by the button of a page without JavaScript."""
    _keep(request, address_of(request))
    return redirect(request.get_full_path())


@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Saved by the page while somebody types. Writes a draft, never a matter."""
    target = urlsplit(request.GET.get("for", ""))
    if not target.path.startswith("/") or target.netloc:
        return HttpResponse(status=400)
    _keep(request, f"{target.path}?{target.query}" if target.query else target.path)
    return HttpResponse(status=204)


def forget_secrets(request: HttpRequest) -> None:
    """What was sent is secret, or may be: a draft of it that was kept before is gone."""
    if not may_be_kept(request):
        forget_draft(request)


@carries("NW-4.25")
def may_be_kept(request: HttpRequest) -> bool:
    return request.POST.get(SECRET, "none") not in NEVER_KEPT


def _keep(request: HttpRequest, key: str) -> None:
    if not may_be_kept(request):
        Draft.objects.filter(user=request.user, key=key[:120]).delete()
        return
    typed = ((name, values) for name, values in request.POST.lists() if name not in LEFT_OUT)
    fields = {_plain(name): [_plain(value) for value in values] for name, values in typed}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        return
    Draft.objects.update_or_create(
        user=request.user, key=key[:120], defaults={"fields": fields, "saved_at": moment_of(request)}
    )


def _plain(words: str) -> str:
    """Without the one character that the database cannot keep."""
    return words.replace("\0", "")
