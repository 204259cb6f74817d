"""GET /api/v1/due/: the calculator for programs; the same questions, the same refusals, the same reasoning."""

from django.http import QueryDict
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.kernel.web.calculation import answer
from coordination.kernel.web.due_form import DueForm

PARAMETERS = [
    OpenApiParameter("start", str, required=True, description="2026-09-30 17:00 (Asia/Shanghai) or with an offset"),
    OpenApiParameter("limit", str, description="a limit of the county's mechanism, e.g. referrals.send"),
    OpenApiParameter("within", str, description="instead of a limit: 3 working days, 90 days, 24 hours, same day …"),
    OpenApiParameter("county", str, description="code of the county; required with a limit"),
    OpenApiParameter("pause", str, many=True, description="FROM..TO, or FROM.. while it lasts; may be repeated"),
    *(OpenApiParameter(name, str) for name in ("urgency", "bearer", "direction", "kind", "ongoing")),
]


class DueView(APIView):
    """When a time limit ends, and why."""

    @extend_schema(operation_id="due", parameters=PARAMETERS, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """`due` is the exclusive end (the next midnight for limits by the day), `trace` the reasoning."""
        form = DueForm(one_text_each(request.query_params))
        found = answer(form)
        if found is None:
            raise ValidationError(form.errors)
        return Response(found.as_json())


def one_text_each(parameters: QueryDict) -> dict[str, str]:
    """Repeated parameters as lines of one text, which is how the form takes pauses."""
    return {name: "\n".join(values) for name, values in parameters.lists()}


urlpatterns = [path("due/", DueView.as_view(), name="due")]
