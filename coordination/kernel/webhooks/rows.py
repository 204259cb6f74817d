"""The rows: where an organ wants to be told, and the outbox of what it is still to be told."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.feed import Event
from coordination.kernel.organs import Organ
from coordination.kernel.posting import refuse_address
from coordination.kernel.words import Refusal

#: After so many tries a call stays undone, for a person to look at: about two days of growing delays.
TRIES = 16
LONGEST_WAIT = timedelta(hours=6)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address of one organ's system. `after` is the last event that has been put into its outbox."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("机关"), related_name="webhooks")
    url = models.CharField(_("地址"), max_length=300, help_text=_("主机必须在系统设置 WEBHOOK_HOSTS 所列范围内"))
    secret = models.CharField(
        _("签名密钥"), max_length=80, default=new_secret, help_text=_("对方用它核对签名，请通过安全途径交付")
    )
    active = models.BooleanField(_("启用"), default=True)
    after = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("事件推送")

    def __str__(self) -> str:
        return f"{self.organ} {self.url}"

    def clean(self) -> None:
        try:
            refuse_address(self.url)
        except Refusal as refusal:
            raise ValidationError({"url": refusal.message}) from refusal


class WebhookCall(models.Model):
    """One event owed to one webhook, once. Tried at once, then after 1, 2, 4 … minutes, at most every six hours."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, verbose_name=_("事件推送"), related_name="calls")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField(_("下次推送"), null=True)
    sent_at = models.DateTimeField(_("送达时间"), null=True)
    fault = models.CharField(_("故障"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("事件推送记录")
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="one_webhook_call")]
        indexes = [models.Index(fields=["next_try_at"], name="webhook_due", condition=Q(next_try_at__isnull=False))]

    def note_try(self, moment: datetime) -> None:
        """Written before the call: whoever dies in it leaves it for later, and nobody else makes it meanwhile."""
        delay = min(timedelta(minutes=2 ** min(self.tries, 10)), LONGEST_WAIT)
        self.tries += 1
        self.next_try_at = moment + delay if self.tries < TRIES else None

    def note_sent(self, moment: datetime) -> None:
        self.sent_at, self.next_try_at, self.fault = moment, None, ""
