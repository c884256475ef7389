import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("newsroom", "0016_headings_not_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="rubric",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="newsroom.rubric",
            ),
        ),
    ]
