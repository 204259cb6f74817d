"""Issuing the documents of a step, and looking at one before."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from coordination.kernel import journal, pdf
from coordination.kernel.documents.declared import Document, Occasion, declared
from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.numbering import number_words, refuse_without_mark, take_numbers
from coordination.kernel.documents.printing import render_document
from coordination.kernel.documents.verification import new_code, qr, readable
from coordination.kernel.fonts import missing_glyphs
from coordination.kernel.now import CST, now
from coordination.kernel.organs import Actor, Organ
from coordination.kernel.queue import enqueue
from coordination.kernel.words import Refusal, law_language

logger = logging.getLogger(__name__)


def issue(document: Document | str, **step) -> IssuedDocument | None:
    """Issue one document; `issue_all()` says how."""
    return next(iter(issue_all([document], **step)), None)


def issue_all(
    documents: Iterable[Document | str],
    *,
    matter,
    entry: journal.Entry,
    organ: Organ,
    actor: Actor,
    facts: dict,
    moment: datetime,
    corrects: IssuedDocument | None = None,
) -> list[IssuedDocument]:
    """Freeze the words of a step's documents, take their numbers, and ask for the PDFs after commit.

    Inside the step's transaction, last of all. Whatever can be refused is refused before a number is taken: no mark,
    a failed check, a character that no font can write. `corrects`: the earlier document that is replaced and named.
    """
    kinds = [declared(one) for one in documents]
    if actor.on_behalf_of:  # the organ acted off the platform, on its own paper: only the recorder's own is issued
        kinds, organ = [kind for kind in kinds if kind.recordable], actor.post.organ
    if not kinds:
        return []
    refuse_without_mark(organ)
    occasion = Occasion(matter, organ, actor, facts, moment, keys=tuple(kind.key for kind in kinds))
    checkpoint = journal.last_checkpoint_code()
    for kind in kinds:
        earlier = corrects or _replaced(kind, occasion)
        paper = unnumbered(kind, occasion, entry, earlier)
        paper.html = _words(
            kind,
            occasion,
            number=paper.number,
            code=readable(paper.code),
            qr=qr(paper.code),
            checkpoint=checkpoint,
            corrects=earlier,
        )
        occasion.papers.append(paper)
    return numbered(occasion)


def preview(document: Document | str, matter, actor: Actor, facts: dict, organ: Organ | None = None) -> bytes:
    """The PDF as it would be, with a 草稿 watermark; no number is taken and nothing is stored."""
    kind, organ, moment = declared(document), organ or actor.organ, now()
    number = number_words(organ, kind.series, moment.year, "　")
    occasion = Occasion(matter, organ, actor, facts, moment)
    words = _words(kind, occasion, number=number, draft=True, corrects=_replaced(kind, occasion))
    return drafted(words, kind)


def _replaced(kind: Document, occasion: Occasion) -> IssuedDocument | None:
    return kind.replaces(occasion) if kind.replaces else None


def drafted(words: str, kind: Document) -> bytes:
    """The PDF of words that are not issued."""
    refuse_unwritable(words)
    try:
        return pdf.render(words)
    except pdf.RenderFault as fault:
        logger.error("a preview of %s cannot be made: %s", kind.key, fault)
        raise Refusal(_("预览暂时无法生成，不影响办理；请联系系统管理员检查文书制作组件。"), code="render") from fault


def unnumbered(kind: Document, occasion: Occasion, entry: journal.Entry, corrects) -> IssuedDocument:
    """The document before its number is known: a mark that nobody can type stands for it in all words of the step."""
    code, year = new_code(), occasion.moment.astimezone(CST).year
    return IssuedDocument(
        matter_id=occasion.matter.pk,
        entry=entry,
        key=kind.key,
        title=kind.title,
        organ=occasion.organ,
        number=number_words(occasion.organ, kind.series, year, number_mark(code)),
        series=kind.series,
        year=year,
        issued_at=occasion.moment,
        next_try_at=occasion.moment,
        code=code,
        corrects=corrects,
    )


def number_mark(code: str) -> str:
    """What stands for a number that is not yet taken; nobody can type it."""
    return f"\ue000{code}\ue001"


def _words(kind: Document, occasion: Occasion, **more) -> str:
    with law_language():
        context = {
            "matter": occasion.matter,
            "organ": occasion.organ,
            "actor": occasion.actor,
            "facts": occasion.facts,
            "moment": occasion.moment,
            "county": occasion.organ.county,
            **kind.context(occasion),
            **more,
        }
    for check in kind.checks:
        check(context)
    with law_language():
        return kind.words(context)


def numbered(occasion: Occasion) -> list[IssuedDocument]:
    """Its papers with their numbers, stored, the PDFs asked for."""
    papers = occasion.papers
    plain = "".join(paper.html for paper in papers)
    for paper in papers:
        plain = plain.replace(number_mark(paper.code), "")
    refuse_unwritable(plain)
    serials = take_numbers(occasion.organ, [paper.series for paper in papers], papers[0].year)
    numbers = {number_mark(paper.code): str(serial) for paper, serial in zip(papers, serials, strict=True)}
    for paper, serial in zip(papers, serials, strict=True):
        paper.serial = serial
        for mark, number in numbers.items():
            paper.number, paper.html = paper.number.replace(mark, number), paper.html.replace(mark, number)
    IssuedDocument.objects.bulk_create(papers)
    for paper in papers:
        enqueue(render_document, paper.pk)
    return papers


def refuse_unwritable(words: str) -> None:
    """A name with a character that no font has would print as an empty box: refused, with what to do."""
    missing = missing_glyphs(strip_tags(words))
    if missing:
        raise Refusal(
            _(
                "文书中的“%(characters)s”没有可用的字形，无法制作文书。请联系管理员补装字库（运行 scripts/fonts.sh），"
                "或者改用户籍登记的规范汉字。"
            )
            % {"characters": "”“".join(sorted(missing))},
            code="glyph",
        )
