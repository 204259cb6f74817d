"""Files of a draft on the page of a birth: uploaded one by one by the script, or with the form by a button."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coordination.kernel.drafts import Draft
from coordination.kernel.materials import (
    ENDINGS,
    EXPECTED,
    DraftFile,
    MaterialKind,
    keep_in_draft,
    move_up,
    place,
)
from coordination.kernel.web.drafts import draft_at, may_be_kept, target_of
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.materials.views import SEALED
from coordination.kernel.web.request import moment_of
from coordination.kernel.words import Refusal

#: The buttons that do something with files and leave the form open.
ACTS = ("_upload", "_up", "_remove")


@dataclass(frozen=True)
class Line:
    """A file of a draft with what has been said of it."""

    pk: int
    name: str
    size: int
    kind: str
    title: str
    url: str


def lines_of(draft: Draft | None) -> list[Line]:
    """The files in their order. One query."""
    return [_line(file, draft.fields) for file in draft.files.all()] if draft else []


def _line(file: DraftFile, fields: dict) -> Line:
    said = {name: fields.get(f"file-{file.pk}-{name}", [""])[0] for name in ("kind", "title")}
    url = reverse("draft-file", args=[file.pk])
    return Line(file.pk, file.name, file.size, said["kind"] or file.kind, said["title"], url)


def picker(address: str, draft: Draft | None) -> dict:
    """What templates/components/draft_files.html shows."""
    return {
        "lines": lines_of(draft),
        "url": f"{reverse('draft-files')}?{urlencode({'for': address}, safe='/')}",
        "kinds": MaterialKind.choices,
        "endings": ENDINGS,
        "expected": EXPECTED,
        "most": settings.MATERIAL_MAX_BYTES,
    }


def described(draft: Draft, data) -> dict[int, dict]:
    """Kind and title of each file as the form says them; a kind that does not exist is not said."""
    told = {pk: {name: data.get(f"file-{pk}-{name}", "") for name in ("kind", "title")} for pk in _keys(draft)}
    return {
        pk: {"kind": one["kind"] if one["kind"] in MaterialKind.values else "", "title": one["title"].strip()[:120]}
        for pk, one in told.items()
    }


def _keys(draft: Draft) -> list[int]:
    return list(draft.files.values_list("pk", flat=True))


def act(request: HttpRequest, draft: Draft) -> list[Refusal]:
    """What the page asked to be done with the files: brought, moved up, taken out. What cannot be kept is told."""
    for name, do in (("_up", move_up), ("_remove", DraftFile.delete)):
        if request.POST.get(name, "").isascii() and request.POST.get(name, "").isdigit():
            do(get_object_or_404(draft.files, pk=int(request.POST[name][:9])))
    return [refusal for file in request.FILES.getlist("files") if (refusal := _bring(draft, file))]


def _bring(draft: Draft, file: UploadedFile) -> Refusal | None:
    try:
        keep_in_draft(draft, file)
    except Refusal as refusal:
        return refusal
    return None


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return HttpResponse(str(refusal.message), status=413, content_type="text/plain; charset=utf-8")


@require_POST
@bounded(_refused)
def draft_files(request: HttpRequest) -> HttpResponse:
    """For the script: does what is asked and answers with the list as it then is; 422 with words for a bad file."""
    address = target_of(request)
    if not may_be_kept(request):
        return HttpResponse(_("请先选择是否涉密，再添加材料。"), status=422, content_type="text/plain; charset=utf-8")
    draft = draft_at(request.user, address)
    if draft is None:
        draft = Draft.objects.create(user=request.user, key=address[:120], saved_at=moment_of(request))
    if refusals := act(request, draft):
        words = _("；").join(str(one.message) for one in refusals)
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    return render(request, "components/draft_files_list.html", {"files": picker(address, draft)})


@require_GET
def draft_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, for the one whose draft it is."""
    file = get_object_or_404(DraftFile, pk=pk, draft__user=request.user)
    content = place(file.sha256).open("rb")
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.mime, headers=SEALED)
