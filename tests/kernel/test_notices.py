"""What people are told: a mail names no case and no person, waits for its server, and comes to each person once."""

import json
import smtplib
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from cases.models import Case
from coordination.kernel.calendar import work_calendar
from coordination.kernel.clocks import Clock
from coordination.kernel.notices import Delivery, How, Kind, Notice, NoticeRead, NoticeSwitch, fan_out, send_due
from coordination.kernel.notices.choosing import next_digest
from coordination.kernel.notices.delivering import DOWN_AFTER, deliver
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Post, User
from coordination.kernel.posting import signature
from coordination.kernel.steps import perform
from coordination.kernel.sweep import run
from coordination.kernel.web.notice_switches import SwitchForm
from referrals.models import Referral
from tests.county import at, organ, person

ASKED = {"items": "现场照片", "why": "核对", "by_day": date(2026, 9, 25)}

CASE = {
    "title": "孙某某无证排污",
    "subject_name": "孙某某",
    "place_text": "后窑湾村东 12 号",
    "subject_contact": "13900000000",
}


class Server(EmailBackend):
    """A mail server that can be switched off, and counts who knocks."""

    down, refused, knocks = False, (), 0

    def open(self) -> bool:
        type(self).knocks += 1
        if self.down:
            raise ConnectionRefusedError("no mail server")
        return True

    def send_messages(self, messages) -> int:
        for message in messages:
            if set(message.to) & set(self.refused):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch) -> type[Server]:
    settings.EMAIL_BACKEND = f"{Server.__module__}.{Server.__qualname__}"
    monkeypatch.setattr("coordination.kernel.notices.channels.get_connection", lambda: Server())
    for name, value in (("down", False), ("refused", ()), ("knocks", 0)):
        monkeypatch.setattr(Server, name, value)
    return Server


@pytest.fixture
def sending(story) -> Clock:
    """A case whose words are full of personal data is another organ's; everybody has an address."""
    for user in User.objects.exclude(posts=None):
        user.email = f"{user.username}@example.test"
        user.save()
    return Clock.objects.get(matter=story.found_other(story.case(**CASE)), limit="referrals.send")


@pytest.fixture
def reminded(sending) -> Clock:
    """Its first rung has fired."""
    travel_to(at("2026-09-23 08:31"))
    run()
    return sending


def later(**span) -> None:
    travel_to(now() + timedelta(**span))


def test_a_mail_says_the_next_step_by_when_and_the_link(reminded, server):
    deliver()
    letter = mail.outbox[0]
    number = reminded.matter.number
    assert letter.subject == f"【临期提醒】移送有管辖权的一方（{number}）"
    assert "办理“移送有管辖权的一方”，期限至 2026-09-24 24:00" in letter.body
    assert f"/m/{number}/" in letter.body


def test_a_mail_holds_no_personal_data_and_nothing_of_the_case(reminded, server):
    deliver()
    names = [user.name for user in User.objects.exclude(name="")]
    assert mail.outbox
    for letter in mail.outbox:
        text = letter.subject + letter.body
        assert not [word for word in [*CASE.values(), *names, "孙某某", "13900000000"] if word in text]


def test_one_who_only_watches_is_told_whom_to_urge(reminded, server):
    travel_to(at("2026-09-28 08:31"))
    run()
    deliver()
    body = next(letter.body for letter in mail.outbox if letter.to == [person("sifa.supervisor1").email])
    assert "督促阳方口镇办理“移送有管辖权的一方”" in body


def test_a_step_tells_the_receiver_by_mail_which_duty_has_begun(story, server):
    User.objects.filter(username=story.receiver).update(email="receiver@example.test")
    story.sent()
    deliver()
    letter = next(letter for letter in mail.outbox if letter.to == ["receiver@example.test"])
    assert "办理“受理并出具送达回证”" in letter.body
    assert "黑岭" not in letter.subject + letter.body


def test_a_person_with_two_posts_is_told_of_an_entry_once(reminded, server):
    officer = person("yangfangkou.officer1")
    Post.objects.create(user=officer, organ=organ("yangfangkou"), role="approver", since=at("2026-01-01 00:00").date())
    deliver()
    assert [letter.to for letter in mail.outbox].count([officer.email]) == 1


