"""The papers of information sharing: the letter to a right holder and the copy-notice, each with the slip that comes
back."""

from cases.documents import contact
from coordination.kernel.documents import Document, Occasion, Style
from coordination.kernel.organs import Organ
from infosharing.versions import told_by


def readers(occasion: Occasion) -> list[str]:
    """The names of the organs that are to read, as this step chooses them."""
    matter = occasion.matter
    chosen = occasion.facts.get("recipients") or Organ.objects.filter(pk__in=matter.recipients)
    return [organ.name for organ in chosen]


def asking(occasion: Occasion) -> dict:
    """22. 征求权利人意见函: to the right holder, who may be nobody of the platform."""
    matter, facts = occasion.matter, occasion.facts
    return contact(occasion) | {
        "right_holder": facts.get("right_holder") or matter.right_holder,
        "address": facts.get("right_holder_address") or matter.right_holder_address,
        "content_class": matter.get_content_class_display(),
        "secret": matter.get_secret_display(),
        "summary": facts.get("summary"),
        "readers": readers(occasion),
        "purpose": facts.get("purpose") or matter.purpose,
        "scope": facts.get("scope") or matter.scope,
        "reply_by": facts.get("reply_by") or matter.reply_by,
    }


def noticing(occasion: Occasion) -> dict:
    """24. 抄告函: what is told, to whom, and the slip on which it is signed for; as a preview what is being typed."""
    matter, facts = occasion.matter, occasion.facts
    names = list(Organ.objects.filter(pk__in=matter.recipients).values_list("name", flat=True))
    return contact(occasion) | {
        "readers": names,
        "content_class": matter.get_content_class_display(),
        "facts_told": told_by(facts, matter.content_class) or matter.version_now.words(matter.content_class),
        "purpose": facts.get("purpose") or matter.purpose,
        "scope": facts.get("scope") or matter.scope,
    }


OPINION_REQUEST = Document(
    "opinion_request", "征求权利人意见函", "征意", Style.LETTER, context=asking, rules=("NW-4.26",)
)
COPY_NOTICE = Document(
    "copy_notice",
    "抄告函",
    "抄告",
    Style.LETTER,
    context=noticing,
    replaces=lambda occasion: occasion.paper("copy_notice"),
    rules=("LX-7.7", "YY-1.1"),
)
