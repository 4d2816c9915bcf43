from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a virus scanner looked at the file a picture came in."""

    dependencies = [("episodes", "0007_sealing")]
    operations = [migrations.AddField("photo", "scanned", models.BooleanField(default=False))]
