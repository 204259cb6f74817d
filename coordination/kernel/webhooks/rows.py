"""The rows: where an organ wants to be told, and the outbox of what it is still to be told."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.feed import Event
from coordination.kernel.organs import Organ
from coordination.kernel.posting import refuse_address
from coordination.kernel.sealed import present_key, seal_text, unseal_text
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
    secret = models.CharField(max_length=200, blank=True, editable=False)  # sealed; `signing_secret()` opens it
    active = models.BooleanField(_("启用"), default=True)
    after = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("事件推送")

    def __str__(self) -> str:
        return f"{self.organ} {self.url}"

    @property
    def bound_to(self) -> str:
        return f"kernel.webhook:{self.pk}"

    def give_secret(self) -> str:
        """A new secret for the signatures, told this once; the former one signs no more. The row must be stored."""
        new = new_secret()
        self.close_with(new)
        self.save(update_fields=["secret"])
        return new

    def close_with(self, secret: str) -> None:
        self.secret = seal_text(secret.encode(), self.bound_to)

    def signing_secret(self) -> str:
        """Refusal if there is none, or if its key is not at hand."""
        if not self.secret:
            raise Refusal(_("还没有签名密钥，请系统管理员生成。"), code="key")
        return unseal_text(self.secret, self.bound_to).decode()

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


def rotate_webhooks() -> int:
    """Seal with the present key whatever a former one has sealed; safe to interrupt. How many were sealed anew."""
    former = Webhook.objects.exclude(secret="").exclude(secret__startswith=present_key())
    with transaction.atomic():
        left = list(former.select_for_update())
        for webhook in left:
            webhook.close_with(webhook.signing_secret())
            webhook.save(update_fields=["secret"])
    return len(left)
