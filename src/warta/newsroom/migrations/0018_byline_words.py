from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("newsroom", "0017_submission_rubric"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="byline",
            options={"ordering": ["sort_order"], "verbose_name": "byline", "verbose_name_plural": "bylines"},
        ),
    ]
