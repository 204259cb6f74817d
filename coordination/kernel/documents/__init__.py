"""Documents 文书: declared by the workflows, numbered without gaps, frozen as words, printed after commit, verified.

declared.py      what kinds of document there are, and what their words draw on
numbering.py     the gapless 文号
issued.py        an issued document: frozen words now, the PDF later
printing.py      from words to the stored PDF, safe to run twice
seals.py         the rows of sealing: how an organ seals, a signature, a scan
sealing.py       the seal owed once a paper is printed: a scan uploaded, or the file signed (pades.py)
issuing.py       issue_all(), issue() and preview()
correcting.py    a document with words put right, in place of an issued one
erasing.py       the words and files of papers that may lie nowhere, gone
verification.py  whether a paper at hand is the one issued
"""

from coordination.kernel.documents.correcting import Changes, issue_correction, preview_correction
from coordination.kernel.documents.declared import Document, Occasion, Style, declared, registry
from coordination.kernel.documents.erasing import erase_documents
from coordination.kernel.documents.issued import IssuedDocument
from coordination.kernel.documents.issuing import issue, issue_all, preview
from coordination.kernel.documents.numbering import NumberSeries
from coordination.kernel.documents.printing import render_document, render_pending
from coordination.kernel.documents.sealing import add_scan, seal_document, seal_pending
from coordination.kernel.documents.seals import Adapter, Seal, SealedScan, SealSetting, adapter_of
from coordination.kernel.documents.verification import Verification, verify

__all__ = [
    "Adapter",
    "Changes",
    "Document",
    "IssuedDocument",
    "NumberSeries",
    "Occasion",
    "Seal",
    "SealSetting",
    "SealedScan",
    "Style",
    "Verification",
    "adapter_of",
    "add_scan",
    "declared",
    "erase_documents",
    "issue",
    "issue_all",
    "issue_correction",
    "preview",
    "preview_correction",
    "registry",
    "render_document",
    "render_pending",
    "seal_document",
    "seal_pending",
    "verify",
]
