from django.db import migrations, models


class Migration(migrations.Migration):
    """What a nation marked as its own can be sealed to a key that only the nation holds."""

    dependencies = [("episodes", "0008_photo_scanned")]
    operations = [
        migrations.AddField("statement", "annex", models.BinaryField(null=True)),
        migrations.AddConstraint(
            "statement",
            models.CheckConstraint(
                condition=models.Q(("annex__isnull", True), ("value__isnull", True), _connector="OR"),
                name="statement_sealed_or_open",
            ),
        ),
    ]
