from django.db import migrations

_OF_HEADINGS = ("channel", "rubric", "bylines.item.contributor")


def forget(apps, schema_editor):
    """Take out what Wagtail kept of each article's rubric, channel and people: nothing asks for it any more."""
    kept = apps.get_model("wagtailcore", "ReferenceIndex").objects.using(schema_editor.connection.alias)
    of_articles = kept.filter(base_content_type__app_label="newsroom", base_content_type__model="article")
    of_articles.filter(model_path__in=_OF_HEADINGS)._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ("newsroom", "0015_fewer_indexes"),
        ("wagtailcore", "0078_referenceindex"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
