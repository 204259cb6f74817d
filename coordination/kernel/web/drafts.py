"""Drafts: what somebody has typed is kept for him alone, by the address of its form, until the step is taken."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coordination.kernel.matters import Draft
from coordination.kernel.steps.forms import SEALED
from coordination.kernel.web.request import moment_of

#: Never kept: they belong to the request, not to what was typed.
LEFT_OUT = {"csrfmiddlewaretoken", "version", "_draft", "_preview"}
LONGEST = 100_000


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


def _keep(request: HttpRequest, key: str) -> None:
    lists = request.POST.lists()
    typed = ((name, values) for name, values in lists if name not in LEFT_OUT and not name.startswith(SEALED))
    fields = {_plain(name): [_plain(value) for value in values] for name, values in typed}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        return
    Draft.objects.update_or_create(
        user=request.user, key=key[:120], defaults={"fields": fields, "saved_at": moment_of(request)}
    )


def _plain(words: str) -> str:
    """Without the one character that the database cannot keep."""
    return words.replace("\0", "")