def test_whoever_has_no_address_is_told_in_the_inbox_alone(reminded, server):
    User.objects.update(email="")
    deliver()
    assert mail.outbox == []
    assert Notice.objects.filter(entry__step="rung.remind", fanned_out=True).count() == 2


def test_a_server_that_is_down_is_left_alone_after_a_few_knocks(reminded, server):
    server.down = True
    fan_out()
    assert Delivery.objects.count() > DOWN_AFTER
    assert send_due() == 0
    assert server.knocks == DOWN_AFTER


def test_a_mail_that_fails_is_tried_again_after_a_growing_time_and_is_not_lost(reminded, server):
    server.down = True
    Delivery.objects.all().delete()
    fan_out()
    first = Delivery.objects.order_by("pk").first()
    Delivery.objects.exclude(pk=first.pk).delete()
    waits = []
    for _try in range(4):
        send_due()
        first.refresh_from_db()
        waits.append(first.next_try_at - now())
        travel_to(first.next_try_at)
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [1, 5, 30, 120]
    assert "ConnectionRefusedError" in first.fault
    server.down = False
    assert send_due() == 1
    assert send_due() == 0
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_does_not_hold_up_the_others(reminded, server):
    server.refused = (person("yangfangkou.officer1").email,)
    deliver()
    waiting = Delivery.objects.filter(sent_at=None)
    assert [delivery.address for delivery in waiting] == list(server.refused)
    assert len(mail.outbox) == Delivery.objects.count() - 1


def test_a_limit_whose_title_breaks_the_line_stops_no_mail(sending, server):
    Clock.objects.update(title="移送\n有管辖权的一方")
    travel_to(at("2026-09-23 08:31"))
    run()
    deliver()
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert mail.outbox[0].subject.startswith("【临期提醒】移送 有管辖权的一方")


def test_what_is_sent_is_not_sent_again(reminded, server):
    deliver()
    sent = len(mail.outbox)
    deliver()
    later(days=3)
    send_due()
    assert len(mail.outbox) == sent > 0


def test_nothing_to_send_opens_no_connection(ningwu, server):
    deliver()
    assert server.knocks == 0


def test_the_inbox_shows_a_notice_to_its_posts_alone(reminded):
    told = Notice.objects.filter(entry__step="rung.remind")
    assert told.visible_to(person("yangfangkou.officer1")).count() == 1
    assert told.visible_to(person("yangfangkou.approver")).count() == 1
    assert not told.visible_to(person("shengtai.officer1")).exists()


# At once, in a digest, or not at all


def mails_to(login: str) -> list:
    return [letter for letter in mail.outbox if letter.to == [person(login).email]]


def test_progress_waits_for_the_digest_and_comes_as_one_mail(story, sending, server):
    """What others have done is read twice a day; nobody is interrupted for it."""
    referral = story.sent(story.approved(story.draft(Case.objects.get(pk=sending.matter_id))))
    perform(referral, "sign_for", person("shengtai.registry"), signer="叶佳辉")
    perform(referral, "ask_supplement", person(story.receiver), **ASKED)
    perform(referral, "supply", person(story.officer), words="已补充")
    mail.outbox.clear()
    travel_to(at("2026-09-21 10:00"))
    deliver()
    assert not [letter for letter in mails_to(story.receiver) if "汇总" in letter.subject]
    travel_to(at("2026-09-21 16:31"))
    deliver()
    digests = [letter for letter in mail.outbox if "汇总" in letter.subject]
    assert digests
    assert len({letter.to[0] for letter in digests}) == len(digests), "one a person"
    text = next(letter.body for letter in digests if letter.to == [person(story.officer).email])
    assert referral.number in text
    assert "黑岭" not in text


def test_a_new_assignment_comes_at_once(story, sending, server):
    story.sent(story.approved(story.draft(Case.objects.get(pk=sending.matter_id))))
    deliver()
    assert "办理“受理并出具送达回证”" in mails_to(story.receiver)[0].body


