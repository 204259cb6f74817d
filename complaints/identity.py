"""Who complained: a table of its own, sealed, shown to the one who handles it for ten minutes, with a reason.

It stands outside everything that is listed, searched, exported or printed (个人信息保护法 art. 34; 市场监督管理投诉举报
处理办法 art. 37): nobody reaches it but by `reveal()`.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.words import TAKEN_OVER
from coordination.kernel import journal
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, User, posts_of
from coordination.kernel.sealed import present_key, seal, unseal
from coordination.kernel.words import Refusal, carries, law_language

#: For how long a name that was asked for stands on the screen.
SHOWN_FOR = timedelta(minutes=10)
FIELDS = {
    "sealed_name": gettext_lazy("姓名（名称）"),
    "sealed_phone": gettext_lazy("联系电话"),
    "sealed_address": gettext_lazy("住址"),
    "sealed_number": gettext_lazy("证件号码"),
}


class Identity(models.Model):
    """One complainant, sealed; no row where nothing was told."""

    complaint = models.OneToOneField(
        "complaints.Complaint", models.PROTECT, primary_key=True, related_name="complainant"
    )
    key_id = models.CharField(max_length=12, db_index=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("投诉举报人身份（加密）")

    @property
    def bound_to(self) -> str:
        return f"complaints.identity:{self.complaint_id}"

    def close_with(self, words: dict[str, str]) -> None:
        self.key_id, self.sealed = seal(words, self.bound_to)
        self.save()

    def open(self) -> dict[str, str]:
        return unseal(self.key_id, bytes(self.sealed), self.bound_to)


class Reveal(models.Model):
    """That somebody was shown a complainant's identity: who, why, until when. Never deleted."""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="reveals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("身份信息查看记录")


@carries("LAW-22")
def keep_identity(complaint: Matter, facts: dict) -> None:
    """Seal what the complainant has told of himself; of an anonymous one without contact there is nothing to keep."""
    told = {name: str(facts[name]) for name in FIELDS if facts.get(name)}
    if told:
        Identity(complaint_id=complaint.pk).close_with(told)


@carries("NW-2.15", "LAW-21", "LAW-22")
def may_reveal(complaint: Matter, user: User) -> bool:
    """Its handler in the organ that was asked; after the handover the receiver's named handler, unless the complainant
    asked for secrecy: till the end of the complaint, for he serves the letter after he has told him. Both only as long
    as they are in post there."""
    organs = {post.organ_id for post in posts_of(user)}
    if complaint.handler_id == user.pk and organs & {complaint.asked_id, complaint.recorder_id}:
        return True
    if complaint.asks_secrecy or complaint.closed_at:
        return False
    handed = complaint.items.filter(handler=user, competent__in=organs, state__in=TAKEN_OVER)
    return handed.exists()


@transaction.atomic
def reveal(complaint: Matter, actor: Actor, reason: str, moment: datetime) -> Reveal:
    """Open the identity to `actor` for ten minutes; it stands in the journal that, when and why he asked."""
    locked = Matter.locked(complaint.pk)
    if not may_reveal(locked, actor.user):
        raise Refusal(_("只有承办人可以查看投诉举报人身份，请联系承办人。"), code="permission")
    if not reason.strip():
        raise Refusal(_("请填写查看理由。"), field="reason", code="missing")
    with law_language():
        words = {"label": _("查看投诉举报人身份"), "facts": [[_("查看理由"), reason]]}
        stage = locked.stage
        journal.append(
            locked, step="reveal_identity", before=stage, after=stage, actor=actor, moment=moment, words=words
        )
    return Reveal.objects.create(complaint=locked, user=actor.user, reason=reason, at=moment, until=moment + SHOWN_FOR)


def rotate(batch: int = 200) -> int:
    """Seal with the present key whatever a former one has sealed; safe to interrupt. How many were sealed anew."""
    done = 0
    while left := list(Identity.objects.exclude(key_id=present_key()).values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            for row in Identity.objects.select_for_update().filter(pk__in=left):
                row.close_with(row.open())
        done += len(left)
    return done
