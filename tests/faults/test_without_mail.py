"""A mail server that is down, and two deliverers at once: no mail is lost and none is doubled."""

from collections import Counter
from datetime import timedelta

import pytest

from coordination.kernel.notices import Delivery, deliver, fan_out
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import User
from coordination.kernel.sweep import run
from tests.faults.at_once import at_once
from tests.faults.conftest import ALL_RUNGS

pytestmark = pytest.mark.django_db(transaction=True)


def test_mails_wait_for_their_server_and_then_come_to_each_person_once_though_three_deliver(due, mail_server):
    due(12, ALL_RUNGS)
    for user in User.objects.exclude(posts=None):
        user.email = f"{user.username}@example.test"
        user.save()
    run()
    mail_server.stop()
    deliver()
    assert mail_server.letters == []
    failed = Delivery.objects.exclude(fault="")
    assert failed.exists()
    assert all(delivery.tries == 1 and delivery.next_try_at > now() for delivery in failed)
    mail_server.start()
    travel_to(now() + timedelta(minutes=10))
    at_once([deliver] * 3)
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert len(mail_server.letters) == Delivery.objects.count() > 50
    addressed = Counter((delivery.address,) for delivery in Delivery.objects.all())
    assert Counter(to for to, _text in mail_server.letters) == addressed


def test_two_who_fan_out_at_once_make_each_delivery_once(due):
    due(40, ALL_RUNGS)
    User.objects.filter(username__startswith="sifa").update(email="sifa@example.test")
    run()
    at_once([lambda: fan_out(7)] * 4)
    while fan_out(7):
        continue
    keys = Counter(Delivery.objects.values_list("entry", "user"))
    assert len(keys) >= 40
    assert set(keys.values()) == {1}
