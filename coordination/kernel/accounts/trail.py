"""The administrators' log: what was done to accounts, posts and duties, by whom. Django's own rows (LogEntry), which
the database refuses to change or delete; the audit administrator reads them."""

from axes.models import AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from coordination.kernel.organs import User
from coordination.kernel.words import law_language


class Login(AccessLog):
    """A login, as the audit administrator reads it."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("登录记录")


class FailedLogin(AccessFailureLog):
    """A login that failed: a wrong password, or one that was typed while the door was locked."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("登录失败记录")


@law_language()
def note(by: User, about: Model, words) -> None:
    """`by` has done to `about` what the lazy `words` say, in the language of the law."""
    LogEntry.objects.log_actions(by.pk, [about], CHANGE, change_message=str(words), single_object=True)


def tries_since(user: User) -> int:
    """How many wrong passwords were tried on this account since its holder was last here."""
    failed = AccessFailureLog.objects.filter(username=user.username)
    return failed.filter(attempt_time__gt=user.last_login).count() if user.last_login else failed.count()
