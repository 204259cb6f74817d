"""`manage.py rotate_identity_key`: seal all complainants' identities with the present key."""

from django.core.management.base import BaseCommand

from complaints.identity import rotate


class Command(BaseCommand):
    help = "Seals every identity anew with IDENTITY_KEY; afterwards former keys may leave IDENTITY_OLD_KEYS."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"sealed anew: {rotate()}")
