"""What every view of a workflow knows, and how it stands in the schema."""

from django.http import Http404
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request
from rest_framework.views import APIView

from coordination.kernel.api.problems import MEDIA_TYPE
from coordination.kernel.api.shapes import Problem
from coordination.kernel.matters import Matter
from coordination.kernel.web.request import matter_or_404


class Described(AutoSchema):
    """Refusals are part of every answer; a view that serves several workflows is named by each of them."""

    REFUSALS = (400, 401, 403, 404, 406, 429)

    def get_tags(self) -> list[str]:
        model = getattr(self.view, "model", None)
        return [model.KIND] if model else ["all"]

    def get_operation_id(self) -> str:
        ids = getattr(self.view, "operation_ids", None)
        if ids is None:
            return super().get_operation_id()
        model = getattr(self.view, "model", None)
        name = ids[self.method.lower()]
        return f"{model.KIND}_{name}" if model else name

    def get_response_serializers(self):
        answers = super().get_response_serializers()
        good = answers if isinstance(answers, dict) else {200: answers}
        return good | self.refusals()

    def refusals(self) -> dict:
        more = (409, 413, 415, 422, 507) if self.method == "POST" else (422, 503)
        return {(code, MEDIA_TYPE): Problem for code in (*self.REFUSALS, *more)}


class View(APIView):
    """A view of one workflow, or of none."""

    schema = Described()
    model: type[Matter] | None = None
    operation_ids: dict[str, str] = {}

    def matter(self, request: Request, number: str) -> Matter:
        """The matter of this workflow that the caller may see; 404 for any other, whether or not it exists."""
        if "\0" in number:
            raise Http404
        found = matter_or_404(request, number)
        if found.KIND != self.model.KIND:
            raise Http404
        return found
