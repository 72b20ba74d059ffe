import django.contrib.postgres.constraints
import django.db.models.deletion
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
                    name='TaxonomyVersion',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(choices=[('curated', 'Vocabolario dello sportello'), ('esco', 'ESCO')], max_length=10)),
                        ('version', models.CharField(max_length=20)),
                        ('loaded_at', models.DateTimeField(auto_now=True)),
                        ('is_current', models.BooleanField(default=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('source', 'version'), name='taxonomy_version_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='IscoGroup',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=4, unique=True)),
                        ('label', models.CharField(max_length=200)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Occupation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=80, unique=True)),
                        ('uri', models.CharField(max_length=200, unique=True)),
                        ('isco08', models.CharField(db_index=True, max_length=4)),
                        ('label_masculine', models.CharField(max_length=200)),
                        ('label_feminine', models.CharField(max_length=200)),
                        ('label', models.CharField(max_length=260)),
                        ('sort_key', models.CharField(db_index=True, max_length=260)),
                        ('description', models.TextField(blank=True)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occupations', to='reference.taxonomyversion')),
                        ('retired_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.taxonomyversion')),
                    ],
                    options={
                        'ordering': ['sort_key'],
                    },
                ),
                migrations.CreateModel(
                    name='OccupationLabel',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='reference.occupation')),
                        ('kind', models.CharField(choices=[('preferred', 'preferita'), ('alternative', 'alternativa'), ('everyday', 'di ogni giorno')], max_length=12)),
                        ('language', models.CharField(default='it', max_length=2)),
                        ('text', models.CharField(max_length=260)),
                        ('search_key', models.CharField(max_length=260)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('occupation', 'language', 'search_key'), name='occupation_label_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Skill',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=80, unique=True)),
                        ('uri', models.CharField(max_length=200, unique=True)),
                        ('kind', models.CharField(choices=[('knowledge', 'conoscenza'), ('skill', 'capacità'), ('transversal', 'capacità trasversale'), ('licence', 'attestato o abilitazione')], max_length=20)),
                        ('label', models.CharField(max_length=300)),
                        ('sort_key', models.CharField(db_index=True, max_length=300)),
                        ('description', models.TextField(blank=True)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='reference.taxonomyversion')),
                        ('retired_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.taxonomyversion')),
                    ],
                    options={
                        'ordering': ['sort_key'],
                    },
                ),
                migrations.CreateModel(
                    name='SkillLabel',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='reference.skill')),
                        ('kind', models.CharField(choices=[('preferred', 'preferita'), ('alternative', 'alternativa'), ('everyday', 'di ogni giorno')], max_length=12)),
                        ('language', models.CharField(default='it', max_length=2)),
                        ('text', models.CharField(max_length=400)),
                        ('search_key', models.CharField(max_length=400)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('skill', 'language', 'search_key'), name='skill_label_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='OccupationSkill',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_links', to='reference.occupation')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupation_links', to='reference.skill')),
                        ('relation', models.CharField(choices=[('essential', 'essenziale'), ('optional', 'utile')], max_length=10)),
                        ('source', models.CharField(choices=[('curated', 'Vocabolario dello sportello'), ('esco', 'ESCO')], default='curated', max_length=10)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('occupation', 'skill'), name='occupation_skill_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Sector',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=10, unique=True)),
                        ('label', models.CharField(max_length=300)),
                        ('level', models.PositiveSmallIntegerField()),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='reference.sector')),
                    ],
                    options={
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='ContractType',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('label', models.CharField(max_length=100)),
                        ('is_employment', models.BooleanField()),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='EducationLevel',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=30, unique=True)),
                        ('label', models.CharField(max_length=120)),
                        ('isced', models.PositiveSmallIntegerField()),
                        ('eqf', models.PositiveSmallIntegerField()),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceCatalogueItem',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=30, unique=True)),
                        ('audience', models.CharField(choices=[('person', 'Persone'), ('company', 'Imprese')], max_length=7)),
                        ('letter', models.CharField(blank=True, max_length=1)),
                        ('label', models.CharField(max_length=120)),
                        ('citation', models.CharField(max_length=200)),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='Language',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=3, unique=True)),
                        ('label', models.CharField(max_length=60)),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='DrivingLicence',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('label_en', models.CharField(blank=True, db_default='', max_length=300)),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('label', models.CharField(max_length=120)),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='RuleParameter',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=80)),
                        ('value', models.JSONField()),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('citation', models.CharField(max_length=300)),
                        ('indicative', models.BooleanField(default=False)),
                        ('is_local', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['key', 'valid_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='rule_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('citation', ''), _negated=True), name='rule_has_a_citation'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('key', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=models.CharField()), '&&')], name='rule_valid_once_at_a_time')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reference_ruleparameterevent" ("citation", "id", "indicative", "is_local", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "value") SELECT new_values."citation", new_values."id", new_values."indicative", new_values."is_local", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."valid_from", new_values."valid_to", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68457d7dcd8685bf2175a6ba1154a6d845212fcb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_199e8', referencing='REFERENCING NEW TABLE AS new_values ', table='reference_ruleparameter', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reference_ruleparameterevent" ("citation", "id", "indicative", "is_local", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "value") SELECT new_values."citation", new_values."id", new_values."indicative", new_values."is_local", new_values."key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."valid_from", new_values."valid_to", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f5d3a23f555be488830b5b29d6a36b366364c21b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_86ff6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reference_ruleparameter', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reference_ruleparameterevent" ("citation", "id", "indicative", "is_local", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "value") SELECT old_values."citation", old_values."id", old_values."indicative", old_values."is_local", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."valid_from", old_values."valid_to", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='34643a58868c8a7950ed9787df5a964b7f65fa68', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_94972', referencing='REFERENCING OLD TABLE AS old_values ', table='reference_ruleparameter', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='d566d64c988fcf18a1bd726b44bc2de07ae62c18', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_d890f', table='reference_ruleparameter', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RuleParameterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reference.ruleparameter')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('key', models.CharField(max_length=80)),
                        ('value', models.JSONField()),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('citation', models.CharField(max_length=300)),
                        ('indicative', models.BooleanField(default=False)),
                        ('is_local', models.BooleanField(default=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
