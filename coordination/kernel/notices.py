"""The outbox: what an organ is owed to be told is a row first; people see it by their posts; mail is fanned out later.

A row names an entry, an organ and a role. A mail server that is down, a queue that is away or a worker that dies
costs time, never a notice.
"""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Post, Role, User, in_force, posts_of

#: Waiting times before a failed mail is tried again; the last one repeats.
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


class Level(models.TextChoices):
    """How loud a notice is, from a step that concerns one to a report to the government."""

    INFO = "info", pgettext_lazy("notice", "办理通知")
    REMIND = "remind", pgettext_lazy("notice", "临期提醒")
    OVERDUE = "overdue", pgettext_lazy("notice", "超期提醒")
    SUPERVISE = "supervise", pgettext_lazy("notice", "督促办理")
    REPORT = "report", pgettext_lazy("notice", "报告政府")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """What `user` is told through his posts. A row without a role is for every post of the organ."""
        mine = Q(pk__in=[])
        for post in posts_of(user):
            mine |= Q(organ_id=post.organ_id, role__in=["", post.role])
        return self.filter(mine)

    def with_read(self, user: User) -> "NoticeQuerySet":
        return self.annotate(read=Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user)))


class Notice(models.Model):
    """One thing that an organ (in a role; blank: all its posts) is told about an entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notices")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="notices")
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


class NoticeRead(models.Model):
    """That a person has opened a notice: for his own unread count only, never a mark that anyone is judged by."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="one_read")]


class Delivery(models.Model):
    """One message to one person by one channel, kept until it has been sent."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, default="email")
    address = models.CharField(max_length=254)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("通知投递")
        constraints = [models.UniqueConstraint(fields=["notice", "user", "channel"], name="one_delivery")]
        indexes = [models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(sent_at__isnull=True))]


def fan_out(limit: int = 500) -> int:
    """Turn outbox rows into one delivery a person. Returns how many rows were handled."""
    with transaction.atomic():
        rows = list(
            Notice.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(fanned_out=False)
            .order_by("id")[:limit]
        )
        moment = now()
        people = _people({row.organ_id for row in rows}, moment.date())
        Delivery.objects.bulk_create(
            [
                Delivery(notice=row, user=user, address=user.email, next_try_at=moment)
                for row in rows
                for user in people.get((row.organ_id, row.role), ())
            ],
            ignore_conflicts=True,
        )
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_out=True)
    return len(rows)


def _people(organs: set[int], day) -> dict[tuple[int, str], set[User]]:
    """Who holds which post, with an address, by organ and role; the blank role gathers all of an organ."""
    posts = Post.objects.filter(in_force(day), organ__in=organs, user__is_active=True).exclude(user__email="")
    people: dict[tuple[int, str], set[User]] = {}
    for post in posts.select_related("user"):
        for role in (post.role, ""):
            people.setdefault((post.organ_id, role), set()).add(post.user)
    return people


def send_due(limit: int = 100) -> int:
    """Send what is due, each message under its own row lock, so that two workers never send the same one at once.

    Returns how many were tried.
    """
    tried = 0
    while tried < limit and _send_one():
        tried += 1
    return tried


def _send_one() -> bool:
    with transaction.atomic():
        moment = now()
        due = Delivery.objects.filter(sent_at__isnull=True, next_try_at__lte=moment)
        delivery = (
            due.select_for_update(skip_locked=True, of=("self",))
            .select_related("notice__matter", "user")
            .order_by("next_try_at")
            .first()
        )
        if delivery is None:
            return False
        delivery.tries += 1
        try:
            _mail(delivery)
            delivery.sent_at, delivery.fault = moment, ""
        except OSError as fault:  # smtplib's errors are OSErrors: the server is down or refuses; tried again later
            wait = RETRY_AFTER[min(delivery.tries, len(RETRY_AFTER)) - 1]
            delivery.next_try_at, delivery.fault = moment + wait, f"{type(fault).__name__}: {fault}"[:200]
        delivery.save()
    return True


def _mail(delivery: Delivery) -> None:
    """No personal data in the mail: what it is about, what to do next, and the link."""
    notice = delivery.notice
    link = f"{settings.PUBLIC_URL}/m/{notice.matter.number}/"
    body = _("%(title)s\n\n事项编号：%(number)s\n请登录平台办理：%(link)s\n") % {
        "title": notice.title,
        "number": notice.matter.number,
        "link": link,
    }
    EmailMessage(subject=f"【{notice.get_level_display()}】{notice.title}", body=body, to=[delivery.address]).send()


@shared_task(name="kernel.deliver")
def deliver() -> None:
    """Fan out the outbox and send what is due. Safe to run twice and side by side."""
    fan_out()
    send_due()
