"""What turns out to be a state secret is erased (NW-4.25): the one change of an issued document that the database lets
pass, and then only to no words at all, under the same number and hash."""

from django.db import migrations, models
from django.db.models import Q

GUARD = """
DROP TRIGGER csx_same_words ON kernel_issueddocument;
CREATE TRIGGER csx_same_words BEFORE UPDATE ON kernel_issueddocument FOR EACH ROW
    WHEN ((NEW.matter_id, NEW.entry_id, NEW.key, NEW.organ_id, NEW.number, NEW.issued_at, NEW.code)
        IS DISTINCT FROM
        (OLD.matter_id, OLD.entry_id, OLD.key, OLD.organ_id, OLD.number, OLD.issued_at, OLD.code)
        OR OLD.sha256 <> '' AND (NEW.sha256, NEW.pdf) IS DISTINCT FROM (OLD.sha256, OLD.pdf)
        OR {words})
    EXECUTE FUNCTION csx_refuse();
ALTER TABLE kernel_issueddocument ENABLE ALWAYS TRIGGER csx_same_words;
"""
BEFORE = "OLD.sha256 <> '' AND NEW.html IS DISTINCT FROM OLD.html"
AFTER = """OLD.erased_at IS NOT NULL AND (NEW.html, NEW.erased_at) IS DISTINCT FROM (OLD.html, OLD.erased_at)
        OR OLD.sha256 <> '' AND NEW.html IS DISTINCT FROM OLD.html AND (NEW.html <> '' OR NEW.erased_at IS NULL)"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0017_a_language_of_ones_own")]

    operations = [
        migrations.AddField(
            model_name="material",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="清除时间"),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="清除时间"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["erased_at"], name="document_erased", condition=Q(erased_at__isnull=False)),
        ),
        migrations.RunSQL(GUARD.format(words=AFTER), GUARD.format(words=BEFORE)),
    ]
