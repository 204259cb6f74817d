"""A program's token: one a person, 256 random bits, shown once. Only its digest is kept: whoever reads the table cannot
speak in anybody's name. Bits so many need no slow hash."""

import hashlib
import secrets

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from coordination.kernel.organs import User


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    """`created` is the server's own time, as the second factor's is: the two are compared."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_token")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(_("生成时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌")

    @staticmethod
    @transaction.atomic
    def make(user: User) -> str:
        """A new token of `user`, the only time that it is told; a former one is void."""
        void_token(user)
        token = secrets.token_urlsafe(32)
        ApiToken.objects.create(user=user, digest=digest(token))
        return token


def void_token(user: User) -> None:
    ApiToken.objects.filter(user=user).delete()
