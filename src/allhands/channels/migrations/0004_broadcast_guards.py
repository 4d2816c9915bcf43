from django.db import migrations

from allhands.channels.guards import BROADCASTS


class Migration(migrations.Migration):
    """Row security of broadcasts and what never changes in them."""

    dependencies = [("channels", "0003_broadcasts")]
    operations = [migrations.RunSQL(BROADCASTS, migrations.RunSQL.noop)]
