from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was seen today lies under one number; who was seen before this migration may be counted once more today."""

    dependencies = [
        ("reads", "0002_windows"),
    ]

    operations = [
        migrations.DeleteModel(name="Seen"),
        migrations.DeleteModel(name="Crowd"),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hours", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Crowd",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("article_id", models.BigIntegerField(default=0)),
                ("readers", models.IntegerField()),
                ("articles", models.IntegerField(default=0)),
            ],
        ),
    ]
