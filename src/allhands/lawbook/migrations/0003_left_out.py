from django.db import migrations, models


class Migration(migrations.Migration):
    """How many responses a count leaves out because the child's nation stopped counting."""

    dependencies = [("lawbook", "0002_guards")]
    operations = [migrations.AddField("preview", "left_out", models.PositiveIntegerField(default=0))]
