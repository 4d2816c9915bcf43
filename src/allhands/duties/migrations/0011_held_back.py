from django.db import migrations, models


class Migration(migrations.Migration):
    """The same words leave once; a packet that was held back never left, and another may say the same."""

    dependencies = [("duties", "0010_earlier_to_annex")]
    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_once"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=["episode", "kind", "recipient_code", "digest"],
                condition=models.Q(("issued_at__isnull", False)),
                name="notice_once",
            ),
        ),
    ]