@pytest.mark.parametrize(
    ("told", "comes"),
    [
        ("2026-09-21 07:00", "2026-09-21 08:30"),
        ("2026-09-21 08:35", "2026-09-21 08:35"),
        ("2026-09-21 09:00", "2026-09-21 16:30"),
        ("2026-09-21 17:00", "2026-09-22 08:30"),
        ("2026-09-30 17:00", "2026-10-08 08:30"),
        ("2026-10-03 12:00", "2026-10-08 08:30"),
        ("2026-10-10 12:00", "2026-10-10 16:30"),
    ],
)
def test_digests_go_out_twice_on_working_days(ningwu, told, comes):
    assert next_digest(at(told), work_calendar("ningwu")) == at(comes)


def test_what_one_has_switched_off_stays_in_the_inbox(reminded, server):
    for user in User.objects.exclude(email=""):
        NoticeSwitch.objects.create(user=user, kind=Kind.REMIND, how=How.OFF)
    deliver()
    assert not [letter for letter in mail.outbox if "临期提醒" in letter.subject]
    assert Notice.objects.filter(entry__step="rung.remind").visible_to(person("yangfangkou.officer1")).exists()


def test_what_is_overdue_can_wait_for_the_digest_but_never_be_switched_off(sending):
    form = SwitchForm(dict.fromkeys(Kind.values, How.OFF), user=person("yangfangkou.officer1"))
    assert {*form.errors} == {Kind.OVERDUE, Kind.SUPERVISE}


def test_a_limit_by_the_hour_reminds_at_once(story, server):
    User.objects.filter(username=story.officer).update(email="officer@example.test")
    story.found_other(story.case(urgency="urgent"))
    deliver()
    mail.outbox.clear()
    travel_to(at("2026-09-22 08:59"))
    run()
    deliver()
    assert [letter for letter in mail.outbox if "临期提醒" in letter.subject]


# Another way out


@pytest.fixture
def gateway(settings):
    """A gateway that listens on this machine, and what it has been sent."""
    received = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.headers["X-Coordination-Signature"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.NOTICE_CHANNELS = ["gateway"]
    settings.NOTICE_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/sms"
    settings.NOTICE_GATEWAY_SECRET = "shared"
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_gateway_gets_a_signed_message_for_the_telephone(reminded, gateway):
    User.objects.filter(username="yangfangkou.officer1").update(phone="000-0001")
    Notice.objects.update(fanned_out=False)
    Delivery.objects.all().delete()
    deliver()
    signed, body = next((signed, body) for signed, body in gateway if json.loads(body)["address"] == "000-0001")
    moment, _, value = signed.removeprefix("t=").partition(",v1=")
    assert value == signature("shared", int(moment), body)
    assert "移送有管辖权的一方" in json.loads(body)["subject"]
    assert not Delivery.objects.filter(sent_at=None, address="000-0001").exists()


def test_a_gateway_that_is_down_loses_nothing(reminded, settings):
    settings.NOTICE_CHANNELS = ["gateway"]
    settings.NOTICE_GATEWAY_URL, settings.NOTICE_GATEWAY_SECRET = "http://127.0.0.1:9/sms", "shared"
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    User.objects.filter(username="yangfangkou.officer1").update(phone="000-0001")
    deliver()
    waiting = Delivery.objects.get(channel="gateway", address="000-0001")
    assert (waiting.sent_at, waiting.tries) == (None, 1)
    assert waiting.next_try_at > now()


def test_a_person_with_two_posts_reads_of_an_entry_once(reminded):
    officer = person("yangfangkou.officer1")
    Post.objects.create(user=officer, organ=organ("yangfangkou"), role="approver", since=at("2026-01-01 00:00").date())
    officer = person("yangfangkou.officer1")
    told = Notice.objects.filter(entry__step="rung.remind")
    assert told.filter(organ=organ("yangfangkou"), role__in=["officer", "approver"]).count() == 2
    assert told.once_to(officer).count() == 1
    client = Client()
    client.force_login(officer)
    mine = list(told.visible_to(officer))
    assert client.get(reverse("notice", args=[mine[1].pk])).status_code == 302  # a mail may have named either
    assert NoticeRead.objects.filter(user=officer, notice__in=mine).count() == 2


def test_only_what_gives_something_to_do_is_called_to_be_done(story):
    story.sent()

    def called(login: str) -> set[str]:
        client = Client()
        client.force_login(person(login))
        return {str(line["next_label"]) for line in client.get(reverse("notices")).context["notices"]}

    assert called(story.receiver) == {"去办理"}
    story.accepted(Referral.objects.get())
    assert "查看" in called(story.officer)
