"""`manage.py rotate_identity_key`: seal all that is sealed with the present key."""

from django.core.management.base import BaseCommand

from complaints.identity import rotate
from coordination.kernel.accounts import rotate_phones
from coordination.kernel.webhooks import rotate_webhooks


class Command(BaseCommand):
    help = "Seals all that is sealed anew with IDENTITY_KEY; afterwards former keys may leave IDENTITY_OLD_KEYS."

    def handle(self, *args, **options) -> None:
        words = f"identities: {rotate()}, phones: {rotate_phones()}, webhooks: {rotate_webhooks()}"
        self.stdout.write(f"sealed anew: {words}")
