"""The rows: a material, the ticks of both sides, the receiver's review of evidence, who has taken a copy."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.journal import Entry
from coordination.kernel.materials import shelf
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ


class MaterialKind(models.TextChoices):
    """What a material is in a transfer file (案件移送制度 三（五）, NW-1.10)."""

    LETTER = "letter", _("函件")
    SOURCE_MATERIAL = "source_material", _("案源材料")
    EVIDENCE = "evidence", _("证据")
    PHOTO = "photo", _("照片")
    AUDIO_VIDEO = "audio_video", _("录音录像")
    SCAN = "scan", _("扫描件")
    OTHER = "other", pgettext_lazy("material", "其他")


class MaterialQuerySet(models.QuerySet):
    def in_force(self) -> "MaterialQuerySet":
        """The materials that count: not withdrawn."""
        return self.filter(withdrawn=False)


class Material(models.Model):
    """One file of a matter, described as the handover sheet asks: 名称 文号 份数 页数 原件/复印件 备注 (NW-3.20).

    The file lies by its content (`sha256`); name and title are words only. What it is never changes (0002_guards);
    a withdrawn material stays, marked; of an erased one (`erasing`) neither words nor file.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("事项"), related_name="materials")
    kind = models.CharField(_("类别"), max_length=16, choices=MaterialKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    reference = models.CharField(_("文号"), max_length=60, blank=True)
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    pages = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    original = models.BooleanField(_("原件"), default=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    name = models.CharField(_("文件名"), max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    mime = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("上传人"), related_name="+"
    )
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("提供机关"), related_name="+")
    added_at = models.DateTimeField(_("上传时间"))
    added_entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="materials")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("移自"))
    withdrawn = models.BooleanField(_("已撤回"), default=False)
    erased_at = models.DateTimeField(_("清除时间"), null=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("材料")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(copies__gte=1), name="material_copies")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> Path:
        """Where the file lies, by its content alone."""
        return shelf.place(self.sha256)


class Outcome(models.TextChoices):
    """What one side finds when it ticks a line of the handover sheet."""

    OK = "ok", _("相符")
    DIFFERENT = "different", _("不符")
    MISSING = "missing", _("缺少")


class MaterialCheck(models.Model):
    """One side's tick of one material; the last one of each organ counts, the earlier ones stay (NW-3.21)."""

    material = models.ForeignKey(Material, models.PROTECT, verbose_name=_("材料"), related_name="checks")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("核对机关"), related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("核对人"), related_name="+")
    at = models.DateTimeField(_("时间"))
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome.choices)
    words = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("材料核对")
        indexes = [models.Index(fields=["material", "organ", "-id"], name="check_last")]


class EvidenceReview(models.Model):
    """The receiver's finding on one piece of the sender's evidence; only what passes may be used
    (案件移送制度 五（十二）, NW-1.21)."""

    material = models.ForeignKey(Material, models.PROTECT, verbose_name=_("材料"), related_name="reviews")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("审查机关"), related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("审查人"), related_name="+")
    at = models.DateTimeField(_("时间"))
    passed = models.BooleanField(_("符合要求"))
    words = models.CharField(_("审查意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("证据审查")
        indexes = [models.Index(fields=["material", "organ", "-id"], name="review_last")]


class MaterialAccess(models.Model):
    """Who has taken a copy of a material of a restricted matter, and when."""

    material = models.ForeignKey(Material, models.PROTECT, verbose_name=_("材料"), related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("查阅人"), related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("材料查阅记录")
