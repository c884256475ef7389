from django.db import migrations

from warta import plain


class Migration(migrations.Migration):

    dependencies = [
        ('ingest', '0002_whole_import'),
    ]

    operations = [
        migrations.RunPython(plain.without_like('ingest_taken'), migrations.RunPython.noop),
    ]
