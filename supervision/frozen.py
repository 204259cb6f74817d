"""A frozen report of 考核: its rows, its hash, its print."""

import hashlib

import orjson
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.organs import County
from supervision.figures.period import Period


class Assessment(models.Model):
    """A frozen report. `rows` are the tables as they were counted; `sha256` is of their canonical bytes."""

    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("县"))
    first = models.DateField(_("统计期自"))
    last = models.DateField(_("统计期至"))
    rows = models.JSONField()
    sha256 = models.CharField(_("数据哈希"), max_length=64)
    pdf = models.FileField()
    pdf_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("生成时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("生成人"), related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("考核报告")
        ordering = ["-made_at", "-pk"]

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def intact(self) -> bool:
        """Whether the rows are still those that were frozen."""
        return digest(self.rows) == self.sha256


def digest(rows: dict) -> str:
    """Canonical: sorted keys, UTF-8, no spaces."""
    return hashlib.sha256(orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)).hexdigest()
