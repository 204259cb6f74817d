"""更正文书 for programs: what the page does, for whoever signs for the organ that issued the document (ADR 19)."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api import shapes, telling
from coordination.kernel.api.base import View
from coordination.kernel.api.files import openable
from coordination.kernel.api.forms import read
from coordination.kernel.api.once import PARAMETER, once
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.steps.correcting import correct, signer
from coordination.kernel.web.correcting import LONGEST, PLACES, REASON_LONGEST
from coordination.kernel.web.request import moment_of
from coordination.kernel.words import Refusal


class Change(s.Serializer):
    was = s.CharField(max_length=LONGEST, help_text="a passage as it stands in the document, letter for letter")
    reads = s.CharField(max_length=LONGEST, allow_blank=True, help_text="what it should read; empty: it is left out")


class Correction(s.Serializer):
    """As many passages as the page takes; whoever has more to put right corrects the new document in its turn."""

    changes = Change(many=True, allow_empty=False, max_length=len(PLACES))
    reason = s.CharField(max_length=REASON_LONGEST)


class CorrectDocument(View):
    """POST issues a new document that takes the place of this one."""

    operation_ids = {"post": "correct_document"}

    @extend_schema(request=Correction, responses={201: shapes.Paper}, parameters=[PARAMETER])
    def post(self, request: Request, pk: int) -> Response:
        """The same words, some of them put right, with a number of its own; the old one stays and is void. Only who
        signs for the organ that issued it, and only the one in force (409 for one that was replaced)."""
        issued = openable(request, pk)
        signer(issued, request.user, moment_of(request))
        told = read(Correction, request.data)
        return once(request, lambda: _corrected(request, issued, told))


def _corrected(request: Request, issued: IssuedDocument, told: dict) -> Response:
    try:
        new = correct(issued, [(one["was"], one["reads"]) for one in told["changes"]], told["reason"], request.user)
    except Refusal as refusal:
        raise Refusal(refusal.message, _field(refusal.field), refusal.code) from refusal
    (answer,) = telling.papers([new])
    return Response(answer, status=201, headers={"Location": answer["url"]})


def _field(name: str | None) -> str | None:
    """Where the page says `was_2`, a program has sent `changes.1.was`."""
    part, _underline, place = (name or "").partition("_")
    return f"changes.{int(place) - 1}.{part}" if place.isdecimal() else name
