"""Copies for service: the issued letter says 投诉举报人; the copy that is handed to him bears his name."""

from collections.abc import Callable

from django.utils.html import escape
from django.utils.translation import gettext as _

from coordination.kernel import pdf
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.words import Refusal

#: How the letters address whoever complained; the name takes the place of this and of nothing else.
ADDRESSEE = '<p class="flush addressee">投诉举报人：</p>'


def with_name(issued: IssuedDocument, told: dict[str, str]) -> bytes:
    """The PDF for service. Refusal where no name is known or it cannot be made."""
    name = told.get("sealed_name", "")
    if not name or ADDRESSEE not in issued.html:
        raise Refusal(_("没有登记姓名，直接使用存档的告知书。"))
    words = issued.html.replace(ADDRESSEE, f'<p class="flush addressee">{escape(name)}：</p>')
    try:
        return pdf.render(words)
    except pdf.RenderFault as fault:
        raise Refusal(_("送达件暂时无法制作，请稍后再试。"), code="render") from fault


served: dict[str, Callable[[IssuedDocument, dict[str, str]], bytes]] = {
    "complaint_transfer_notice": with_name,
    "complaint_result_notice": with_name,
}
