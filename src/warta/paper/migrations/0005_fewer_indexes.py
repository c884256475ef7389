import django.db.models.deletion
from django.db import migrations, models

from warta import plain


class Migration(migrations.Migration):

    dependencies = [
        ('paper', '0004_withdrawn_by_number'),
    ]

    operations = [
        migrations.AlterField(
            model_name='placement',
            name='page',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='paper.storedpage'),
        ),
        migrations.RunPython(plain.without_like('paper_storedpage', 'paper_oldaddress'), migrations.RunPython.noop),
    ]
