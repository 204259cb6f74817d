"""The rows of sealing: how an organ seals, a signature owed or made, a scan of the paper that bears the seal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.documents.issued import LONGEST_WAIT, IssuedDocument
from coordination.kernel.materials import Material
from coordination.kernel.organs import Organ


class Adapter(models.TextChoices):
    """How papers get their seal."""

    SCAN = "scan", _("纸面盖章，上传扫描件")
    PADES = "pades", _("用本单位证书签章")


#: Why a signature was not made, and what to do; the paper stands without it.
FAULTS = {
    "missing": _("没有找到证书文件“%(detail)s”，请联系系统管理员放入签章证书目录。"),
    "passphrase": _("证书文件“%(detail)s”打不开，请联系系统管理员核对证书文件和口令。"),
    "early": _("证书从 %(detail)s 起才有效，请联系系统管理员更换证书。"),
    "expired": _("证书已于 %(detail)s 过期，请联系系统管理员更换证书。"),
    "stranger": _("证书属于“%(detail)s”，不是发文机关的证书，请联系系统管理员更换。"),
    "untrusted": _("证书没有通过验证（%(detail)s），请联系系统管理员核对根证书和吊销列表。"),
    "time": _("时间戳服务没有给出时间戳（%(detail)s），请联系系统管理员检查 CSX_SEAL_TSA。"),
    "disk": _("签章后的文件没有保存成功（%(detail)s），请联系系统管理员检查存储空间。"),
}


class SealFault(Exception):
    """A signature cannot be made; `code` is a key of FAULTS."""

    def __init__(self, code: str, detail: object) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, str(detail)[:200]


@dataclass(frozen=True)
class Sealed:
    """A signed file and who signed it."""

    content: bytes
    signer: str
    fingerprint: str


@dataclass(frozen=True)
class Signature:
    """What a file says of one signature in it. `intact`: the signed bytes are as they were signed; `whole`: nothing
    was added behind them that changes what is seen."""

    signer: str
    fingerprint: str
    intact: bool
    whole: bool


class SealSetting(models.Model):
    """How one organ seals, where it is not as the installation does (`CSX_SEALING`). The key itself is never here: the
    row only names a file in the folder of certificates."""

    organ = models.OneToOneField(Organ, models.PROTECT, verbose_name=_("机关"), related_name="seal_setting")
    adapter = models.CharField(_("盖章方式"), max_length=12, choices=Adapter.choices)
    certificate = models.CharField(
        _("证书文件"),
        max_length=120,
        blank=True,
        help_text=_("签章证书目录（CSX_SEAL_FOLDER）中 PKCS#12 文件的名称；不填则为 机关标识.p12"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("盖章方式")

    def __str__(self) -> str:
        return f"{self.organ} {self.get_adapter_display()}"

    def clean(self) -> None:
        if self.certificate and PurePath(self.certificate).name != self.certificate:
            raise ValidationError({"certificate": gettext("只填写文件名称，不含目录。")})


def adapter_of(organ: Organ) -> tuple[str, str]:
    """How `organ` seals, and the name of its certificate's file."""
    own = SealSetting.objects.filter(organ=organ).first()
    usual = f"{organ.key}.p12"
    return (own.adapter, own.certificate or usual) if own else (settings.SEALING, usual)


class Seal(models.Model):
    """A signature by the organ's certificate: owed once the paper is printed, then made, and never changed.

    The signed file lies beside the unsigned one, each with its own hash.
    """

    document = models.OneToOneField(IssuedDocument, models.PROTECT, verbose_name=_("文书"), related_name="seal")
    pdf = models.FileField(blank=True)
    sha256 = models.CharField(_("文件哈希"), max_length=64, blank=True)
    signer = models.CharField(_("签章单位"), max_length=200, blank=True)
    fingerprint = models.CharField(_("证书指纹"), max_length=64, blank=True)
    sealed_at = models.DateTimeField(_("签章时间"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    fault = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("签章")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", pdf="", sealed_at=None) | ~Q(sha256="") & ~Q(pdf="") & ~Q(sealed_at=None),
                name="seal_whole",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], name="seal_owed", condition=Q(sha256=""))]

    @property
    def made(self) -> bool:
        return bool(self.sha256)

    @property
    def trouble(self) -> str:
        """Why it is not made, and what to do, in the reader's language."""
        return str(FAULTS[self.fault]) % {"detail": self.detail} if self.fault else ""

    def note_fault(self, fault: SealFault, moment: datetime) -> None:
        """Tried again after 1, 2, 4 … minutes, at most every six hours: a certificate that comes later is found."""
        self.tries += 1
        self.fault, self.detail = fault.code, fault.detail
        self.next_try_at = moment + min(timedelta(minutes=2 ** min(self.tries - 1, 10)), LONGEST_WAIT)


class SealedScan(models.Model):
    """A scan of the paper with its seal on it, as a material of the matter; the last one counts."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, verbose_name=_("文书"), related_name="scans")
    material = models.OneToOneField(Material, models.PROTECT, verbose_name=_("材料"), related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("已盖章扫描件")
        ordering = ["-pk"]
