"""Materials of a matter, in and out, and the PDFs of its documents."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api import shapes, telling
from coordination.kernel.api.base import View
from coordination.kernel.api.forms import coded
from coordination.kernel.api.problems import NotReady, TooLarge, Unprocessable
from coordination.kernel.documents import IssuedDocument, render_document
from coordination.kernel.materials import Material, record_access, room_or_refusal, store
from coordination.kernel.matters import Matter
from coordination.kernel.web.materials.forms import UploadForm
from coordination.kernel.web.materials.showing import actor_on
from coordination.kernel.web.materials.views import SEALED
from coordination.kernel.web.request import moment_of, openable_or_404

#: Row ids are 64 bits wide; a larger number names nothing.
LARGEST = 2**63 - 1


class BoundedMultiPartParser(MultiPartParser):
    """Looks at the size before a byte is kept; a full disk is told in words."""

    def parse(self, stream, media_type=None, parser_context=None):
        told = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if int(told) > settings.MATERIAL_REQUEST_MAX_BYTES:
            raise TooLarge(_("本次上传过大，没有保存，请分次上传。"))
        with room_or_refusal():
            return super().parse(stream, media_type, parser_context)


class Materials(View):
    """The materials of one matter."""

    operation_ids = {"get": "materials", "post": "add_material"}
    parser_classes = [BoundedMultiPartParser]

    @extend_schema(responses=shapes.MaterialShape(many=True))
    def get(self, request: Request, number: str) -> Response:
        """All of them, those that were withdrawn marked as such."""
        matter = self.matter(request, number)
        return Response(telling.materials_of(matter) if matter.may_open(request.user) else [])

    @extend_schema(request={"multipart/form-data": shapes.Upload}, responses={201: shapes.MaterialShape})
    def post(self, request: Request, number: str) -> Response:
        """Add one file, described as the handover sheet asks; kept bit-identical once it has been examined."""
        matter = self.matter(request, number)
        actor = actor_on(request, matter)
        told = {"copies": "1", "original": "true"} | {
            name: request.data[name] for name in request.data if name != "file"
        }
        form = UploadForm(told, {"files": request.FILES.getlist("file")})
        if not form.is_valid():
            faults = form.errors.as_data().items()
            raise Unprocessable({"file" if name == "files" else name: coded(errors) for name, errors in faults})
        (file,) = form.cleaned_data["files"][:1]
        kept = store(matter, file, actor=actor, moment=moment_of(request), **form.description(1))
        return Response(telling.material(kept), status=201)


class MaterialFile(View):
    """The file of a material."""

    operation_ids = {"get": "material_file"}

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> FileResponse:
        """As it came, bit by bit, in its own media type; taking it from a restricted matter is recorded."""
        moment = moment_of(request)
        visible = Matter.objects.visible_to(request.user)
        seen = Material.objects.select_related("matter").filter(matter__in=visible)
        one = get_object_or_404(seen, pk=min(pk, LARGEST))
        openable_or_404(request, one.matter)
        try:
            file = one.path.open("rb")
        except FileNotFoundError as fault:
            raise Http404 from fault
        record_access(one, request.user, moment)
        return FileResponse(file, as_attachment=True, filename=one.name, content_type=one.mime, headers=SEALED)


class DocumentFile(View):
    """The PDF of a document."""

    operation_ids = {"get": "document_file"}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> FileResponse:
        """One that was not printed yet is printed now; 503 if that cannot be done, to be asked for again later."""
        issued = openable(request, pk)
        if not issued.printed:
            render_document(issued.pk)
            issued.refresh_from_db(fields=["pdf", "sha256"])
        if not issued.printed:
            raise NotReady(_("文书正在制作，请稍后再取。"))
        return FileResponse(
            Path(issued.pdf.path).open("rb"), as_attachment=True, filename=issued.file_name, headers=SEALED
        )


class SealedFile(View):
    """The document as its organ has signed it."""

    operation_ids = {"get": "sealed_file"}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> FileResponse:
        """The signed PDF (PAdES); 404 while there is none. A scan of the stamped paper is a material of the matter."""
        seal = getattr(openable(request, pk), "seal", None)
        if seal is None or not seal.made:
            raise Http404
        name = seal.document.file_name
        return FileResponse(Path(seal.pdf.path).open("rb"), as_attachment=True, filename=name, headers=SEALED)


def openable(request: Request, pk: int) -> IssuedDocument:
    """A document of a matter whose papers the caller may open, as on the pages; 404 for any other."""
    moment_of(request)
    visible = Matter.objects.visible_to(request.user)
    seen = IssuedDocument.objects.defer("html").select_related("matter", "seal").filter(matter__in=visible)
    issued = get_object_or_404(seen, pk=min(pk, LARGEST))
    openable_or_404(request, issued.matter)
    return issued
