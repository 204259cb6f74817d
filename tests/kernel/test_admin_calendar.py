"""A notice of holidays in the admin: entered by one, confirmed by two, never changed once anybody has confirmed it."""

from datetime import date

import pytest
from django.urls import reverse

from coordination.kernel.calendar import CalendarNotice, work_calendar
from coordination.kernel.organs import User
from tests.county import person

ADD = "admin:kernel_calendarnotice_add"
NOTICE = {
    "year": "2027",
    "title": "2027年放假安排",
    "reference": "国办发明电〔2026〕9号",
    "issued": "2026-09-20",
    "official": "on",
}


def days(*rows: tuple[str, str, str]) -> dict:
    found = {"days-TOTAL_FORMS": str(len(rows)), "days-INITIAL_FORMS": "0"}
    for number, (day, works, name) in enumerate(rows):
        found |= {f"days-{number}-date": day, f"days-{number}-name": name}
        found |= {f"days-{number}-works": "on"} if works else {}
    return found


@pytest.fixture
def admin(client, ningwu):
    client.force_login(person("admin"))
    return client


@pytest.fixture
def second(ningwu):
    return User.objects.create(username="admin2", name="第二人", is_staff=True, is_superuser=True)


def entered(admin, **change) -> CalendarNotice:
    rows = days(("2027-01-01", "", "元旦"), ("2027-01-09", "works", "元旦"))
    answer = admin.post(reverse(ADD), NOTICE | rows | change)
    assert answer.status_code == 302, answer.context["errors"]
    return CalendarNotice.objects.get(reference=NOTICE["reference"])


def confirm(client, notice):
    return client.post(reverse("admin:kernel_calendarnotice_confirm", args=[notice.pk]), follow=True).content.decode()


def test_two_persons_bring_a_notice_into_force(admin, client, second):
    notice = entered(admin)
    assert "请另一人核对后再次确认" in confirm(admin, notice)
    assert "须由两人分别确认" in confirm(admin, notice)
    assert work_calendar("ningwu").provisional(date(2027, 6, 1))
    client.force_login(second)
    assert "通知已经生效" in confirm(client, notice)
    calendar = work_calendar("ningwu")
    assert (calendar.provisional(date(2027, 6, 1)), calendar.works(date(2027, 1, 9))) == (False, True)
    assert "不能再次确认" in confirm(client, notice)


def test_what_one_has_confirmed_the_other_cannot_have_changed(admin):
    notice = entered(admin)
    change = reverse("admin:kernel_calendarnotice_change", args=[notice.pk])
    assert 'name="title"' in admin.get(change).content.decode()
    confirm(admin, notice)
    assert 'name="title"' not in admin.get(change).content.decode()
    assert admin.post(change, NOTICE | {"title": "另一安排"}).status_code == 403
    assert (
        admin.post(reverse("admin:kernel_calendarnotice_delete", args=[notice.pk]), {"post": "yes"}).status_code == 302
    )
    assert not CalendarNotice.objects.filter(pk=notice.pk).exists()


def test_a_notice_in_force_is_not_deleted(admin):
    notice = CalendarNotice.objects.filter(version__isnull=False).first()
    assert (
        admin.post(reverse("admin:kernel_calendarnotice_delete", args=[notice.pk]), {"post": "yes"}).status_code == 403
    )


def test_a_notice_without_a_day_is_not_confirmed(admin):
    assert admin.post(reverse(ADD), NOTICE | days()).status_code == 302
    notice = CalendarNotice.objects.get(reference=NOTICE["reference"])
    assert "没有任何放假或者上班日" in confirm(admin, notice)
    notice.refresh_from_db()
    assert notice.confirmed_by_first is None


def test_a_day_of_another_year_is_refused(admin):
    answer = admin.post(reverse(ADD), NOTICE | days(("2028-05-01", "", "劳动节")))
    assert "不在通知的年份之内" in answer.content.decode()
    assert entered(admin, **days(("2026-12-31", "", "元旦"))).days.get().date == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"year": "1900"}, "发文当年或者次年"),
        ({"year": "2028"}, "发文当年或者次年"),
        ({"issued": "2026-12-01"}, "不能晚于今天"),
    ],
)
def test_a_notice_of_another_age_or_of_tomorrow_is_refused(admin, wrong, words):
    answer = admin.post(reverse(ADD), NOTICE | days(("2027-01-01", "", "元旦")) | wrong)
    assert words in answer.content.decode()
    assert not CalendarNotice.objects.filter(reference=NOTICE["reference"]).exists()


def test_confirming_is_an_act_and_never_a_look(admin):
    notice = entered(admin)
    assert admin.get(reverse("admin:kernel_calendarnotice_confirm", args=[notice.pk])).status_code == 405
    notice.refresh_from_db()
    assert notice.confirmed_by_first is None
