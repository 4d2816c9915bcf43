from django.db import migrations, models

from allhands.alerts.guards import INSIDE

# What was a list of the cell and the coarser ones around it becomes the cell: a change of type, which no row security
# asks about and no row is lost by.
CELLS_TO_CELL = """
DROP FUNCTION alerts_subscribers_inside(bigint[], text[], text);
ALTER TABLE alerts_subscription ALTER COLUMN cells DROP DEFAULT, ALTER COLUMN cells DROP NOT NULL,
  ALTER COLUMN cells TYPE bigint USING cells[1];
ALTER TABLE alerts_subscription RENAME COLUMN cells TO cell;
"""


class Migration(migrations.Migration):
    """Who is inside an area, by spans of the one cell that is kept."""

    dependencies = [("alerts", "0005_rests_on")]
    operations = [
        migrations.RemoveConstraint(model_name="subscription", name="subscription_somewhere"),
        migrations.RemoveIndex(model_name="subscription", name="subscription_cells"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CELLS_TO_CELL)],
            state_operations=[
                migrations.RemoveField(model_name="subscription", name="cells"),
                migrations.AddField(
                    model_name="subscription", name="cell", field=models.BigIntegerField(blank=True, null=True)
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=~models.Q(county_fips="") | models.Q(cell__isnull=False), name="subscription_somewhere"
            ),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(
                fields=["cell"],
                include=["channel", "id", "address", "language", "stop_key"],
                condition=models.Q(state="ACTIVE", paused_until__isnull=True),
                name="subscription_place",
            ),
        ),
        migrations.RunSQL(INSIDE, "DROP FUNCTION alerts_subscribers_inside(bigint[], bigint[], text[], text)"),
    ]
