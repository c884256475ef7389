from django.db import migrations

from warta import plain


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0014_unranked'),
    ]

    operations = [
        migrations.RunPython(
            plain.without_like('newsroom_article', 'newsroom_articleoldaddress'), migrations.RunPython.noop
        ),
    ]
