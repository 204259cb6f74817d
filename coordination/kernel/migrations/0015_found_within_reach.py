"""A search looks where its reader may look, and among the newest first: marks beside the pieces, under the same index.

The database keeps the marks itself, whoever writes: they repeat what other tables say, and cost a step no statement.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

#: `k` the kind; `o` an organ that takes part, or guides the item; `a`, `b`, `c` the stretches of numbers that the id lies in.
KEEPING = """
CREATE FUNCTION csx_search_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT ARRAY['k' || m.kind, 'a' || (m.id >> 12), 'b' || (m.id >> 15), 'c' || (m.id >> 18)] || ARRAY(
        SELECT 'o' || p.organ_id FROM kernel_participation p WHERE p.matter_id = m.id
        UNION SELECT 'o' || i.guide_id FROM kernel_item i WHERE i.id = m.item_id)
    INTO NEW.marks FROM kernel_matter m WHERE m.id = NEW.matter_id;
    RETURN NEW;
END $$;
CREATE TRIGGER csx_search_marks BEFORE INSERT OR UPDATE ON kernel_searchwords
    FOR EACH ROW EXECUTE FUNCTION csx_search_marks();

CREATE FUNCTION csx_search_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kernel_searchwords s SET words = s.words FROM came
        WHERE s.matter_id = came.matter_id AND NOT s.marks @> ARRAY['o' || came.organ_id];
    RETURN NULL;
END $$;
CREATE TRIGGER csx_search_came AFTER INSERT ON kernel_participation REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION csx_search_came();

CREATE FUNCTION csx_search_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kernel_searchwords s SET words = s.words WHERE s.matter_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER csx_search_item AFTER UPDATE OF item_id ON kernel_matter FOR EACH ROW
    WHEN (OLD.item_id IS DISTINCT FROM NEW.item_id) EXECUTE FUNCTION csx_search_item();

CREATE FUNCTION csx_search_guide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kernel_searchwords s SET words = s.words FROM kernel_matter m WHERE m.item_id = NEW.id AND s.matter_id = m.id;
    RETURN NULL;
END $$;
CREATE TRIGGER csx_search_guide AFTER UPDATE OF guide_id ON kernel_item FOR EACH ROW
    WHEN (OLD.guide_id IS DISTINCT FROM NEW.guide_id) EXECUTE FUNCTION csx_search_guide();

CREATE FUNCTION csx_newest(mark text, bits int) RETURNS text[] STABLE LANGUAGE sql AS $$
    SELECT ARRAY[mark || (newest >> bits), mark || ((newest >> bits) - 1)]
    FROM (SELECT coalesce(max(id), 0) AS newest FROM kernel_matter) AS known
$$;
"""
NO_KEEPING = """
DROP FUNCTION csx_newest(text, int);
DROP TRIGGER csx_search_guide ON kernel_item;
DROP TRIGGER csx_search_item ON kernel_matter;
DROP TRIGGER csx_search_came ON kernel_participation;
DROP TRIGGER csx_search_marks ON kernel_searchwords;
DROP FUNCTION csx_search_guide();
DROP FUNCTION csx_search_item();
DROP FUNCTION csx_search_came();
DROP FUNCTION csx_search_marks();
"""
MARK_ALL = "UPDATE kernel_searchwords SET words = words"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0014_a_list_reads_its_own_kind")]

    operations = [
        migrations.RemoveIndex(model_name="searchwords", name="search_pieces"),
        migrations.AddField(
            model_name="searchwords",
            name="marks",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.RunSQL(KEEPING, NO_KEEPING),
        migrations.RunSQL(MARK_ALL, migrations.RunSQL.noop, elidable=True),
        migrations.AddIndex(
            model_name="searchwords",
            index=django.contrib.postgres.indexes.GinIndex(fields=["pieces", "marks"], name="search_pieces"),
        ),
    ]
