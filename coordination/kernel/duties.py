"""The three duties of administrators (三员分立), and what an account knows beside its person.

Who prepares the data, who gives the rights and who reads the traces are three people: an account has one duty at most,
because it is one field, and a duty is no remit to read a matter.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What an administrator is for."""

    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


class AccountFields(models.Model):
    """The part of a user that is about logging in and administering."""

    duty = models.CharField(_("管理职责"), max_length=12, choices=Duty.choices, blank=True)
    duty_county = models.ForeignKey(
        "kernel.County",
        models.PROTECT,
        verbose_name=_("管理范围"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("留空为本平台全部县"),
    )
    must_change_password = models.BooleanField(_("须先修改密码"), default=False)
    initial_password_until = models.DateTimeField(_("初始密码有效期至"), null=True, blank=True)
    login_round = models.PositiveIntegerField(default=0, help_text="one more ends every session that is open")

    class Meta:
        abstract = True

    def administers(self, duty: Duty) -> bool:
        """Whether this account has the duty. A superuser, who sets up an installation, has all three."""
        return self.is_active and self.is_staff and (self.is_superuser or self.duty == duty)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: it ends with the password under which it began, and with its round."""
        own = super()._get_session_auth_hash(secret)
        return f"{own}.{self.login_round}" if self.login_round else own
