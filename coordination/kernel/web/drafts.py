"""Drafts: what somebody has typed is kept for him alone, by the address of its form, until the step is taken.

A view whose form may be kept carries `draft_label(user, **kwargs)`: what the draft is called in the list, or None for
an address at which he has nothing to do. A form that gives birth to a matter is opened each time at an address of its
own (`?draft=5f3a90c1`), so that two of them stand side by side.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.kernel.drafts import Draft
from coordination.kernel.organs import User
from coordination.kernel.steps.forms import SEALED
from coordination.kernel.web.request import moment_of
from coordination.kernel.words import carries

#: Never kept: they belong to the request, not to what was typed; nor do the buttons, whose names begin with `_`.
LEFT_OUT = {"csrfmiddlewaretoken", "version", "files"}
LONGEST = 100_000
LISTED = 50
#: In the session: what the last so many openings of a form have become.
BORN, REMEMBERED = "born", 20
TOKEN = re.compile(r"[0-9a-f]{8}")
#: A form that asks whether what is typed is secret is kept only once the answer lets it be: a state secret is stored
#: nowhere, not even in a draft (执法信息共享工作机制 三（四）, NW-4.25).
SECRET, NEVER_KEPT = "secret", ("", "state")
#: The answer to the script where nothing was kept, and rightly.
UNKEPT = 202


def token_of(request: HttpRequest) -> str:
    """The sign by which this opening of a birth's form is told from another; empty without one."""
    given = request.GET.get("draft", "")
    return given if TOKEN.fullmatch(given) else ""


def address_of(request: HttpRequest, token: str = "") -> str:
    """The form's own address: the path, the matter that it opens from, and the sign of this opening."""
    told = {"from": request.GET.get("from", ""), "draft": token or token_of(request)}
    query = urlencode({name: value for name, value in told.items() if value}, safe="/")
    return f"{request.path}?{query}" if query else request.path


def opened_at(request: HttpRequest) -> str:
    """The address of a birth's form: its own, or a new one where it was opened without, or has given birth already."""
    fresh = request.method == "GET" and born_of(request)
    return address_of(request, secrets.token_hex(4) if fresh else token_of(request) or secrets.token_hex(4))


def born_of(request: HttpRequest) -> str:
    """The number of the matter that this opening of a form has given birth to; empty before. Whoever goes back and
    presses again has no second one."""
    return request.session.get(BORN, {}).get(token_of(request), "")


def note_birth(request: HttpRequest, number: str) -> None:
    """Remember for this session what this opening of a form has become."""
    born = {**request.session.get(BORN, {}), token_of(request): number}
    request.session[BORN] = dict(list(born.items())[-REMEMBERED:])


def draft_at(user: User, key: str) -> Draft | None:
    return Draft.objects.filter(user=user, key=key[:120]).first()


def draft_of(request: HttpRequest) -> Draft | None:
    """The reader's draft of the form at this address."""
    return draft_at(request.user, address_of(request))


def forget_draft(request: HttpRequest) -> None:
    Draft.objects.filter(user=request.user, key=address_of(request)[:120]).delete()


def forget_secrets(request: HttpRequest) -> None:
    """What was sent is secret, or may be: a draft of it that was kept before is gone."""
    if not may_be_kept(request):
        forget_draft(request)


@carries("NW-4.25")
def may_be_kept(request: HttpRequest) -> bool:
    return request.POST.get(SECRET, "none") not in NEVER_KEPT


def save_url(address: str) -> str:
    return f"{reverse('draft')}?{urlencode({'for': address}, safe='/')}"


def keep_draft(request: HttpRequest, address: str = "") -> HttpResponse:
    """Saved by the button of a page without JavaScript."""
    address = address or address_of(request)
    keep(request, address)
    return redirect(address)


def target_of(request: HttpRequest) -> str:
    """The address that `?for=` names, if it is a form of this installation at which the reader has something to do."""
    target = urlsplit(request.GET.get("for", ""))
    address = f"{target.path}?{target.query}" if target.query else target.path
    if target.netloc or _label(request.user, address) is None:
        raise Http404
    return address


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """The reader's drafts; a POST, sent while somebody types, saves one. Writes a draft, never a matter."""
    moment_of(request)
    if request.method == "GET":
        return render(request, "kernel/drafts.html", {"drafts": kept_by(request.user)})
    if keep(request, target_of(request)) is not None:
        return HttpResponse(status=204)
    return HttpResponse(status=413 if may_be_kept(request) else UNKEPT)


def keep_typed(request: HttpRequest) -> None:
    """What somebody sends whose session is over: a form's contents lie ready when he comes back."""
    if request.method == "POST" and is_a_form(request):
        keep(request, address_of(request))
    elif request.method == "POST" and request.resolver_match.url_name == "draft":
        keep(request, target_of(request))


def is_a_form(request: HttpRequest) -> bool:
    """Whether the page that is asked for is a form whose contents may be kept."""
    return hasattr(request.resolver_match.func, "draft_label")


@require_POST
def delete_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is given up, with its files."""
    get_object_or_404(Draft, pk=pk, user=request.user).delete()
    return redirect("draft")


@dataclass(frozen=True)
class Kept:
    """A draft as the list shows it."""

    pk: int
    label: str
    title: str
    url: str
    saved_at: datetime
    files: int


def kept_by(user: User, path: str = "") -> list[Kept]:
    """The newest first; `path`: only of the form there. One query, and those by which labels are told."""
    found = Draft.objects.filter(user=user, key__startswith=path).annotate(count=Count("files")).order_by("-saved_at")
    named = ((draft, _label(user, draft.key)) for draft in found[:LISTED])
    return [_kept(draft, label) for draft, label in named if label is not None]


def _kept(draft: Draft, label: str) -> Kept:
    title = next((draft.fields[name][0] for name in ("title", "subject_name") if draft.fields.get(name, [""])[0]), "")
    return Kept(draft.pk, label, title or _("还没有填写事由"), draft.key, draft.saved_at, draft.count)


def _label(user: User, address: str) -> str | None:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    told = getattr(match.func, "draft_label", None)
    return told(user, **match.kwargs) if told else None


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("draft", [""])[0]


def keep(request: HttpRequest, key: str) -> Draft | None:
    """Keep what was posted as the draft at `key`; None if it may not be kept, or is longer than anybody types."""
    if not may_be_kept(request):
        Draft.objects.filter(user=request.user, key=key[:120]).delete()
        return None
    lists = request.POST.lists()
    typed = ((name, values) for name, values in lists if name not in LEFT_OUT and not name.startswith(("_", SEALED)))
    fields = {_plain(name): [_plain(value) for value in values] for name, values in typed}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        return None
    draft, _new = Draft.objects.update_or_create(
        user=request.user, key=key[:120], defaults={"fields": fields, "saved_at": moment_of(request)}
    )
    return draft


def _plain(words: str) -> str:
    """Without the one character that the database cannot keep."""
    return words.replace("\0", "")
