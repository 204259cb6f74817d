"""更正: a new document with the words of an issued one, some of them put right. The old one stays as it was issued.

Typed are passages and what they should read; they are looked for in the text between the tags alone. Number, date of
issue, codes and the note that names the replaced document are the new one's own, and nobody types them.
"""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.documents.declared import Occasion
from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.issuing import drafted, numbered, unnumbered
from coordination.kernel.documents.numbering import refuse_without_mark
from coordination.kernel.documents.verification import qr, readable
from coordination.kernel.words import Refusal, law_language

#: A passage and what it should read.
Changes = Sequence[tuple[str, str]]
#: What the templates mark as the document's own (base.html, sign.html, parts/corrects.html in templates/documents).
ANEW = {
    "proof": "documents/proof.html",
    "issued": "documents/parts/issued.html",
    "corrects": "documents/parts/corrects.html",
}
OWN = re.compile(r"<!--(proof|issued|corrects)-->.*?<!--/\1-->", re.DOTALL)
#: Stands for the old number while words are put right; what is typed may not hold it.
NUMBER = "\ue004"
TAG = re.compile(r"(<[^>]*>)")
CREATED = re.compile(r'(<meta name="dcterms.created" content=")[^"]*')


def issue_correction(old: IssuedDocument, changes: Changes, occasion: Occasion, entry: journal.Entry) -> IssuedDocument:
    """Number and freeze the new document, last of all in the transaction; its PDF and seal follow as of any other."""
    refuse_without_mark(occasion.organ)
    paper = unnumbered(old.document, occasion, entry, old)
    paper.title = old.title
    about = {"number": paper.number, "code": readable(paper.code), "qr": qr(paper.code)}
    paper.html = _corrected(old, changes, occasion, **about, checkpoint=journal.last_checkpoint_code())
    occasion.papers.append(paper)
    return numbered(occasion)[0]


def preview_correction(old: IssuedDocument, changes: Changes, occasion: Occasion) -> bytes:
    """The PDF as it would be, with a 草稿 watermark and the number of the old one; nothing is stored."""
    words = _corrected(old, changes, occasion, number=old.number, draft=True)
    return drafted(words.replace("</body>", '<div class="watermark">草稿</div></body>'), old.document)


@law_language()
def _corrected(old: IssuedDocument, changes: Changes, occasion: Occasion, *, number: str, **proof) -> str:
    head, body, text = old.html.partition("<body>")
    parts = TAG.split(OWN.sub(_kept, text).replace(escape(old.number), NUMBER))
    for place, (was, reads) in enumerate(changes, 1):
        parts = _replaced(parts, was, reads, place)
    text = "".join(parts).replace(NUMBER, number)
    about = {"corrects": old, "document": old.document, "moment": occasion.moment, **proof}
    for name, template in ANEW.items():
        new = render_to_string(template, about).strip()
        text = text.replace(_marked(name, ""), new if name == "corrects" else _marked(name, new))
    return CREATED.sub(rf"\g<1>{occasion.moment.isoformat(timespec='seconds')}", head) + body + text


def _kept(found: re.Match) -> str:
    return _marked(found[1], "")


def _marked(name: str, words: str) -> str:
    return f"<!--{name}-->{words}<!--/{name}-->"


def _replaced(parts: list[str], was: str, reads: str, place: int) -> list[str]:
    """The text between the tags, every second part, with `reads` for `was`."""
    was, reads = escape(" ".join(was.split())), escape(" ".join(reads.split()))
    if NUMBER in was + reads or not any(was in text for text in parts[::2]):
        raise Refusal(
            _("第 %(n)s 处：文书正文中没有“%(words)s”，请从文书中照抄一段连续的文字。") % {"n": place, "words": was},
            field=f"was_{place}",
        )
    return [part if n % 2 else part.replace(was, reads) for n, part in enumerate(parts)]
