import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import sportello.core.db
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('core', '0001_extensions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Municipality',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('latitude', models.FloatField(blank=True, null=True)),
                        ('longitude', models.FloatField(blank=True, null=True)),
                        ('istat_code', models.CharField(max_length=6, unique=True)),
                        ('cadastral_code', models.CharField(db_index=True, max_length=4)),
                        ('name', models.CharField(max_length=100)),
                        ('sort_key', models.CharField(db_index=True, max_length=100)),
                        ('search_key', models.CharField(max_length=100)),
                        ('province_code', models.CharField(max_length=2)),
                        ('province_name', models.CharField(max_length=60)),
                        ('region_name', models.CharField(max_length=40)),
                        ('valid_from', models.DateField(blank=True, null=True)),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='territory.municipality')),
                        ('is_metropolitan', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['sort_key'],
                        'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_key', name='gin_trgm_ops'), name='municipality_search_trigrams')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='municipality_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('valid_to__isnull', False), _connector='OR'), name='only_an_ended_municipality_has_a_successor'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='municipality_point_is_whole_and_on_earth')],
                    },
                ),
                migrations.CreateModel(
                    name='MunicipalityResidents',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residents', to='territory.municipality')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('sex', models.CharField(choices=[('F', 'Donna'), ('M', 'Uomo')], max_length=1)),
                        ('age_band', models.CharField(choices=[('0-14', 'fino a 14 anni'), ('15-24', 'da 15 a 24 anni'), ('25-34', 'da 25 a 34 anni'), ('35-44', 'da 35 a 44 anni'), ('45-54', 'da 45 a 54 anni'), ('55-64', 'da 55 a 64 anni'), ('65+', 'da 65 anni in su')], max_length=5)),
                        ('count', models.PositiveIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'year', 'sex', 'age_band'), name='residents_counted_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Zone',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('slug', models.SlugField(unique=True)),
                        ('name', models.CharField(max_length=100)),
                        ('municipalities', models.ManyToManyField(related_name='zones', to='territory.municipality')),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='SubArea',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sub_areas', to='territory.municipality')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=100)),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'number'), name='sub_area_number_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('municipality', 'Comune'), ('agency', 'Agenzia per il lavoro'), ('company', 'Impresa'), ('metropolitan_city', 'Città metropolitana'), ('region', 'Regione'), ('ministry', 'Ministero'), ('social_partner', 'Parte sociale'), ('third_sector', 'Ente del terzo settore'), ('training_body', 'Ente di formazione'), ('other', 'Altro ente')], max_length=20)),
                        ('name', models.CharField(max_length=200)),
                        ('sort_key', models.CharField(db_index=True, max_length=200)),
                        ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='territory.municipality')),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('is_active', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['sort_key'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'municipality')), fields=('municipality',), name='one_body_per_municipality'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'municipality'), _negated=True), ('municipality__isnull', False), _connector='OR'), name='municipal_body_names_its_municipality')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_organisationevent" ("created_at", "email", "id", "is_active", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sort_key") SELECT new_values."created_at", new_values."email", new_values."id", new_values."is_active", new_values."kind", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."sort_key" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='154f95d396cd0fcfb5f3a512f41fb515871e121b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_981aa', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_organisationevent" ("created_at", "email", "id", "is_active", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sort_key") SELECT new_values."created_at", new_values."email", new_values."id", new_values."is_active", new_values."kind", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."sort_key" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fd4ff00941b7589efa881ad240818ca48397e08', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b7c46', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_organisationevent" ("created_at", "email", "id", "is_active", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sort_key") SELECT old_values."created_at", old_values."email", old_values."id", old_values."is_active", old_values."kind", old_values."municipality_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."sort_key" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dbdfcbed7461b6fc075650b2bddf1ca9d5ad642f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_98519', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='38e4181978974bba7a4bb7439b37978f2dba68d7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_35a61', table='territory_organisation', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('kind', models.CharField(choices=[('municipality', 'Comune'), ('agency', 'Agenzia per il lavoro'), ('company', 'Impresa'), ('metropolitan_city', 'Città metropolitana'), ('region', 'Regione'), ('ministry', 'Ministero'), ('social_partner', 'Parte sociale'), ('third_sector', 'Ente del terzo settore'), ('training_body', 'Ente di formazione'), ('other', 'Altro ente')], max_length=20)),
                        ('name', models.CharField(max_length=200)),
                        ('sort_key', models.CharField(max_length=200)),
                        ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('is_active', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Accreditation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accreditations', to='territory.organisation')),
                        ('kind', models.CharField(choices=[('work', 'Servizi al lavoro'), ('training', 'Formazione')], max_length=10)),
                        ('register_no', models.CharField(max_length=40)),
                        ('status', models.CharField(choices=[('provisional', 'Provvisorio'), ('definitive', 'Definitivo'), ('suspended', 'Sospeso'), ('revoked', 'Revocato')], max_length=12)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accreditation_ends_after_it_starts'), models.UniqueConstraint(fields=('organisation', 'kind', 'register_no', 'valid_from'), name='accreditation_written_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_accreditationevent" ("id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_no", "status", "valid_from", "valid_to") SELECT new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."register_no", new_values."status", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af08dbfe16c05db0f38df8dc1a1d3146268b8071', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d0839', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_accreditation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_accreditationevent" ("id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_no", "status", "valid_from", "valid_to") SELECT new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."register_no", new_values."status", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7be3eed91685c1535838f0b5790e415456fd2489', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4fc42', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_accreditation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_accreditationevent" ("id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_no", "status", "valid_from", "valid_to") SELECT old_values."id", old_values."kind", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."register_no", old_values."status", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1fa5ef5147cbdd6ad9e378255472f82ef69db225', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5cafd', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_accreditation', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='f2734e93067880234751acfb969d0c651ec8cdc7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_a154b', table='territory_accreditation', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccreditationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.accreditation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('kind', models.CharField(choices=[('work', 'Servizi al lavoro'), ('training', 'Formazione')], max_length=10)),
                        ('register_no', models.CharField(max_length=40)),
                        ('status', models.CharField(choices=[('provisional', 'Provvisorio'), ('definitive', 'Definitivo'), ('suspended', 'Sospeso'), ('revoked', 'Revocato')], max_length=12)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Desk',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('slug', models.SlugField(max_length=80, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('town_hall', 'Sportello in municipio'), ('womens_centre', 'Centro donne'), ('market', 'Banco al mercato'), ('job_centre', "Sede del Centro per l'impiego"), ('other', 'Altra sede')], max_length=15)),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('temporary', 'Temporaneo'), ('open', 'Aperto'), ('closed', 'Chiuso')], default='open', max_length=10)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desks', to='territory.municipality')),
                        ('sub_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='territory.subarea')),
                        ('address', models.CharField(max_length=200)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('managed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desks', to='territory.organisation')),
                        ('reviews_pacts', models.BooleanField(default=False, help_text='Whether a second person approves each service pact')),
                        ('serves', models.ManyToManyField(related_name='served_by', to='territory.municipality')),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), name='desk_point_is_on_earth')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskevent" ("address", "email", "id", "kind", "latitude", "longitude", "managed_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reviews_pacts", "slug", "state", "sub_area_id") SELECT new_values."address", new_values."email", new_values."id", new_values."kind", new_values."latitude", new_values."longitude", new_values."managed_by_id", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."reviews_pacts", new_values."slug", new_values."state", new_values."sub_area_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb1445a6cb83c32d51864f921b3e23358cf85222', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b8fd9', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_desk', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskevent" ("address", "email", "id", "kind", "latitude", "longitude", "managed_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reviews_pacts", "slug", "state", "sub_area_id") SELECT new_values."address", new_values."email", new_values."id", new_values."kind", new_values."latitude", new_values."longitude", new_values."managed_by_id", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."reviews_pacts", new_values."slug", new_values."state", new_values."sub_area_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9749955113498cdbc2099ee4d884884bfe3e2320', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7d7ad', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_desk', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskevent" ("address", "email", "id", "kind", "latitude", "longitude", "managed_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reviews_pacts", "slug", "state", "sub_area_id") SELECT old_values."address", old_values."email", old_values."id", old_values."kind", old_values."latitude", old_values."longitude", old_values."managed_by_id", old_values."municipality_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."reviews_pacts", old_values."slug", old_values."state", old_values."sub_area_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ccf8ca136924a93fd79dde3d6469e5b3547c65ae', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_14925', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_desk', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='99d34008a74e9a8de82261b0e62a55a206bc259c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_df7c9', table='territory_desk', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DeskEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.desk')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('slug', models.SlugField(db_index=False, max_length=80)),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('town_hall', 'Sportello in municipio'), ('womens_centre', 'Centro donne'), ('market', 'Banco al mercato'), ('job_centre', "Sede del Centro per l'impiego"), ('other', 'Altra sede')], max_length=15)),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('temporary', 'Temporaneo'), ('open', 'Aperto'), ('closed', 'Chiuso')], default='open', max_length=10)),
                        ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('sub_area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.subarea')),
                        ('address', models.CharField(max_length=200)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('managed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('reviews_pacts', models.BooleanField(default=False, help_text='Whether a second person approves each service pact')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OpeningHours',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='territory.desk')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'lunedì'), (2, 'martedì'), (3, 'mercoledì'), (4, 'giovedì'), (5, 'venerdì'), (6, 'sabato'), (7, 'domenica')])),
                        ('opens', models.TimeField()),
                        ('closes', models.TimeField()),
                    ],
                    options={
                        'ordering': ['weekday', 'opens'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='desk_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('weekday__range', (1, 7))), name='weekday_from_monday_to_sunday'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('desk', '='), ('weekday', '='), (models.Func(django.db.models.expressions.CombinedExpression(models.Value('2000-01-01', output_field=models.DateField()), '+', models.F('opens')), django.db.models.expressions.CombinedExpression(models.Value('2000-01-01', output_field=models.DateField()), '+', models.F('closes')), function='tsrange', output_field=models.CharField()), '&&')], name='opening_hours_do_not_overlap')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_openinghoursevent" ("closes", "desk_id", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") SELECT new_values."closes", new_values."desk_id", new_values."id", new_values."opens", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='357d600cf2907cfb8a5788302ed5f6232f7ec4f2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bf809', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_openinghours', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_openinghoursevent" ("closes", "desk_id", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") SELECT new_values."closes", new_values."desk_id", new_values."id", new_values."opens", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ce80013b36e3db96f5987e236e2e88990632b635', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_52a3f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_openinghours', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_openinghoursevent" ("closes", "desk_id", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") SELECT old_values."closes", old_values."desk_id", old_values."id", old_values."opens", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7be39f3c10114712ddb9bff177ad8156b4d1db1b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a0256', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_openinghours', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='418157a92f7bf3426ba391ef245204e8e50585d5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_cfc13', table='territory_openinghours', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='OpeningHoursEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.openinghours')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('desk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.desk')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'lunedì'), (2, 'martedì'), (3, 'mercoledì'), (4, 'giovedì'), (5, 'venerdì'), (6, 'sabato'), (7, 'domenica')])),
                        ('opens', models.TimeField()),
                        ('closes', models.TimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DeskClosure',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='territory.desk', verbose_name='Sportello')),
                        ('first_day', models.DateField(verbose_name='Dal')),
                        ('last_day', models.DateField(verbose_name='Al')),
                        ('reason', models.CharField(blank=True, max_length=150, verbose_name='Perché')),
                    ],
                    options={
                        'ordering': ['first_day'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='closure_ends_after_it_starts'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('desk', '='), (models.Func(models.F('first_day'), models.F('last_day'), models.Value('[]'), function='daterange', output_field=models.CharField()), '&&')], name='closures_of_a_desk_do_not_overlap')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskclosureevent" ("desk_id", "first_day", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."desk_id", new_values."first_day", new_values."id", new_values."last_day", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8b9e9fb73105a74a689b937d9c4ed6d3b2c3e76', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_66e80', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_deskclosure', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskclosureevent" ("desk_id", "first_day", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."desk_id", new_values."first_day", new_values."id", new_values."last_day", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f238752e3b80ffff8fe69703b743292d24465e3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e72df', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_deskclosure', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_deskclosureevent" ("desk_id", "first_day", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."desk_id", old_values."first_day", old_values."id", old_values."last_day", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='007bb57e0c2ce735e4a9e19766a13c25589493b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5fd85', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_deskclosure', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='478e02eca75e42c422fa997867e3d677eb0b8325', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_f19c3', table='territory_deskclosure', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DeskClosureEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.deskclosure')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('desk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.desk', verbose_name='Sportello')),
                        ('first_day', models.DateField(verbose_name='Dal')),
                        ('last_day', models.DateField(verbose_name='Al')),
                        ('reason', models.CharField(blank=True, max_length=150, verbose_name='Perché')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
