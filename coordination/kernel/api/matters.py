"""Lists and single matters of one workflow; a new matter by its first step."""

import base64
import binascii

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api import shapes, telling
from coordination.kernel.api.base import View
from coordination.kernel.api.forms import coded
from coordination.kernel.api.problems import Unprocessable
from coordination.kernel.api.steps import Birth
from coordination.kernel.matters import Matter
from coordination.kernel.web.lists import FilterForm
from coordination.kernel.web.request import calendar_of, moment_of, organs_of

FILTERS = ("q", "stage", "urgency", "place", "due")
PARAMETERS = [
    OpenApiParameter("q", str, description="words of the number, the title, the party or the place"),
    OpenApiParameter("stage", str, description="key of a stage"),
    OpenApiParameter("urgency", str, description="key of an urgency"),
    OpenApiParameter("place", str, description="key of a township"),
    OpenApiParameter("due", str, enum=["overdue", "open"]),
    OpenApiParameter("cursor", str, description="from `next` or `previous`"),
    OpenApiParameter("page_size", int, description="at most 200"),
]


class Newest(CursorPagination):
    """The newest first; a cursor that was not given out is not found."""

    ordering, page_size, max_page_size, page_size_query_param = "-id", 50, 200, "page_size"

    def decode_cursor(self, request: Request):
        try:
            encoded = request.query_params.get(self.cursor_query_param, "")
            base64.b64decode(encoded.encode("ascii"), validate=True)
            cursor = super().decode_cursor(request)
        except (UnicodeError, binascii.Error) as fault:
            raise NotFound(self.invalid_cursor_message) from fault
        position = cursor and cursor.position
        if position is not None and not (position.isascii() and position.isdecimal() and len(position) < 19):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class MatterList(View):
    """The matters of one workflow that the caller may see; POST begins one by its first step."""

    operation_ids = {"get": "list"}

    @extend_schema(parameters=PARAMETERS, responses=shapes.Page)
    def get(self, request: Request) -> Response:
        """Filtered as the list on the screen, the newest first."""
        moment = moment_of(request)
        matters = _filters(self.model, request).within(request.user, self.model.KIND, moment)
        matters = matters.select_related("place", "item", "holder")
        pages, stages = Newest(), dict(self.model.Stage.choices)
        page = pages.paginate_queryset(matters, request, view=self)
        return pages.get_paginated_response([telling.summary(matter, stages) for matter in page])


class MatterListAndBirth(Birth, MatterList):
    """The same address takes a new matter."""


def _filters(model: type[Matter], request: Request) -> FilterForm:
    """The filters of the list; one that makes no sense is refused, for a program would not see that it was ignored."""
    asked = {name: request.query_params[name] for name in FILTERS if request.query_params.get(name)}
    organs = organs_of(request).values()
    if "place" in asked:
        asked["place"] = next((organ.pk for organ in organs if organ.key == asked["place"]), "?")
    form = FilterForm(model, organs, asked)
    if not form.is_valid():
        raise Unprocessable({name: coded(errors) for name, errors in form.errors.as_data().items()})
    return form


class MatterDetail(View):
    """One matter, for whoever may see it."""

    operation_ids = {"get": "detail"}

    @extend_schema(responses=shapes.Detail)
    def get(self, request: Request, number: str) -> Response:
        """Facts, stage, clocks with their reasoning, papers, materials, links, timeline, and what may be done now."""
        matter = self.matter(request, number)
        return Response(telling.detail(matter, request.user, moment_of(request), calendar_of(request)))
