"""The notices in the database: the State Council's of each year, and a county's own days.

Two persons confirm a notice; only then is it in force and raises the calendar version of the counties it binds. A
notice in force is never edited: a correction is a later notice that overrides it day by day.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.calendar.days import Day
from coordination.kernel.words import Refusal
from coordination.kernel.written import Later


class CalendarNotice(models.Model):
    """A notice of holidays for a year. `county` None: national. `version` None: not in force.

    `version` is the county's calendar version from the moment it came into force: the highest among the national
    notices and its own. `official`: its days settle the year; a national one ends the year's being provisional.
    """

    class Origin(models.TextChoices):
        FILE = "file", _("随系统发布，经测试核对")
        ENTERED = "entered", _("人工录入，双人确认")

    year = models.PositiveSmallIntegerField(_("年份"))
    county = models.ForeignKey("kernel.County", models.PROTECT, verbose_name=_("县"), null=True, blank=True)
    title = models.CharField(_("通知名称"), max_length=120)
    reference = models.CharField(_("文号"), max_length=60, unique=True)
    issued = models.DateField(_("发文日期"))
    official = models.BooleanField(_("正式安排"), default=True)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices, default=Origin.ENTERED)
    version = models.PositiveIntegerField(_("日历版本"), null=True, editable=False, unique=True)
    confirmed_by_first = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("第一确认人"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_by_second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("第二确认人"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    in_force_at = models.DateTimeField(_("生效时间"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("放假安排通知")
        ordering = ["issued", "pk"]
        constraints = [
            models.CheckConstraint(
                name="calendar_in_force", condition=Q(version__isnull=True) | Q(in_force_at__isnull=False)
            ),
            models.CheckConstraint(
                name="calendar_two_persons",
                condition=Q(version__isnull=True)
                | Q(origin="file")
                | (
                    Q(confirmed_by_first__isnull=False)
                    & Q(confirmed_by_second__isnull=False)
                    & ~Q(confirmed_by_first=F("confirmed_by_second"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.reference}）"

    @property
    def in_force(self) -> bool:
        return self.version is not None


class CalendarDay(models.Model):
    """What a notice says of one day: off, or worked in exchange, and for which holiday."""

    notice = models.ForeignKey(CalendarNotice, models.CASCADE, verbose_name=_("通知"), related_name="days")
    date = models.DateField(_("日期"))
    works = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("放假或上班日")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["notice", "date"], name="one_saying_a_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    @property
    def said(self) -> tuple[date, Day]:
        return self.date, Day(self.works, self.name)


def binding(county_code: str | Later | None) -> Q:
    """The notices in force that bind a county: the national ones and its own (None: the national ones alone)."""
    own = Q(county=county_code) if county_code else Q(pk__in=())
    return Q(version__isnull=False) & (Q(county__isnull=True) | own)


def record_notice(
    year: int, title: str, reference: str, issued: date, days: Iterable[tuple[date, Day]], **fields
) -> CalendarNotice:
    """Write down a notice and its days. It is not in force yet."""
    notice = CalendarNotice.objects.create(year=year, title=title, reference=reference, issued=issued, **fields)
    CalendarDay.objects.bulk_create(
        CalendarDay(notice=notice, date=day, works=said.works, name=said.name) for day, said in days
    )
    return notice


@transaction.atomic
def confirm(notice: CalendarNotice, user, moment: datetime) -> CalendarNotice:
    """One person's confirmation; the second one's brings the notice into force. Refusal if it is the same person."""
    notice = _locked(notice)
    if notice.in_force:
        raise Refusal(_("该通知已经生效，不能再次确认；如有更正，请录入新的通知。"), code="stage")
    if notice.confirmed_by_first_id == user.pk:
        raise Refusal(_("同一通知须由两人分别确认，请另一人确认。"), code="permission")
    if notice.confirmed_by_first_id is None:
        notice.confirmed_by_first = user
    else:
        notice.confirmed_by_second = user
        put_in_force(notice, moment)
    notice.save()
    return notice


def put_in_force(notice: CalendarNotice, moment: datetime) -> None:
    """Give `notice` the next calendar version. The caller holds the lock and saves."""
    notice.version, notice.in_force_at = _next_version(), moment


def lock_notices() -> None:
    """One writer at a time, so that versions come into force in the order of their numbers."""
    list(CalendarNotice.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _locked(notice: CalendarNotice) -> CalendarNotice:
    lock_notices()
    return CalendarNotice.objects.get(pk=notice.pk)


def _next_version() -> int:
    """A number that grows and is never used twice, even if the transaction is rolled back: work_calendar keeps
    pictures by version in every process. Taken from the notices' own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('kernel_calendarnotice', 'id'))")
        return cursor.fetchone()[0]
