"""清除内容: what should never have been written down is gone from wherever the platform keeps it (NW-4.25, YY-1.12).

Left are the record's number and class, who did what when, the numbers and hashes of its papers, and the proof of the
journal's chain. What has left the platform (mails, prints, downloads, backups) cannot be called back; the page says so.
"""

from coordination.kernel import journal
from coordination.kernel.clocks import ClockEvent
from coordination.kernel.documents import erase_documents
from coordination.kernel.journal import Entry
from coordination.kernel.materials import erase_materials
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.verifier import ERASURE
from infosharing.gates import WORDS_OF_ERASURE, in_law_language
from infosharing.words import ERASED

#: What people have typed into the record itself.
TYPED = ("subject_name", "place_text", "purpose", "scope", "right_holder", "right_holder_address", "withdrawn_because")


def blot_out(record) -> None:
    """Nothing of the content is left: not in its versions, papers, materials and drafts, not in a title, a notice or
    the ground of a time limit. Inside the step; files go after its commit, the journal's words with its entry."""
    words, moment = in_law_language(WORDS_OF_ERASURE), record.act.moment
    for version in record.versions.all():
        version.blot_out(moment)
    erase_materials(record, words, moment)
    erase_documents(record, moment)
    Notice.objects.filter(matter_id=record.pk).update(title=words)
    ClockEvent.objects.filter(clock__matter_id=record.pk).exclude(ground="").update(ground=words)
    _empty(record, words)


def erase_journal(record, until: Entry) -> None:
    """The readable words of every entry before `until`; each erasure is an entry itself, the chain stays provable."""
    words, actor = in_law_language(WORDS_OF_ERASURE), record.act.actor
    readable = Entry.objects.filter(matter_id=record.pk, seq__lt=until.seq, readable__isnull=False)
    for entry in readable.exclude(step=ERASURE).order_by("seq"):
        journal.erase_words(entry, reason=words, actor=actor, moment=now())


def _empty(record, words: str) -> None:
    for name in TYPED:
        setattr(record, name, "")
    record.title = record.not_shared_because = words
    record.secret, record.awaited = ERASED, []
