import allhands.kernel.ids
import django.db.models.deletion
from django.db import migrations, models
from allhands.access.guards import EARLIER


class Migration(migrations.Migration):
    """What was said before a nation had a key can be sealed to it too."""

    dependencies = [
        ('access', '0006_alerts_in_the_ledger'),
        ('agencies', '0004_provisioning'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationSealing',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('nation', models.CharField(max_length=64)),
                ('reason', models.TextField(max_length=2000)),
                ('asked_by', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(default='WAITING', max_length=40)),
                ('answered_by', models.CharField(blank=True, default='', max_length=200)),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('wanted', models.PositiveIntegerField(default=0)),
                ('statements', models.PositiveIntegerField(default=0)),
                ('photos', models.PositiveIntegerField(default=0)),
                ('papers', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.member')),
                ('asked_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.member')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.nationkey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'RUNNING', 'DONE', 'ENDED', 'WITHDRAWN'])), name='nation_sealing_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['WAITING', 'RUNNING'])), fields=('nation',), name='nation_sealing_one_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'WITHDRAWN']), models.Q(('answered_member__isnull', False), models.Q(('answered_member', models.F('asked_member')), _negated=True)), _connector='OR'), name='nation_sealing_two_people')],
            },
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
