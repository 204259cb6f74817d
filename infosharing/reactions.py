"""What follows when a record has been erased, in the same transaction."""

from coordination.kernel.journal import Entry
from coordination.kernel.steps import after
from infosharing.erasing import erase_journal
from infosharing.records import SharedRecord


@after("infosharing.erase")
def the_journal_says_no_more(entry: Entry, record: SharedRecord) -> None:
    """What was written down of the steps before is erased once the erasing itself stands in the chain (NW-4.25)."""
    erase_journal(record, entry)
