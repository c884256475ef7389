from django.db import migrations, models

from warta.search import index


def create(apps, schema_editor):
    index.create(1, schema_editor.connection.alias)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Index',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('generation', models.IntegerField(default=1)),
                ('number', models.BigIntegerField(default=0)),
                ('former', models.IntegerField(null=True)),
                ('switched_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
