from django.db import migrations, models


class Migration(migrations.Migration):
    """Counts of tries, shared by all processes. The table is unlogged: what it holds is worth nothing an hour later."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["until"], name="count_by_end")]},
        ),
        migrations.RunSQL("ALTER TABLE platform_counts_count SET UNLOGGED", migrations.RunSQL.noop),
    ]
