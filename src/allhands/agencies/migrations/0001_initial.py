import allhands.kernel.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
from django.contrib.postgres.operations import BtreeGistExtension
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='account_email_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=32)),
                ('regime', models.CharField(max_length=32)),
                ('time_zone', models.CharField(max_length=64)),
                ('is_fictional', models.BooleanField(default=False)),
                ('is_nationwide', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='agency_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='agency_named'), models.CheckConstraint(condition=models.Q(('time_zone', ''), _negated=True), name='agency_zoned'), models.CheckConstraint(condition=models.Q(('kind__in', ['CHILD_WELFARE', 'LAW_ENFORCEMENT', 'TRIBAL_GOVERNMENT', 'TRIBAL_POLICE', 'COURT', 'SHELTER', 'ADVOCATE', 'CAC', 'SCHOOL', 'HEALTH', 'CLEARINGHOUSE', 'HOTLINE'])), name='agency_kind_known'), models.CheckConstraint(condition=models.Q(('regime__in', ['TITLE_IV_E', 'CJIS', 'RHYA_BCP', 'RHYA_TLP', 'VAWA', 'HIPAA', 'PART2', 'FERPA', 'COURT', 'TRIBAL', 'NONE'])), name='agency_regime_known')],
            },
        ),
        migrations.CreateModel(
            name='ContactRoute',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('address', models.CharField(blank=True, default='', max_length=254)),
                ('purpose', models.CharField(default='ANY', max_length=32)),
                ('is_always_open', models.BooleanField(default=False)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=32)),
                ('display_name', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254)),
                ('display_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=32)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='agencies.agency')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.member')),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('prefix', models.CharField(max_length=16, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='agencies.agency')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.member')),
            ],
        ),
        migrations.CreateModel(
            name='RouteHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.SmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='agencies.contactroute')),
            ],
        ),
        migrations.CreateModel(
            name='SignInHelp',
            fields=[
                ('id', models.CharField(default=allhands.kernel.ids.new_id, editable=False, max_length=16, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('helped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.member')),
            ],
        ),
        migrations.CreateModel(
            name='AgencyArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(blank=True, default='', max_length=2)),
                ('county_fips', models.CharField(blank=True, default='', max_length=5)),
                ('part', models.CharField(blank=True, default='', max_length=200)),
                ('nation', models.CharField(blank=True, default='', max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='agencies.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'county_fips'], name='agencies_ag_state_e6265e_idx'), models.Index(fields=['nation'], name='agencies_ag_nation_52cef6_idx')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'state', 'county_fips', 'part', 'nation'), name='area_once'), models.CheckConstraint(condition=models.Q(('part', ''), models.Q(('county_fips', ''), _negated=True), _connector='OR'), name='area_part_of_a_county'), models.CheckConstraint(condition=models.Q(models.Q(('nation', ''), ('state__regex', '^[A-Z]{2}$')), models.Q(models.Q(('nation', ''), _negated=True), ('county_fips', ''), ('state', '')), _connector='OR'), name='area_is_state_or_nation'), models.CheckConstraint(condition=models.Q(('county_fips', ''), ('county_fips__regex', '^[0-9]{5}$'), _connector='OR'), name='area_county_five_digits'), models.CheckConstraint(condition=models.Q(('nation', ''), ('nation__regex', '^[a-z][a-z0-9-]*$'), _connector='OR'), name='area_nation_slug')],
            },
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.UniqueConstraint(fields=('agency', 'kind', 'address', 'purpose'), name='route_once'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'inbox'), ('address', '')), models.Q(models.Q(('kind', 'inbox'), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='route_addressed'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email', 'inbox', 'fax', 'web'])), name='route_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['ANY', 'REPORT', 'NOTICE', 'AFTER_HOURS', 'ICWA_NOTICE'])), name='route_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('display_name', ''), _negated=True), name='member_named'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='member_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CASEWORKER', 'SUPERVISOR', 'DIRECTOR', 'OFFICER', 'DISPATCHER', 'TRIBAL_LIAISON', 'DATA_STEWARD', 'COURT_CLERK', 'ATTORNEY', 'ADVOCATE', 'SHELTER_WORKER', 'SCHOOL_LIAISON', 'CLEARINGHOUSE_ANALYST', 'ADMINISTRATOR', 'OPERATOR', 'AUDITOR'])), name='member_role_known'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('account', '='), ('agency', '='), ('role', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='member_hat_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_one_end'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CASEWORKER', 'SUPERVISOR', 'DIRECTOR', 'OFFICER', 'DISPATCHER', 'TRIBAL_LIAISON', 'DATA_STEWARD', 'COURT_CLERK', 'ATTORNEY', 'ADVOCATE', 'SHELTER_WORKER', 'SCHOOL_LIAISON', 'CLEARINGHOUSE_ANALYST', 'ADMINISTRATOR', 'OPERATOR', 'AUDITOR'])), name='invitation_role_known'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='token_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='token_hash_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['reports:write', 'episodes:read', 'duties:prove']), models.Q(('scopes', []), _negated=True)), name='token_scopes_known'),
        ),
        migrations.AddConstraint(
            model_name='routehours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 0), ('weekday__lte', 6)), name='hours_weekday'),
        ),
        migrations.AddConstraint(
            model_name='routehours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='hours_in_order'),
        ),
        migrations.AddConstraint(
            model_name='routehours',
            constraint=models.UniqueConstraint(fields=('route', 'weekday', 'opens'), name='hours_once'),
        ),
        migrations.AddConstraint(
            model_name='signinhelp',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='help_period_in_order'),
        ),
    ]
