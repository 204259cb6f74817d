"""行政执法委托书 on paper: what both organs sign and seal; the scan of it comes back as the letter."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coordination.kernel import pdf
from coordination.kernel.catalogue import Entrustment
from coordination.kernel.documents.declared import joined
from coordination.kernel.documents.issuing import refuse_unwritable
from coordination.kernel.now import now
from coordination.kernel.words import Refusal, carries, law_language


@carries("LAW-2", "NW-3.7")
def printed(letter: Entrustment) -> bytes:
    """The PDF, in the words of the row: items, scope, powers, term, responsibility (行政处罚法 art. 20). It has no
    proof at its foot, for nothing is issued before both have signed. Refusal where it cannot be made."""
    known = {"document": {"title": "行政执法委托书"}, "organ": letter.from_organ, "number": letter.number}
    items = letter.items.order_by("number").distinct()
    with law_language():
        page = render_to_string(
            "documents/entrustment_letter.html", {**known, "letter": letter, "items": items, "moment": now()}
        )
    words = joined(page)
    refuse_unwritable(words)
    try:
        return pdf.render(words)
    except pdf.RenderFault as fault:
        raise Refusal(_("委托书暂时无法制作，请检查文书制作组件后再试。"), code="render") from fault
