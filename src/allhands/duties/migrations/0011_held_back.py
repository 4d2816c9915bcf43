from django.db import migrations, models


class Migration(migrations.Migration):
    """The same words leave once, and once more when they were called back; what was held back never left."""

    dependencies = [("duties", "0010_earlier_to_annex")]
    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_once"),
        migrations.AddField("notice", "again", models.PositiveSmallIntegerField(default=0)),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=["episode", "kind", "recipient_code", "digest", "again"],
                condition=models.Q(("issued_at__isnull", False)),
                name="notice_once",
            ),
        ),
    ]
