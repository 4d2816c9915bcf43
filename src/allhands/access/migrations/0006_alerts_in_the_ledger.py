from django.db import migrations, models

_DOORS = ["PACKET", "PAGE", "API", "EXPORT", "ALERT"]


class Migration(migrations.Migration):
    """What an alert made public is a row of the disclosure ledger too."""

    dependencies = [("access", "0005_forgetting")]
    operations = [
        migrations.RemoveConstraint(model_name="disclosure", name="disclosure_door"),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(condition=models.Q(("door__in", _DOORS)), name="disclosure_door"),
        ),
    ]
