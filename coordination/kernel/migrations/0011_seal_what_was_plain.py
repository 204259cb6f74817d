"""The secrets that lay in plain text: tokens become digests and their old table goes, keys and secrets are sealed.

Needs IDENTITY_KEY. The tables are small; whoever holds one for longer than five seconds makes this fail whole, to be run
again. Programs keep their tokens, phones their keys, organs their secrets.
"""

from django.db import migrations

from coordination.kernel.sealed import seal_text, unseal_text

TOKENS = """
SET LOCAL lock_timeout = '5s';
DO $$ BEGIN
    IF to_regclass('authtoken_token') IS NOT NULL THEN
        INSERT INTO kernel_apitoken (user_id, digest, created)
            SELECT user_id, encode(sha256(convert_to(key, 'UTF8')), 'hex'), created FROM authtoken_token;
        DROP TABLE authtoken_token;
    END IF;
END $$;
"""


def close(apps, schema_editor) -> None:
    for phone in apps.get_model("otp_totp", "TOTPDevice").objects.select_for_update():
        phone.key = seal_text(bytes.fromhex(phone.key), f"kernel.phone:{phone.user_id}")
        phone.save(update_fields=["key"])
    for webhook in apps.get_model("kernel", "Webhook").objects.exclude(secret="").select_for_update():
        webhook.secret = seal_text(webhook.secret.encode(), f"kernel.webhook:{webhook.pk}")
        webhook.save(update_fields=["secret"])


def reopen(apps, schema_editor) -> None:
    """Tokens do not come back out of their digests: they are made anew."""
    for phone in apps.get_model("otp_totp", "TOTPDevice").objects.select_for_update():
        phone.key = unseal_text(phone.key, f"kernel.phone:{phone.user_id}").hex()
        phone.save(update_fields=["key"])
    for webhook in apps.get_model("kernel", "Webhook").objects.exclude(secret="").select_for_update():
        webhook.secret = unseal_text(webhook.secret, f"kernel.webhook:{webhook.pk}").decode()
        webhook.save(update_fields=["secret"])


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0010_sealed_secrets"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.RunSQL(TOKENS, migrations.RunSQL.noop),
        migrations.RunPython(close, reopen),
    ]
