from datetime import UTC, datetime

from django.db import migrations, models

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    """Until when an assessment holds. What was assessed before is looked at once more, and then says so itself."""

    dependencies = [("duties", "0008_forgetting")]
    operations = [
        migrations.AddField(
            "assessment", "holds_until", models.DateTimeField(null=True, default=LONG_AGO), preserve_default=False
        )
    ]
