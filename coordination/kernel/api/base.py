"""What every view of a workflow knows, and how it stands in the schema."""

from django.http import Http404
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request
from rest_framework.views import APIView

from coordination.kernel.api.problems import MEDIA_TYPE, TITLES
from coordination.kernel.api.reading import BoundedJSONParser
from coordination.kernel.matters import Matter
from coordination.kernel.web.request import matter_or_404


class Described(AutoSchema):
    """A view that serves several workflows is named by each of them."""

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


REFUSALS = (400, 401, 403, 404, 405, 406, 422, 429)
OF_READING, OF_WRITING = (503,), (409, 413, 415, 507)


def announce_refusals(result: dict, **_context) -> dict:
    """Refusals are part of every answer: put into the finished schema, so that no view can forget them."""
    for methods in result["paths"].values():
        for method, operation in methods.items():
            for code in (*REFUSALS, *(OF_WRITING if method == "post" else OF_READING)):
                shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
                operation["responses"][str(code)] = {"content": {MEDIA_TYPE: shape}, "description": TITLES[code]}
    return result


class Nowhere(APIView):
    """An address that no flow declares: a program is told so as it is told of everything else."""

    schema = None

    def http_method_not_allowed(self, request: Request, *args, **kwargs):
        raise Http404


class View(APIView):
    """A view of one workflow, or of none."""

    schema = Described()
    parser_classes = [BoundedJSONParser]
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
