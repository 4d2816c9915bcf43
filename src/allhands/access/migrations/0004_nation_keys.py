import django.db.models.deletion
from django.db import migrations, models

import allhands.kernel.ids
from allhands.access.guards import NATION_KEYS


def _member(**kwargs):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.member", **kwargs
    )


class Migration(migrations.Migration):
    """Public keys that nations have their annex sealed to; two people of the nation put one in force."""

    dependencies = [("access", "0003_closed"), ("agencies", "0001_initial"), ("platform_database", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="NationKey",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=allhands.kernel.ids.new_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("nation", models.CharField(max_length=64)),
                ("public_key", models.BinaryField(max_length=32)),
                ("reason", models.TextField(max_length=2000)),
                ("offered_by", models.CharField(max_length=200)),
                ("offered_at", models.DateTimeField()),
                ("state", models.CharField(default="WAITING", max_length=40)),
                ("answered_by", models.CharField(blank=True, default="", max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                ("offered_member", _member()),
                ("answered_member", _member(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["WAITING", "IN_FORCE", "ENDED", "WITHDRAWN"])),
                        name="nation_key_state",
                    ),
                    models.UniqueConstraint(
                        fields=["nation"], condition=models.Q(("state", "WAITING")), name="nation_key_one_waits"
                    ),
                    models.UniqueConstraint(
                        fields=["nation"], condition=models.Q(("state", "IN_FORCE")), name="nation_key_one_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["IN_FORCE", "ENDED"]), _negated=True),
                            models.Q(
                                ("answered_member__isnull", False),
                                models.Q(("answered_member", models.F("offered_member")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="nation_key_two_people",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NATION_KEYS, migrations.RunSQL.noop),
    ]
