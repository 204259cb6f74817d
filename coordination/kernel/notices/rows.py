"""The rows: notices to organs, who has opened them, and messages to persons until they are sent."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, Role, User, posts_of

#: Waiting times before a failed message is tried again; the last one repeats.
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440))


class Level(models.TextChoices):
    """How loud a notice is, from a step that concerns one to a report to the government."""

    INFO = "info", pgettext_lazy("notice", "办理通知")
    REMIND = "remind", pgettext_lazy("notice", "临期提醒")
    OVERDUE = "overdue", pgettext_lazy("notice", "超期提醒")
    SUPERVISE = "supervise", pgettext_lazy("notice", "督促办理")
    REPORT = "report", pgettext_lazy("notice", "报告政府")


def _to_posts_of(user: User) -> Q | None:
    mine = [Q(organ_id=post.organ_id, role__in=["", post.role]) for post in posts_of(user)]
    return reduce(or_, mine) if mine else None


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """What `user` is told through his posts, but nothing of what accuses him or an organ of his. A row without a
        role is for every post of the organ."""
        mine = _to_posts_of(user)
        if mine is None:
            return self.none()
        return self.filter(mine).exclude(matter__in=Matter.objects.hidden_from(user).values("pk"))

    def once_to(self, user: User) -> "NoticeQuerySet":
        """The same without what a second post of his is told, too."""
        told = self.visible_to(user)
        if len(posts_of(user)) < 2:
            return told
        earlier = Notice.objects.filter(_to_posts_of(user), entry=OuterRef("entry"), pk__lt=OuterRef("pk"))
        return told.exclude(Exists(earlier))

    def with_read(self, user: User) -> "NoticeQuerySet":
        return self.annotate(read=Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user)))


class Notice(models.Model):
    """One thing that an organ (in a role; blank: all its posts) is told about an entry."""

    # The constraint and the inbox begin with these columns already; of a matter's notices nobody asks.
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices", db_index=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notices", db_index=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="notices", db_index=False)
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.INFO)
    title = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    fanned_out = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("通知")
        indexes = [
            models.Index(fields=["organ", "-id"], name="notice_inbox"),
            models.Index(fields=["id"], name="notice_to_fan_out", condition=Q(fanned_out=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["entry", "organ", "role"], name="one_notice")]


class Kind(models.TextChoices):
    """What a notice is about, for those who choose how to be told of it."""

    ASSIGNED = "assigned", pgettext_lazy("notice", "新到事项")
    PROGRESS = "progress", pgettext_lazy("notice", "办理进展")
    REMIND = "remind", pgettext_lazy("notice", "临期提醒")
    OVERDUE = "overdue", pgettext_lazy("notice", "超期提醒")
    SUPERVISE = "supervise", pgettext_lazy("notice", "督办")


class How(models.TextChoices):
    """How a person is told beside the inbox, which shows everything."""

    AT_ONCE = "at_once", pgettext_lazy("notice", "即时")
    DIGEST = "digest", pgettext_lazy("notice", "汇总（8:30、16:30）")
    OFF = "off", pgettext_lazy("notice", "不另行发送")


class NoticeSwitch(models.Model):
    """A person's own choice for one kind of notice, where it differs from what everybody has."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_switches")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    how = models.CharField(max_length=8, choices=How.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_notice_switch")]


class NoticeRead(models.Model):
    """That a person has opened a notice: for his own unread count only, never a mark that anyone is judged by."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="one_read")]


class Delivery(models.Model):
    """One message to one person by one channel, kept until it has been sent.

    A person with two posts in an organ is told of an entry once: hence `entry` in the constraint, not the notice.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12, default="email")
    digest = models.BooleanField(default=False, help_text="waits for the others of its person and goes with them")
    address = models.CharField(max_length=254)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("通知投递")
        constraints = [models.UniqueConstraint(fields=["user", "entry", "channel"], name="one_delivery")]
        indexes = [models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(sent_at__isnull=True))]

    def note_sent(self, moment: datetime) -> None:
        self.tries, self.sent_at, self.fault = self.tries + 1, moment, ""

    def note_fault(self, fault: Exception, moment: datetime) -> None:
        """It is tried again after a time that grows."""
        self.tries += 1
        self.next_try_at = moment + RETRY_AFTER[min(self.tries, len(RETRY_AFTER)) - 1]
        self.fault = f"{type(fault).__name__}: {fault}".replace("\0", "")[:200]
