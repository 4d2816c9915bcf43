

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0005_rules_by_lookup'),
    ]

    operations = [
        migrations.AddField(
            model_name='duty',
            name='period_ends_at',
            field=models.DateTimeField(null=True),
        ),
    ]
