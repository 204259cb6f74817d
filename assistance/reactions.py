"""What comes of an answer once its letter has a number: the letter itself goes into the asker's file."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.kernel.documents import IssuedDocument, render_document
from coordination.kernel.materials import Material, MaterialKind, receive, register
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import after
from coordination.kernel.steps.perform import system_step

PDF = "application/pdf"


@after("assistance.answer", later=True)
def file_the_reply(entry, asked) -> None:
    """The written opinion may be used as evidence (县乡执法协助工作机制 三（五）, NW-3.57). Of an organ off the
    platform its own paper has gone there with the step."""
    letter = IssuedDocument.objects.filter(entry=entry, key="assistance_reply").first()
    if letter:
        system_step(asked.file_id(), "take_opinion", entry, materials=[kept(letter, entry, asked)])


def kept(letter: IssuedDocument, entry, asked) -> Material:
    """The printed letter as a material of the request, given by whoever answered; also when it is concluded already."""
    post = next((post for post in posts_of(entry.actor) if post.organ_id == entry.organ_id), None)
    return register(
        asked,
        receive(SimpleUploadedFile(letter.file_name, printed(letter), PDF)),
        kind=MaterialKind.LETTER,
        title=letter.title,
        reference=letter.number,
        actor=Actor(entry.actor, post, bearer=letter.organ),
        moment=now(),
        after_closing=True,
    )


def printed(letter: IssuedDocument) -> bytes:
    """Its PDF; one that cannot be printed yet is tried again with the reaction."""
    if not letter.printed:
        render_document(letter.pk)
        letter.refresh_from_db(fields=["pdf", "sha256", "fault"])
    if not letter.printed:
        raise OSError(f"document {letter.pk} is not printed yet: {letter.fault}")
    return Path(letter.pdf.path).read_bytes()
