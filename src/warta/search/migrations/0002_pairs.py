from django.db import migrations


def add(apps, schema_editor):
    """Give the tables of a former version, on PostgreSQL, the column for pairs of neighbours; empty, it says nothing."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ '^search_page_[0-9]+$'"
        )
        for (name,) in cursor.fetchall():
            table = schema_editor.quote_name(name)
            schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS pairs bytea")
            schema_editor.execute(f"ALTER TABLE {table} ALTER pairs SET STORAGE EXTERNAL")


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
