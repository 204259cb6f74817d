"""The phone that shows the codes of the second factor: its key is sealed and bound to its holder.

Whoever reads the table can compute nobody's codes; a key that is moved to another account does not open there.
"""

import secrets

from django.db import models, transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from coordination.kernel.organs import User
from coordination.kernel.sealed import present_key, seal_text, unseal_text

KEY_BYTES = 20


class PhoneManager(models.Manager):
    def give(self, user: User, key: bytes = b"", **facts) -> "Phone":
        """A phone of `user` with a new key, or with `key` (the demonstration)."""
        made = Phone(user=user, **facts)
        made.close_with(key or secrets.token_bytes(KEY_BYTES))
        made.save()
        return made


class Phone(TOTPDevice):
    """The authenticator of django-otp, its column `key` sealed."""

    objects = PhoneManager()

    class Meta:
        proxy = True

    @property
    def bound_to(self) -> str:
        return f"kernel.phone:{self.user_id}"

    def close_with(self, key: bytes) -> None:
        self.key = seal_text(key, self.bound_to)

    @property
    def bin_key(self) -> bytes:
        """The key itself; django-otp computes codes and the address of the QR code from it."""
        return unseal_text(self.key, self.bound_to)


def rotate_phones(batch: int = 200) -> int:
    """Seal with the present key whatever a former one has sealed; safe to interrupt. How many were sealed anew."""
    done = 0
    former = Phone.objects.exclude(key__startswith=present_key())
    while left := list(former.values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            for phone in Phone.objects.select_for_update().filter(pk__in=left):
                phone.close_with(phone.bin_key)
                phone.save(update_fields=["key"])
        done += len(left)
    return done
