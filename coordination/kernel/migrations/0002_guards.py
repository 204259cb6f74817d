"""What the database itself refuses, whoever asks: changing the journal, custody records, issued documents, what a file is.

The triggers fire always, also for a session that has set its replication role. The application's own role gets no
right to try. The owner of the tables can still switch a trigger off; the chain and the signed checkpoints show it.
"""

from django.conf import settings
from django.db import migrations

#: Rows that are written once.
WRITTEN_ONCE = (
    "kernel_entry",
    "kernel_checkpoint",
    "kernel_materialcheck",
    "kernel_evidencereview",
    "kernel_materialaccess",
)
#: Refused statements of tables that allow something: words may be deleted (erasure), never changed.
REFUSED = {
    **dict.fromkeys(WRITTEN_ONCE, ("UPDATE", "DELETE", "TRUNCATE")),
    "kernel_entrywords": ("UPDATE", "TRUNCATE"),
    "kernel_checkpointleaf": ("DELETE", "TRUNCATE"),
    "kernel_material": ("DELETE", "TRUNCATE"),
    "kernel_issueddocument": ("DELETE", "TRUNCATE"),
}

FUNCTIONS = """
CREATE FUNCTION csx_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are kept as they were written', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION csx_leaf_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_checkpointleaf (entry_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER csx_leaf_waits AFTER INSERT ON kernel_entry REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION csx_leaf_waits();

CREATE TRIGGER csx_sealed_once BEFORE UPDATE ON kernel_checkpointleaf FOR EACH ROW
    WHEN (OLD.checkpoint_id IS NOT NULL OR NEW.entry_id <> OLD.entry_id) EXECUTE FUNCTION csx_refuse();
ALTER TABLE kernel_checkpointleaf ENABLE ALWAYS TRIGGER csx_sealed_once;

CREATE TRIGGER csx_same_file BEFORE UPDATE ON kernel_material FOR EACH ROW
    WHEN ((NEW.matter_id, NEW.sha256, NEW.size, NEW.mime, NEW.added_at, NEW.uploaded_by_id, NEW.organ_id)
        IS DISTINCT FROM
        (OLD.matter_id, OLD.sha256, OLD.size, OLD.mime, OLD.added_at, OLD.uploaded_by_id, OLD.organ_id))
    EXECUTE FUNCTION csx_refuse();
ALTER TABLE kernel_material ENABLE ALWAYS TRIGGER csx_same_file;

CREATE TRIGGER csx_same_words BEFORE UPDATE ON kernel_issueddocument FOR EACH ROW
    WHEN ((NEW.matter_id, NEW.entry_id, NEW.key, NEW.organ_id, NEW.number, NEW.issued_at, NEW.code)
        IS DISTINCT FROM
        (OLD.matter_id, OLD.entry_id, OLD.key, OLD.organ_id, OLD.number, OLD.issued_at, OLD.code)
        OR OLD.sha256 <> '' AND (NEW.html, NEW.sha256, NEW.pdf) IS DISTINCT FROM (OLD.html, OLD.sha256, OLD.pdf))
    EXECUTE FUNCTION csx_refuse();
ALTER TABLE kernel_issueddocument ENABLE ALWAYS TRIGGER csx_same_words;
"""

NO_FUNCTIONS = """
DROP TRIGGER csx_same_words ON kernel_issueddocument;
DROP TRIGGER csx_same_file ON kernel_material;
DROP TRIGGER csx_sealed_once ON kernel_checkpointleaf;
DROP TRIGGER csx_leaf_waits ON kernel_entry;
DROP FUNCTION csx_leaf_waits();
DROP FUNCTION csx_refuse();
"""


def _guard(table: str, refused: tuple[str, ...]) -> tuple[str, str]:
    """The statements that set up and take away the triggers of one table.

    TRUNCATE has a trigger of its own, so that a test database can do without it alone.
    """
    up, down = [], []
    for name, events in (("change", [e for e in refused if e != "TRUNCATE"]), ("truncate", ["TRUNCATE"])):
        up.append(
            f"CREATE TRIGGER csx_no_{name} BEFORE {' OR '.join(events)} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION csx_refuse();"
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER csx_no_{name};"
        )
        down.append(f"DROP TRIGGER csx_no_{name} ON {table};")
    return "".join(up), "".join(down)


GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
NO_GRANTS = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
REVOKE USAGE ON SCHEMA public FROM {role};
"""


def _app_role(cursor) -> str | None:
    """The application's role, quoted; None where there is none (check kernel.W001 says so) or where it owns the
    tables: an owner without UPDATE could not even check a foreign key."""
    cursor.execute(
        "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [settings.APP_ROLE]
    )
    found = cursor.fetchone()
    return found and found[0]


def grant(apps, schema_editor) -> None:
    with schema_editor.connection.cursor() as cursor:
        role = _app_role(cursor)
        if role is None:
            return
        cursor.execute(GRANTS.format(role=role))
        for table, refused in REFUSED.items():
            cursor.execute(f"REVOKE {', '.join(refused)} ON {table} FROM {role}")


def revoke(apps, schema_editor) -> None:
    with schema_editor.connection.cursor() as cursor:
        role = _app_role(cursor)
        if role is not None:
            cursor.execute(NO_GRANTS.format(role=role))


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *(migrations.RunSQL(*_guard(table, refused)) for table, refused in REFUSED.items()),
        migrations.RunPython(grant, revoke),
    ]
