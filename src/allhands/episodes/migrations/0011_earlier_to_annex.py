import allhands.platform.vault.fields
from django.db import migrations, models
from allhands.episodes.guards import EARLIER_TO_ANNEX


class Migration(migrations.Migration):
    """Statements and pictures may move into a nation's own box."""

    dependencies = [
        ("access", "0007_sealing_earlier"),
        ('agencies', '0004_provisioning'),
        ('episodes', '0010_forget_annex'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='annex',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='photo',
            name='content',
            field=allhands.platform.vault.fields.ClosedBytesField(null=True),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('annex__isnull', True), ('content__isnull', True), _connector='OR'), name='photo_sealed_or_open'),
        ),
        migrations.RunSQL(EARLIER_TO_ANNEX, migrations.RunSQL.noop),
    ]
