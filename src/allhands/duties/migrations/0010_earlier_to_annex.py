import allhands.platform.vault.fields
from django.db import migrations, models
from allhands.duties.guards import EARLIER_TO_ANNEX


class Migration(migrations.Migration):
    """Papers may move into a nation's own box, and out of what was worked out from what was said."""

    dependencies = [
        ("access", "0007_sealing_earlier"),
        ('duties', '0009_holds_until'),
        ('episodes', '0011_earlier_to_annex'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='annex',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='document',
            name='content',
            field=allhands.platform.vault.fields.ClosedBytesField(null=True),
        ),
        migrations.AlterField(
            model_name='document',
            name='filename',
            field=allhands.platform.vault.fields.ClosedTextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('annex__isnull', True), models.Q(('content__isnull', True), ('filename__isnull', True)), _connector='OR'), name='document_sealed_or_open'),
        ),
        migrations.RunSQL(EARLIER_TO_ANNEX, migrations.RunSQL.noop),
    ]
