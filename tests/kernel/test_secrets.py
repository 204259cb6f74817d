"""Secrets at rest: what the program need only recognise is a digest, what it must read again is sealed to its row."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django_otp.oath import TOTP

from coordination.kernel.accounts import ApiToken, Phone, digest
from coordination.kernel.sealed import present_key, seal_text, unseal_text
from coordination.kernel.webhooks import Webhook, WebhookCall, deliver_webhooks
from coordination.kernel.words import Refusal
from tests.county import organ, person

pytestmark = pytest.mark.django_db
SUPERVISOR = "sifa.supervisor1"
moved = import_module("coordination.kernel.migrations.0011_seal_what_was_plain")


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


def webhook(key: str = "shengtai") -> tuple[Webhook, str]:
    made = Webhook.objects.create(organ=organ(key), url="https://shengtai.example/events")
    return made, made.give_secret()


def stored(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
        return cursor.fetchone()[0] or ""


# Tokens


def test_of_a_token_only_the_digest_is_kept(client):
    token = ApiToken.make(person("yangfangkou.officer1"))
    assert len(token) >= 43
    assert token not in stored("kernel_apitoken")
    assert ApiToken.objects.get().digest == digest(token)
    asked = client.get("/api/v1/cases/", headers={"Authorization": f"Token {token}"})
    assert asked.status_code == 200
    kept = client.get("/api/v1/cases/", headers={"Authorization": f"Token {digest(token)}"})
    assert (kept.status_code, "重新生成" in kept.json()["detail"]) == (401, True)


def test_a_new_token_voids_the_former_one_and_a_closed_account_has_none(client):
    officer = person("yangfangkou.officer1")
    former, token = ApiToken.make(officer), ApiToken.make(officer)
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {former}"}).status_code == 401
    officer.is_active = False
    officer.save()
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {token}"}).status_code == 401


# Phones


def test_the_key_of_a_phone_is_sealed_and_still_computes_its_codes():
    phone = Phone.objects.give(person(SUPERVISOR), b"a key of twenty byte")
    row = Phone.objects.get(pk=phone.pk)
    assert row.bin_key == b"a key of twenty byte"
    assert row.bin_key.hex() not in stored("otp_totp_totpdevice")
    assert row.verify_token(f"{TOTP(b'a key of twenty byte').token():06d}")


def test_a_key_that_is_moved_to_another_account_or_typed_in_plain_opens_nothing():
    phone = Phone.objects.give(person(SUPERVISOR))
    stolen = Phone(user=person("yangfangkou.officer1"), key=phone.key)
    plain = Phone(user=person(SUPERVISOR), key=b"a key of twenty byte".hex())
    for forged in (stolen, plain):
        with pytest.raises(Refusal, match="系统管理员"):
            _ = forged.bin_key


@pytest.mark.parametrize("line", ["", "short", "%" * 40])
def test_a_line_that_was_never_sealed_is_refused(line):
    with pytest.raises(Refusal):
        unseal_text(line, "x")
    with pytest.raises(Refusal, match="损坏"):
        unseal_text(present_key() + line, "x")


# Webhooks


def test_the_secret_of_a_webhook_is_sealed_to_its_row():
    (one, secret), (other, _secret) = webhook(), webhook("xinzhou")
    assert secret not in stored("kernel_webhook")
    assert Webhook.objects.get(pk=one.pk).signing_secret() == secret
    other.secret = one.secret
    with pytest.raises(Refusal, match="损坏"):
        other.signing_secret()


def test_a_webhook_that_cannot_sign_calls_nobody_and_says_why(story, settings):
    Webhook.objects.create(organ=organ("yangfangkou"), url="https://yangfangkou.example/events")
    story.case()
    assert deliver_webhooks() == 0
    assert "还没有签名密钥" in WebhookCall.objects.get().fault


def test_the_secret_is_shown_once_when_it_is_made_and_when_it_is_renewed(client, settings):
    settings.WEBHOOK_HOSTS = ["shengtai.example"]
    client.force_login(person("admin.system"))
    facts = {"organ": organ("shengtai").pk, "url": "https://shengtai.example/events", "active": "on"}
    shown = client.post(reverse("admin:kernel_webhook_add"), facts)
    made = Webhook.objects.get()
    assert made.signing_secret() in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    change = reverse("admin:kernel_webhook_change", args=[made.pk])
    assert made.signing_secret() not in client.get(change).content.decode()
    renewing = {"action": "renew_secret", "_selected_action": [made.pk]}
    renewed = client.post(reverse("admin:kernel_webhook_changelist"), renewing).content.decode()
    after = Webhook.objects.get().signing_secret()
    assert after != made.signing_secret()
    assert after in renewed


# A new key, and what was there before


def test_a_new_key_seals_phones_and_webhooks_anew_and_the_old_one_may_go(settings):
    phone, (hook, secret) = Phone.objects.give(person(SUPERVISOR), b"a key of twenty byte"), webhook()
    settings.IDENTITY_KEY, settings.IDENTITY_OLD_KEYS = "another long secret", [settings.IDENTITY_KEY]
    assert Phone.objects.get(pk=phone.pk).bin_key == b"a key of twenty byte"
    said = StringIO()
    call_command("rotate_identity_key", stdout=said)
    assert "webhooks: 1" in said.getvalue()
    settings.IDENTITY_OLD_KEYS = []
    assert Phone.objects.get(pk=phone.pk).bin_key == b"a key of twenty byte"
    assert Webhook.objects.get(pk=hook.pk).signing_secret() == secret
    call_command("rotate_identity_key", stdout=said)
    assert said.getvalue().endswith("identities: 0, phones: 0, webhooks: 0\n")


def test_what_lay_in_plain_text_is_sealed_and_goes_on_serving(client):
    officer = person("yangfangkou.officer1")
    Phone.objects.all().delete()
    old = Phone.objects.create(user=person(SUPERVISOR), key=b"a key of twenty byte".hex())
    hook = Webhook.objects.create(organ=organ("shengtai"), url="https://shengtai.example/events", secret="s" * 43)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40), created timestamptz, user_id bigint)")
        cursor.execute("INSERT INTO authtoken_token VALUES (%s, '2026-09-01', %s)", ["f" * 40, officer.pk])
        cursor.execute(moved.TOKENS)
        cursor.execute("SELECT to_regclass('authtoken_token')")
        assert cursor.fetchone() == (None,)
        cursor.execute(moved.TOKENS)  # an installation that never had the table
    moved.close(apps, None)
    assert Phone.objects.get(pk=old.pk).bin_key == b"a key of twenty byte"
    assert Webhook.objects.get(pk=hook.pk).signing_secret() == "s" * 43
    asked = client.get("/api/v1/cases/", headers={"Authorization": f"Token {'f' * 40}"})
    assert asked.status_code == 200
    moved.reopen(apps, None)
    assert Phone.objects.get(pk=old.pk).key == b"a key of twenty byte".hex()
    assert Webhook.objects.get(pk=hook.pk).secret == "s" * 43


def test_what_is_sealed_differs_each_time_and_fits_its_column():
    key = b"k" * 20
    assert seal_text(key, "x") != seal_text(key, "x")
    assert len(seal_text(key, "x")) <= Phone._meta.get_field("key").max_length
    assert len(seal_text(b"s" * 80, "x")) <= Webhook._meta.get_field("secret").max_length
