from django.db import migrations, models

GUARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_journal_append_only BEFORE UPDATE OR DELETE ON audit_journal
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_journal_not_emptied BEFORE TRUNCATE ON audit_journal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.chain = OLD.chain
     AND (NEW.seq = OLD.seq + 1 OR (NEW.seq = OLD.seq AND NEW.hash = OLD.hash)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the head of a chain only moves on' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE OR DELETE ON audit_chainhead
  FOR EACH ROW EXECUTE FUNCTION audit_guard_head();
CREATE TRIGGER audit_head_not_emptied BEFORE TRUNCATE ON audit_chainhead
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

-- The second wall: the app's role may not even try. (The role is absent when someone migrates without it.)
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'allhands_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_journal FROM allhands_app;
    REVOKE DELETE, TRUNCATE ON audit_chainhead FROM allhands_app;
  END IF;
END $$;
"""
UNGUARD = """
DROP TRIGGER audit_journal_append_only ON audit_journal;
DROP TRIGGER audit_journal_not_emptied ON audit_journal;
DROP TRIGGER audit_head_moves_on ON audit_chainhead;
DROP TRIGGER audit_head_not_emptied ON audit_chainhead;
DROP FUNCTION audit_guard_head();
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):

    initial = True
    dependencies = [("platform_database", "0001_actor_functions")]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('chain', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('seq__gte', 0)), name='audit_head_seq_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=64)),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('event', models.IntegerField()),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_member', models.CharField(blank=True, default='', max_length=64)),
                ('actor_agency', models.CharField(blank=True, default='', max_length=64)),
                ('episode_id', models.CharField(blank=True, default='', max_length=64)),
                ('subject_id', models.CharField(blank=True, default='', max_length=64)),
                ('details', models.JSONField()),
                ('prev_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', 'at'], name='audit_journ_subject_idx'), models.Index(fields=['event', 'at'], name='audit_journ_event_idx')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='audit_one_entry_a_link'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='audit_seq_from_one')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
