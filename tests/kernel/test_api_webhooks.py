"""Webhooks: signed, owed once, tried again, and sent to no host but those that the installation names."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError

from coordination.kernel import posting
from coordination.kernel.now import now, travel_to
from coordination.kernel.webhooks import Unreachable, Webhook, WebhookCall, deliver_webhooks, post
from tests.county import organ


class Listener(HTTPServer):
    """The system of an organ: remembers what it was told, and answers what it is told to answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[tuple[dict, bytes]] = []
        self.answer, self.headers = 204, {}
        self.host = f"127.0.0.1:{self.server_port}"
        self.url = f"http://{self.host}/events?from=county"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *words) -> None:
        """Tests speak for themselves."""


@pytest.fixture
def listener(settings):
    server = Listener()
    settings.WEBHOOK_HOSTS = [server.host]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def subscribed(listener, key: str) -> Webhook:
    made = Webhook.objects.create(organ=organ(key), url=listener.url)
    made.give_secret()
    return made


def test_an_organ_is_told_what_happens_to_its_matters_signed(story, listener):
    mine, other = subscribed(listener, "shengtai"), subscribed(listener, "xinzhou")
    referral = story.sent()
    assert deliver_webhooks() == len(listener.heard) == mine.calls.count()
    assert other.calls.count() == 0
    headers, body = listener.heard[-1]
    event = json.loads(body)
    assert (event["number"], event["step"], event["after"]) == (referral.number, "send", "served")
    at, signed = (part.partition("=")[2] for part in headers["X-Coordination-Signature"].split(","))
    assert signed == posting.signature(mine.signing_secret(), int(at), body)
    assert "黑岭" not in body.decode()
    assert deliver_webhooks() == 0


def test_a_failed_call_is_tried_again_after_growing_delays(story, listener):
    subscribed(listener, "yangfangkou")
    story.case()
    listener.answer = 500
    assert deliver_webhooks() == 0
    call = WebhookCall.objects.get()
    assert (call.fault, call.tries, call.next_try_at - now() <= timedelta(minutes=1)) == ("HTTP 500", 1, True)
    assert deliver_webhooks() == 0
    assert len(listener.heard) == 1
    travel_to(now() + timedelta(minutes=2))
    deliver_webhooks()
    call.refresh_from_db()
    assert timedelta(minutes=1) < call.next_try_at - now() <= timedelta(minutes=2)
    listener.answer = 200
    travel_to(now() + timedelta(minutes=3))
    assert deliver_webhooks() == 1
    call.refresh_from_db()
    assert (call.tries, call.fault, call.next_try_at) == (3, "", None)


def test_a_webhook_that_is_switched_off_is_told_nothing(story, listener):
    hook = subscribed(listener, "yangfangkou")
    Webhook.objects.update(active=False)
    story.case()
    assert deliver_webhooks() == 0
    assert listener.heard == []
    Webhook.objects.filter(pk=hook.pk).update(active=True)
    assert deliver_webhooks() == 1


def test_a_redirect_is_not_followed(story, listener):
    listener.answer, listener.headers = 302, {"Location": "http://127.0.0.1:1/"}
    with pytest.raises(Unreachable, match="HTTP 302"):
        post(listener.url, "s", b"{}", 1, 0)
    assert len(listener.heard) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://elsewhere.example/hook",
        "ftp://127.0.0.1/x",
        "http://name:word@127.0.0.1/x",
        "http://127.0.0.1:99999/x",
        "http://[::1/x",
        "//127.0.0.1/x",
        "http:///x",
    ],
)
def test_a_host_that_is_not_on_the_list_is_refused_when_it_is_typed_and_when_it_is_called(ningwu, listener, url):
    with pytest.raises(ValidationError):
        Webhook(organ=organ("shengtai"), url=url).full_clean()
    with pytest.raises(Unreachable):
        post(url, "s", b"{}", 1, 0)
    assert listener.heard == []


def test_a_name_that_leads_to_this_machine_is_not_called(ningwu, listener, settings):
    settings.WEBHOOK_HOSTS = ["localhost"]
    with pytest.raises(Unreachable, match="this machine"):
        post(listener.url.replace("127.0.0.1", "localhost"), "s", b"{}", 1, 0)
    assert listener.heard == []


def test_in_production_only_tls_is_spoken(ningwu, listener, settings):
    settings.WEBHOOK_SCHEMES = ("https",)
    with pytest.raises(Unreachable):
        post(listener.url, "s", b"{}", 1, 0)


def test_a_side_that_is_away_costs_the_others_nothing(story, listener):
    away = subscribed(listener, "yangfangkou")
    Webhook.objects.filter(pk=away.pk).update(url="http://127.0.0.1:9/")
    posting.settings.WEBHOOK_HOSTS.append("127.0.0.1")
    subscribed(listener, "yangfangkou")
    story.case()
    assert deliver_webhooks() == 1
    assert WebhookCall.objects.get(webhook=away).fault == "ConnectionRefusedError"
