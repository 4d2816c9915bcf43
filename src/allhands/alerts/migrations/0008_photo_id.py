from django.db import migrations, models


class Migration(migrations.Migration):
    """Which picture a transmission carries, so that one taken down is found on an alert that is out."""

    dependencies = [("alerts", "0007_forgetting")]
    operations = [
        migrations.AddField("transmission", "photo_id", models.CharField(blank=True, default="", max_length=16)),
    ]
