from django.db import migrations, models


class Migration(migrations.Migration):
    """The world a delivery was written in. Older ones count as live: then none of them leaves a drill."""

    dependencies = [("channels", "0006_forgetting")]
    operations = [
        migrations.AddField(
            model_name="delivery", name="world", field=models.CharField(default="live", max_length=8)
        )
    ]
