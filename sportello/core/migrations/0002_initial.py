import django.utils.timezone
import pgtrigger.compiler
import sportello.core.db
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('core', '0001_extensions'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('path', models.CharField(max_length=120)),
                        ('args', models.JSONField(default=list)),
                        ('key', models.CharField(blank=True, max_length=120)),
                        ('state', models.CharField(choices=[('requested', 'Richiesto'), ('leased', 'In corso'), ('done', 'Fatto'), ('failed', 'Non riuscito')], default='requested', max_length=10)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('progress', models.PositiveSmallIntegerField(default=0)),
                        ('progress_note', models.CharField(blank=True, max_length=120)),
                        ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('error', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'ordering': ['-requested_at'],
                        'indexes': [models.Index(condition=models.Q(('state__in', ['requested', 'leased'])), fields=['state', 'not_before'], name='open_jobs')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('state__in', ['requested', 'leased'])), fields=('path', 'key'), name='one_open_job_per_key'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='job_progress_is_a_percentage'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'leased')), models.Q(models.Q(('state', 'leased'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='leased_job_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), models.Q(('finished_at__isnull', True), ('state__in', ['requested', 'leased'])), _connector='OR'), name='finished_job_has_its_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=60)),
                        ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'SMS')], default='email', max_length=10)),
                        ('language', models.CharField(default='it', max_length=2)),
                        ('recipient', models.CharField(max_length=254)),
                        ('subject_id', models.UUIDField(blank=True, db_index=True, help_text='Whom it is about', null=True)),
                        ('about_id', models.UUIDField(blank=True, help_text='The row that made it necessary', null=True)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('body', models.TextField()),
                        ('state', models.CharField(choices=[('queued', 'In coda'), ('sending', 'In partenza'), ('sent', 'Inviato'), ('failed', 'Non riuscito'), ('dropped', 'Non più necessario')], default='queued', max_length=10)),
                        ('dedupe_key', models.CharField(default=uuid.uuid4, max_length=160, unique=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='sent_message_has_its_time')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessLogEntry',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('subject_id', models.UUIDField()),
                        ('actor_id', models.UUIDField(blank=True, null=True)),
                        ('actor_label', models.CharField(max_length=300)),
                        ('part', models.CharField(max_length=60)),
                        ('purpose', models.CharField(max_length=120)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['-at'],
                        'indexes': [models.Index(models.F('subject_id'), models.OrderBy(models.F('at'), descending=True), name='access_log_by_person')],
                        'triggers': [pgtrigger.compiler.Trigger(name='reads_never_change', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f2cf5dc543601c226d7132a1d962f7bd3f836107', operation='UPDATE', pgid='pgtrigger_reads_never_change_0f1d2', table='core_accesslogentry', when='BEFORE')), pgtrigger.compiler.Trigger(name='reads_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.at > NOW() - INTERVAL '731 days')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cae2ab2a4a2a3bbf048ea66f179ab950e0ac2900', operation='DELETE', pgid='pgtrigger_reads_are_kept_e09a2', table='core_accesslogentry', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
