import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import sportello.core.db
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pacts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('territory', '0001_initial'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='SemesterFreeze',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('half', models.PositiveSmallIntegerField()),
                        ('version', models.PositiveSmallIntegerField()),
                        ('data_cut', models.DateField(help_text='Last day whose records are counted')),
                        ('frozen_at', models.DateTimeField(blank=True, null=True)),
                        ('figures_sha256', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'ordering': ['-year', '-half', '-version'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='freeze_half_is_one_or_two'), models.UniqueConstraint(fields=('year', 'half', 'version'), name='freeze_version_unique')],
                        'triggers': [pgtrigger.compiler.Trigger(name='frozen_semester_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.frozen_at IS NOT NULL)', func="RAISE EXCEPTION 'a frozen semester does not change' USING ERRCODE = 'restrict_violation';", hash='de1f3672dc000ef9de4e00ed8d9b41a5e6efb6e4', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_semester_stays_5396c', table='reports_semesterfreeze', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='FrozenArea',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='reports.semesterfreeze')),
                        ('kind', models.CharField(choices=[('whole', 'Tutto il territorio'), ('pact', 'Patto'), ('zone', 'Zona'), ('desk', 'Sportello'), ('municipality', 'Comune')], max_length=12)),
                        ('pact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pacts.territorialpact')),
                        ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.zone')),
                        ('desk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.desk')),
                        ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.municipality')),
                        ('istat_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), size=None)),
                    ],
                    options={
                        'ordering': ['kind'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('desk__isnull', True), ('kind', 'whole'), ('municipality__isnull', True), ('pact__isnull', True), ('zone__isnull', True)), models.Q(('desk__isnull', True), ('kind', 'pact'), ('municipality__isnull', True), ('pact__isnull', False), ('zone__isnull', True)), models.Q(('desk__isnull', True), ('kind', 'zone'), ('municipality__isnull', True), ('pact__isnull', True), ('zone__isnull', False)), models.Q(('desk__isnull', False), ('kind', 'desk'), ('municipality__isnull', True), ('pact__isnull', True), ('zone__isnull', True)), models.Q(('desk__isnull', True), ('kind', 'municipality'), ('municipality__isnull', False), ('pact__isnull', True), ('zone__isnull', True)), _connector='OR'), name='frozen_area_is_one_territory'), models.UniqueConstraint(fields=('freeze', 'kind', 'pact', 'zone', 'desk', 'municipality'), name='area_frozen_once', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='frozen_areas_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (\n    SELECT FROM reports_semesterfreeze\n    WHERE frozen_at IS NOT NULL\n        AND id IN (COALESCE(OLD.freeze_id, NEW.freeze_id), COALESCE(NEW.freeze_id, OLD.freeze_id))\n) THEN\n    RAISE EXCEPTION 'the areas of a frozen semester do not change' USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='bccf6a5503543d13ecd020abeb586fa80ff5370b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_areas_stay_ea571', table='reports_frozenarea', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportIssue',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('whole', 'Tutto il territorio'), ('pact', 'Patto'), ('zone', 'Zona'), ('desk', 'Sportello'), ('municipality', 'Comune')], max_length=12)),
                        ('pact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='pacts.territorialpact')),
                        ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='territory.zone')),
                        ('desk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='territory.desk')),
                        ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='territory.municipality')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='reports.frozenarea')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('half', models.PositiveSmallIntegerField()),
                        ('version', models.PositiveSmallIntegerField()),
                        ('code', models.CharField(max_length=110, unique=True)),
                        ('state', models.CharField(choices=[('queued', 'In coda'), ('frozen', 'Dati congelati'), ('built', 'Pronto da rivedere'), ('published', 'Pubblicato'), ('superseded', 'Sostituito'), ('failed', 'Non riuscito')], default='queued', max_length=10)),
                        ('data_cut', models.DateField(help_text='Last day whose records are counted')),
                        ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('frozen_at', models.DateTimeField(blank=True, null=True)),
                        ('built_at', models.DateTimeField(blank=True, null=True)),
                        ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('figures_sha256', models.CharField(blank=True, max_length=64)),
                        ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                        ('pdf', models.FileField(blank=True, upload_to='reports/')),
                        ('pages', models.PositiveSmallIntegerField(default=0)),
                        ('sealed', models.FileField(blank=True, upload_to='reports/')),
                        ('sealed_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=200)),
                        ('revision_reason', models.CharField(blank=True, help_text='Why it was asked for when the semester had a published edition', max_length=500)),
                    ],
                    options={
                        'ordering': ['-year', '-half', '-version'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('desk__isnull', True), ('kind', 'pact'), ('municipality__isnull', True), ('pact__isnull', False), ('zone__isnull', True)), models.Q(('desk__isnull', True), ('kind', 'zone'), ('municipality__isnull', True), ('pact__isnull', True), ('zone__isnull', False)), models.Q(('desk__isnull', False), ('kind', 'desk'), ('municipality__isnull', True), ('pact__isnull', True), ('zone__isnull', True)), models.Q(('desk__isnull', True), ('kind', 'municipality'), ('municipality__isnull', False), ('pact__isnull', True), ('zone__isnull', True)), _connector='OR'), name='issue_is_about_one_territory'), models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='issue_half_is_one_or_two'), models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', True), ('frozen_at__isnull', True)), models.Q(('area__isnull', False), ('frozen_at__isnull', False)), _connector='OR'), name='frozen_issue_has_its_figures'), models.CheckConstraint(condition=models.Q(models.Q(('sealed', ''), ('sealed_at__isnull', True)), models.Q(models.Q(('sealed', ''), _negated=True), ('published_at__isnull', False), ('sealed_at__isnull', False)), _connector='OR'), name='sealed_issue_was_published'), models.UniqueConstraint(fields=('kind', 'pact', 'zone', 'desk', 'municipality', 'year', 'half', 'version'), name='issue_version_unique', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('kind', 'pact', 'zone', 'desk', 'municipality', 'year', 'half'), name='one_published_issue', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='frozen_issue_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.frozen_at IS NOT NULL AND (OLD.frozen_at, OLD.area_id, OLD.figures_sha256, OLD.data_cut, OLD.code, OLD.revision_reason) IS DISTINCT FROM (NEW.frozen_at, NEW.area_id, NEW.figures_sha256, NEW.data_cut, NEW.code, NEW.revision_reason))', func="RAISE EXCEPTION 'issue % is frozen', OLD.code USING ERRCODE = 'restrict_violation';", hash='873ad2f328583daf47c8cb1da953eea0534096c4', operation='UPDATE', pgid='pgtrigger_frozen_issue_stays_f5808', table='reports_reportissue', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportissueevent" ("area_id", "built_at", "code", "data_cut", "desk_id", "failure", "figures_sha256", "frozen_at", "half", "id", "kind", "municipality_id", "pact_id", "pages", "pdf", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "requested_at", "requested_by_id", "revision_reason", "sealed", "sealed_at", "state", "version", "year", "zone_id") SELECT new_values."area_id", new_values."built_at", new_values."code", new_values."data_cut", new_values."desk_id", new_values."failure", new_values."figures_sha256", new_values."frozen_at", new_values."half", new_values."id", new_values."kind", new_values."municipality_id", new_values."pact_id", new_values."pages", new_values."pdf", new_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."requested_at", new_values."requested_by_id", new_values."revision_reason", new_values."sealed", new_values."sealed_at", new_values."state", new_values."version", new_values."year", new_values."zone_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8df82c908c2ba1c1fda1400826a52b72bf5c0eb3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dd5d2', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_reportissue', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportissueevent" ("area_id", "built_at", "code", "data_cut", "desk_id", "failure", "figures_sha256", "frozen_at", "half", "id", "kind", "municipality_id", "pact_id", "pages", "pdf", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "requested_at", "requested_by_id", "revision_reason", "sealed", "sealed_at", "state", "version", "year", "zone_id") SELECT new_values."area_id", new_values."built_at", new_values."code", new_values."data_cut", new_values."desk_id", new_values."failure", new_values."figures_sha256", new_values."frozen_at", new_values."half", new_values."id", new_values."kind", new_values."municipality_id", new_values."pact_id", new_values."pages", new_values."pdf", new_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."requested_at", new_values."requested_by_id", new_values."revision_reason", new_values."sealed", new_values."sealed_at", new_values."state", new_values."version", new_values."year", new_values."zone_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd23a5ac8321a3debaabc924b07899eb5edfffea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_95cf8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reports_reportissue', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportissueevent" ("area_id", "built_at", "code", "data_cut", "desk_id", "failure", "figures_sha256", "frozen_at", "half", "id", "kind", "municipality_id", "pact_id", "pages", "pdf", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "requested_at", "requested_by_id", "revision_reason", "sealed", "sealed_at", "state", "version", "year", "zone_id") SELECT old_values."area_id", old_values."built_at", old_values."code", old_values."data_cut", old_values."desk_id", old_values."failure", old_values."figures_sha256", old_values."frozen_at", old_values."half", old_values."id", old_values."kind", old_values."municipality_id", old_values."pact_id", old_values."pages", old_values."pdf", old_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."requested_at", old_values."requested_by_id", old_values."revision_reason", old_values."sealed", old_values."sealed_at", old_values."state", old_values."version", old_values."year", old_values."zone_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='deff45db610cadf7412ad9b537b1b2956243fe2e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28efb', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_reportissue', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='dfca6844e0b59232080faf2c1ed3fc1a62fe31e2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_6ea56', table='reports_reportissue', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportIssueEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.reportissue')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('kind', models.CharField(choices=[('whole', 'Tutto il territorio'), ('pact', 'Patto'), ('zone', 'Zona'), ('desk', 'Sportello'), ('municipality', 'Comune')], max_length=12)),
                        ('pact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pacts.territorialpact')),
                        ('zone', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.zone')),
                        ('desk', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.desk')),
                        ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.frozenarea')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('half', models.PositiveSmallIntegerField()),
                        ('version', models.PositiveSmallIntegerField()),
                        ('code', models.CharField(max_length=110)),
                        ('state', models.CharField(choices=[('queued', 'In coda'), ('frozen', 'Dati congelati'), ('built', 'Pronto da rivedere'), ('published', 'Pubblicato'), ('superseded', 'Sostituito'), ('failed', 'Non riuscito')], default='queued', max_length=10)),
                        ('data_cut', models.DateField(help_text='Last day whose records are counted')),
                        ('requested_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('frozen_at', models.DateTimeField(blank=True, null=True)),
                        ('built_at', models.DateTimeField(blank=True, null=True)),
                        ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('figures_sha256', models.CharField(blank=True, max_length=64)),
                        ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                        ('pdf', models.FileField(blank=True, upload_to='reports/')),
                        ('pages', models.PositiveSmallIntegerField(default=0)),
                        ('sealed', models.FileField(blank=True, upload_to='reports/')),
                        ('sealed_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=200)),
                        ('revision_reason', models.CharField(blank=True, help_text='Why it was asked for when the semester had a published edition', max_length=500)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReviewComment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='reports.reportissue')),
                        ('text', models.TextField(max_length=1000)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Figure',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='reports.frozenarea')),
                        ('indicator', models.CharField(max_length=60)),
                        ('dimension', models.CharField(blank=True, max_length=20)),
                        ('member', models.CharField(blank=True, max_length=80)),
                        ('numerator', models.BigIntegerField(blank=True, null=True)),
                        ('denominator', models.BigIntegerField(blank=True, null=True)),
                        ('suppressed', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['indicator', 'dimension', 'member'],
                        'constraints': [models.UniqueConstraint(fields=('area', 'indicator', 'dimension', 'member'), name='figure_stands_once'), models.CheckConstraint(condition=models.Q(models.Q(('numerator__isnull', False), ('suppressed', False)), models.Q(('denominator__isnull', True), ('numerator__isnull', True), ('suppressed', True)), _connector='OR'), name='suppressed_figure_keeps_no_number')],
                        'triggers': [pgtrigger.compiler.Trigger(name='frozen_figures_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (\n    SELECT FROM reports_frozenarea area JOIN reports_semesterfreeze semester ON semester.id = area.freeze_id\n    WHERE semester.frozen_at IS NOT NULL\n        AND area.id IN (COALESCE(OLD.area_id, NEW.area_id), COALESCE(NEW.area_id, OLD.area_id))\n) THEN\n    RAISE EXCEPTION 'the figures of a frozen semester do not change' USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='e01cf29a68de84a1e7e18ccc2bd9191d62ea2e35', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_figures_stay_11284', table='reports_figure', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
