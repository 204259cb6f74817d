"""GET /api/v1/events/: what has happened to the matters that the caller may see, to be followed without a gap."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api import shapes
from coordination.kernel.api.base import View
from coordination.kernel.api.forms import read
from coordination.kernel.feed import as_json, events_after, place_new
from coordination.kernel.matters import Matter
from coordination.kernel.web.request import moment_of

PARAMETERS = [
    OpenApiParameter("after", int, description="`after` of the last answer; left out: from the beginning"),
    OpenApiParameter("limit", int, description="at most 500; 100 if left out"),
]


class Asked(serializers.Serializer):
    after = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class EventFeed(View):
    """The event feed."""

    operation_ids = {"get": "events"}

    @extend_schema(parameters=PARAMETERS, responses=shapes.Events)
    def get(self, request: Request) -> Response:
        """Steps and stages, numbers and organs, the oldest first; no person, no word of a matter."""
        moment_of(request)
        asked = read(
            Asked, {name: request.query_params[name] for name in ("after", "limit") if name in request.query_params}
        )
        place_new()
        found = events_after(asked["after"], Matter.objects.visible_to(request.user), asked["limit"] + 1)
        shown = found[: asked["limit"]]
        after = shown[-1].pk if shown else asked["after"]
        return Response({"results": [as_json(e) for e in shown], "after": after, "more": len(found) > len(shown)})
