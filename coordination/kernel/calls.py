"""What programs ask of the API: how often, and what they have already been answered.

Kept in the database: a limit and a promise must outlive a stopped Redis and hold for all processes together.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext as _

from coordination.kernel.now import to_the_minute
from coordination.kernel.words import Refusal

#: How long an answer is kept for a repeated call.
KEPT = timedelta(days=7)
#: Calls are counted by the minute.
WINDOW = timedelta(minutes=1)
COUNT = """INSERT INTO kernel_apiuse (user_id, since, count) VALUES (%s, %s, 1)
    ON CONFLICT (user_id) DO UPDATE SET since = EXCLUDED.since,
        count = CASE WHEN kernel_apiuse.since = EXCLUDED.since THEN kernel_apiuse.count + 1 ELSE 1 END
    RETURNING count"""


class ApiUse(models.Model):
    """How many calls `user` has made in the minute that began at `since`. One row a person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    @staticmethod
    def note(user, moment: datetime) -> int:
        """Count one more call; returns the number of this minute. One statement, exact across processes."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [user.pk, to_the_minute(moment)])
            return cursor.fetchone()[0]


class Answered(models.Model):
    """The answer to a call that carried an idempotency key; a repeated call gets it again, and nothing is done twice.

    `fingerprint` is the SHA-256 of method, address and body. Only what has been done is kept: a refused call may be
    mended and sent again under the same key.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer")]

    @classmethod
    def claim(cls, user, key: str, fingerprint: str, moment: datetime) -> tuple["Answered", bool]:
        """The row of this key, and whether it is new; a second call at the same time waits here for the first one.

        The caller is in a transaction and fills the row before its end. Raises Refusal if the key was used for
        something else.
        """
        cls.objects.filter(user=user, at__lt=moment - KEPT).delete()
        known = {"fingerprint": fingerprint, "at": moment}
        row, new = cls.objects.get_or_create(user=user, key=key, defaults=known)
        if row.fingerprint != fingerprint:
            raise Refusal(_("这个 Idempotency-Key 已用于另一个请求，请换一个新的。"), code="idempotency")
        return row, new

    def keep(self, status: int, body: dict) -> None:
        self.status, self.body = status, body
        self.save(update_fields=["status", "body"])
