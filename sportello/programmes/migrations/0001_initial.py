import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import sportello.core.db
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('reference', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='territory.organisation', verbose_name='Ente che lo tiene')),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='territory.desk', verbose_name='Sportello che lo segue')),
                        ('title', models.CharField(max_length=150, verbose_name='Titolo')),
                        ('search_key', models.CharField(editable=False, max_length=150)),
                        ('summary', models.TextField(max_length=2000, verbose_name='Che cosa si impara')),
                        ('hours', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3000)], verbose_name='Ore in tutto')),
                        ('mode', models.CharField(choices=[('presence', 'In aula'), ('online', 'Online'), ('mixed', 'In parte in aula, in parte online')], max_length=8, verbose_name='Come si tiene')),
                        ('cost_cents', models.PositiveIntegerField(default=0)),
                        ('is_funded', models.BooleanField(default=False, verbose_name='È finanziato')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('skills', models.ManyToManyField(related_name='courses', to='reference.skill', verbose_name='Competenze che insegna')),
                    ],
                    options={
                        'ordering': ['title'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='course_lasts_some_hours'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('summary', ''), _negated=True)), name='course_says_what_it_teaches'), models.UniqueConstraint(fields=('provider', 'title'), name='course_named_once_by_its_provider')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_courseevent" ("cost_cents", "created_at", "desk_id", "hours", "id", "is_funded", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "search_key", "summary", "title") SELECT new_values."cost_cents", new_values."created_at", new_values."desk_id", new_values."hours", new_values."id", new_values."is_funded", new_values."mode", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provider_id", new_values."search_key", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='315c3616fb680d10c4c479635a7534cdec45f6f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8e9b8', referencing='REFERENCING NEW TABLE AS new_values ', table='programmes_course', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_courseevent" ("cost_cents", "created_at", "desk_id", "hours", "id", "is_funded", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "search_key", "summary", "title") SELECT new_values."cost_cents", new_values."created_at", new_values."desk_id", new_values."hours", new_values."id", new_values."is_funded", new_values."mode", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provider_id", new_values."search_key", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3c003e3ed4b14b17a81056ac467156489ae1f6ca', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_947a6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programmes_course', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_courseevent" ("cost_cents", "created_at", "desk_id", "hours", "id", "is_funded", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "search_key", "summary", "title") SELECT old_values."cost_cents", old_values."created_at", old_values."desk_id", old_values."hours", old_values."id", old_values."is_funded", old_values."mode", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provider_id", old_values."search_key", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e86988d9597adc9df975ed9449b4ef9f304fba9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bdea7', referencing='REFERENCING OLD TABLE AS old_values ', table='programmes_course', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='2fb4f2468f29bf6ac3371c5bb420d2916963a3b8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_cb0fb', table='programmes_course', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CourseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.course')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation', verbose_name='Ente che lo tiene')),
                        ('desk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.desk', verbose_name='Sportello che lo segue')),
                        ('title', models.CharField(max_length=150, verbose_name='Titolo')),
                        ('search_key', models.CharField(editable=False, max_length=150)),
                        ('summary', models.TextField(max_length=2000, verbose_name='Che cosa si impara')),
                        ('hours', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3000)], verbose_name='Ore in tutto')),
                        ('mode', models.CharField(choices=[('presence', 'In aula'), ('online', 'Online'), ('mixed', 'In parte in aula, in parte online')], max_length=8, verbose_name='Come si tiene')),
                        ('cost_cents', models.PositiveIntegerField(default=0)),
                        ('is_funded', models.BooleanField(default=False, verbose_name='È finanziato')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='programmes.course')),
                        ('starts_on', models.DateField(verbose_name='Comincia il')),
                        ('ends_on', models.DateField(verbose_name='Finisce il')),
                        ('schedule', models.CharField(max_length=200, verbose_name='Giorni e orari')),
                        ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.municipality', verbose_name='Comune')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='Indirizzo')),
                        ('seats', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='Posti')),
                        ('enrol_until', models.DateField(verbose_name='Ci si iscrive fino al')),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('open', 'Iscrizioni aperte'), ('closed', 'Iscrizioni chiuse'), ('cancelled', 'Annullata')], default='planned', max_length=9)),
                        ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='Perché')),
                        ('enrol_by', models.CharField(choices=[('desk', 'Allo sportello'), ('phone', 'Per telefono'), ('url', "Sul sito dell'ente")], max_length=5, verbose_name='Come ci si iscrive')),
                        ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telefono')),
                        ('url', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])], verbose_name='Indirizzo web')),
                    ],
                    options={
                        'ordering': ['starts_on'],
                        'indexes': [models.Index(fields=['state', 'enrol_until'], name='enrolling_editions')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='edition_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('enrol_until__lte', models.F('ends_on'))), name='edition_enrols_before_its_end'), models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='edition_has_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('municipality__isnull', True)), models.Q(('municipality__isnull', False), models.Q(('address', ''), _negated=True)), _connector='OR'), name='edition_place_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='a_cancelled_edition_alone_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('enrol_by', 'phone'), ('phone', ''), _negated=True), models.Q(('enrol_by', 'url'), ('url', ''), _negated=True)), name='edition_says_how_to_enrol')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_editionevent" ("address", "cancel_reason", "course_id", "ends_on", "enrol_by", "enrol_until", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "schedule", "seats", "starts_on", "state", "url") SELECT new_values."address", new_values."cancel_reason", new_values."course_id", new_values."ends_on", new_values."enrol_by", new_values."enrol_until", new_values."id", new_values."municipality_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."schedule", new_values."seats", new_values."starts_on", new_values."state", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a6404de6280c7d3b3339e7a5f84d08421ed8ec8d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9af4d', referencing='REFERENCING NEW TABLE AS new_values ', table='programmes_edition', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_editionevent" ("address", "cancel_reason", "course_id", "ends_on", "enrol_by", "enrol_until", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "schedule", "seats", "starts_on", "state", "url") SELECT new_values."address", new_values."cancel_reason", new_values."course_id", new_values."ends_on", new_values."enrol_by", new_values."enrol_until", new_values."id", new_values."municipality_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."schedule", new_values."seats", new_values."starts_on", new_values."state", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a159ef03e503ef89e7d3098715babe0a7f579f7b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_efcc8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programmes_edition', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_editionevent" ("address", "cancel_reason", "course_id", "ends_on", "enrol_by", "enrol_until", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "schedule", "seats", "starts_on", "state", "url") SELECT old_values."address", old_values."cancel_reason", old_values."course_id", old_values."ends_on", old_values."enrol_by", old_values."enrol_until", old_values."id", old_values."municipality_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."schedule", old_values."seats", old_values."starts_on", old_values."state", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3513b30ce97c32251ae3c46859d8f4be341f2fef', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1928a', referencing='REFERENCING OLD TABLE AS old_values ', table='programmes_edition', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='a0da1b2f42d2777457985141ada8e3ec64c29d08', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_4ccd8', table='programmes_edition', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='EditionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.edition')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.course')),
                        ('starts_on', models.DateField(verbose_name='Comincia il')),
                        ('ends_on', models.DateField(verbose_name='Finisce il')),
                        ('schedule', models.CharField(max_length=200, verbose_name='Giorni e orari')),
                        ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality', verbose_name='Comune')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='Indirizzo')),
                        ('seats', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='Posti')),
                        ('enrol_until', models.DateField(verbose_name='Ci si iscrive fino al')),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('open', 'Iscrizioni aperte'), ('closed', 'Iscrizioni chiuse'), ('cancelled', 'Annullata')], default='planned', max_length=9)),
                        ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='Perché')),
                        ('enrol_by', models.CharField(choices=[('desk', 'Allo sportello'), ('phone', 'Per telefono'), ('url', "Sul sito dell'ente")], max_length=5, verbose_name='Come ci si iscrive')),
                        ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telefono')),
                        ('url', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])], verbose_name='Indirizzo web')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
