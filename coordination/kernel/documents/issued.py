"""An issued document: its words are frozen with the step, its PDF follows and never changes.

But for one thing: what turns out to be a state secret is erased (`erasing`), and its number and hash stay.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.documents.declared import Document, declared
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ

LONGEST_WAIT = timedelta(hours=6)


class IssuedDocument(models.Model):
    """A document of a matter. A correction is a new one that names the old (`corrects`)."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("事项"), related_name="documents")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="documents")
    key = models.CharField(_("文书种类"), max_length=40)
    title = models.CharField(_("文书名称"), max_length=60)
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发文机关"), related_name="+")
    number = models.CharField(_("文号"), max_length=60, db_index=True)
    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    issued_at = models.DateTimeField(_("成文时间"))
    html = models.TextField(editable=False)
    code = models.CharField(_("验证码"), max_length=16, unique=True)
    corrects = models.ForeignKey("self", models.PROTECT, verbose_name=_("更正"), null=True, related_name="corrections")
    sha256 = models.CharField(_("文件哈希"), max_length=64, blank=True)
    pdf = models.FileField(blank=True)
    rendered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    fault = models.CharField(_("制作故障"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("清除时间"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("文书")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "series", "year", "serial"], name="one_document_number"),
            models.CheckConstraint(
                condition=Q(sha256="", pdf="", rendered_at=None) | ~Q(sha256="") & ~Q(pdf="") & ~Q(rendered_at=None),
                name="document_printed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="document_unprinted", condition=Q(sha256="")),
            models.Index(fields=["erased_at"], name="document_erased", condition=Q(erased_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def document(self) -> Document:
        return declared(self.key)

    @property
    def printed(self) -> bool:
        return bool(self.sha256)

    @property
    def file_name(self) -> str:
        """The name under which the PDF is handed out."""
        return f"{self.number} {self.title}.pdf"

    def note_printed(self, name: str, sha256: str, moment: datetime) -> None:
        self.pdf.name, self.sha256, self.rendered_at, self.fault = name, sha256, moment, ""

    def note_fault(self, fault: Exception, moment: datetime) -> None:
        """The page could not be made or kept; tried again after 1, 2, 4 … minutes, at most every six hours."""
        self.tries += 1
        self.fault = f"{type(fault).__name__}: {fault}"[:300]
        self.next_try_at = moment + min(timedelta(minutes=2 ** min(self.tries - 1, 10)), LONGEST_WAIT)
