"""Requests that bring files: of too large ones the words are kept and the files are not; a full disk is told in words.

The CSRF check reads the body, and with it every file; so the size is looked at before that check, not after it.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from coordination.kernel.materials import room_or_refusal
from coordination.kernel.words import Refusal

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
#: How much of a refused body is read and thrown away, so that a browser shows the answer, not a broken connection.
DRAINED = 1024**3
BLOCK = 1024**2


def bounded(refused: View) -> Callable[[View], View]:
    """A view that takes uploads. `refused(request, refusal, …)` answers a body that is too large or cannot be kept."""

    def wrap(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                _read(request)
            except Refusal as refusal:
                return refused(request, refusal, *args, **kwargs)
            return protected(request, *args, **kwargs)

        return guarded

    return wrap


def _read(request: HttpRequest) -> None:
    """Parse the body if it may be parsed; Refusal otherwise."""
    told = int(request.META.get("CONTENT_LENGTH") or 0)
    if told > settings.MATERIAL_REQUEST_MAX_BYTES:
        _let_files_pass(request, told)
        words = _("本次上传超过 %(limit)s，没有保存。单个文件不超过 %(one)s，请压缩、拆分或分次上传。") % {
            "limit": filesizeformat(settings.MATERIAL_REQUEST_MAX_BYTES),
            "one": filesizeformat(settings.MATERIAL_MAX_BYTES),
        }
        raise Refusal(words, field="files", code="file")
    with room_or_refusal():
        request.FILES.keys()


class Passing(FileUploadHandler):
    """Keeps nothing of any file."""

    def new_file(self, *args, **kwargs) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> None:
        """Nothing was kept."""


def _let_files_pass(request: HttpRequest, told: int) -> None:
    """What was typed beside a file that is too large stays: the form is shown again with it."""
    if told <= DRAINED:
        request.upload_handlers = [Passing(request)]
        try:
            request.POST.keys()
        except (MultiPartParserError, SuspiciousOperation, BadRequest, UnreadablePostError):
            logger.info("the words of a refused upload cannot be read")
    _drain(request, min(told, DRAINED))


def _drain(request: HttpRequest, left: int) -> None:
    while left > 0 and (block := request.read(min(BLOCK, left))):
        left -= len(block)
