import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import sportello.core.db
import sportello.core.files
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('territory', '0001_initial'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='TerritorialPact',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('slug', models.SlugField(max_length=80, unique=True)),
                        ('kind', models.CharField(choices=[('pact', 'Patto territoriale'), ('protocol', "Protocollo d'intesa")], default='pact', max_length=10)),
                        ('name', models.CharField(max_length=150)),
                        ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_pacts', to='territory.municipality')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('programme', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-starts_on', 'name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='pact_ends_after_it_starts')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_territorialpactevent" ("ends_on", "id", "kind", "lead_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "slug", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."kind", new_values."lead_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='778317714c1b3c82d85ade8a6bc7101b9c5b0703', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_34fb2', referencing='REFERENCING NEW TABLE AS new_values ', table='pacts_territorialpact', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_territorialpactevent" ("ends_on", "id", "kind", "lead_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "slug", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."kind", new_values."lead_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9e899cae5832cc263ec8088eabbae3d7a101cc5e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_af56c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='pacts_territorialpact', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_territorialpactevent" ("ends_on", "id", "kind", "lead_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "slug", "starts_on") SELECT old_values."ends_on", old_values."id", old_values."kind", old_values."lead_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme", old_values."slug", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='650e8d73fd1a702cce32d07357068754cd0e6861', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_799a2', referencing='REFERENCING OLD TABLE AS old_values ', table='pacts_territorialpact', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='c85da82006893cc135afc1b74d54fda096da63d0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_a18ee', table='pacts_territorialpact', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TerritorialPactEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pacts.territorialpact')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('slug', models.SlugField(db_index=False, max_length=80)),
                        ('kind', models.CharField(choices=[('pact', 'Patto territoriale'), ('protocol', "Protocollo d'intesa")], default='pact', max_length=10)),
                        ('name', models.CharField(max_length=150)),
                        ('lead', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('programme', models.TextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PactMembership',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('pact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='pacts.territorialpact')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pact_memberships', to='territory.municipality')),
                        ('state', models.CharField(choices=[('invited', 'Invitato'), ('deliberated', 'Deliberato'), ('signed', 'Firmato'), ('withdrawn', 'Uscito')], default='invited', max_length=12)),
                        ('deed_no', models.CharField(blank=True, max_length=40)),
                        ('deed_date', models.DateField(blank=True, null=True)),
                        ('deed_file', models.FileField(blank=True, upload_to=sportello.core.files.private_path)),
                        ('joined_on', models.DateField(blank=True, null=True)),
                        ('left_on', models.DateField(blank=True, null=True)),
                        ('withdrawal_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['municipality__sort_key'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deed_date__isnull', True), ('deed_no', '')), models.Q(models.Q(('deed_no', ''), _negated=True), ('deed_date__isnull', False)), _connector='OR'), name='deed_has_number_and_date'), models.CheckConstraint(condition=models.Q(('joined_on__isnull', True), models.Q(('deed_no', ''), _negated=True), _connector='OR'), name='nobody_joins_without_a_deed'), models.CheckConstraint(condition=models.Q(models.Q(('joined_on__isnull', True), ('state__in', ['invited', 'deliberated'])), models.Q(('joined_on__isnull', False), ('state__in', ['signed', 'withdrawn'])), _connector='OR'), name='signed_member_has_joined'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('left_on__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('left_on__isnull', True)), _connector='OR'), name='withdrawn_member_has_left'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='member_leaves_after_joining'), models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('pact', 'municipality'), name='one_open_membership_per_municipality'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('joined_on__isnull', False)), expressions=[('pact', '='), ('municipality', '='), (models.Func(models.F('joined_on'), models.F('left_on'), models.Value('[)'), function='daterange', output_field=models.CharField()), '&&')], name='memberships_do_not_overlap')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactmembershipevent" ("deed_date", "deed_file", "deed_no", "id", "joined_on", "left_on", "municipality_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "withdrawal_reason") SELECT new_values."deed_date", new_values."deed_file", new_values."deed_no", new_values."id", new_values."joined_on", new_values."left_on", new_values."municipality_id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."withdrawal_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='532460894a20d745f55a2f1b389ec9ec3e2647c5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1840d', referencing='REFERENCING NEW TABLE AS new_values ', table='pacts_pactmembership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactmembershipevent" ("deed_date", "deed_file", "deed_no", "id", "joined_on", "left_on", "municipality_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "withdrawal_reason") SELECT new_values."deed_date", new_values."deed_file", new_values."deed_no", new_values."id", new_values."joined_on", new_values."left_on", new_values."municipality_id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."withdrawal_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1a0795068ee5b7e8314028b8cbc4c3bd003f545c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0d792', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='pacts_pactmembership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactmembershipevent" ("deed_date", "deed_file", "deed_no", "id", "joined_on", "left_on", "municipality_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "withdrawal_reason") SELECT old_values."deed_date", old_values."deed_file", old_values."deed_no", old_values."id", old_values."joined_on", old_values."left_on", old_values."municipality_id", old_values."pact_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."withdrawal_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='92585a521803e88c081f5f491d019c374232a43b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8fb75', referencing='REFERENCING OLD TABLE AS old_values ', table='pacts_pactmembership', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='e06a8e6429078ca46eafbd25ddf1a667e1a3e53a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_4bad1', table='pacts_pactmembership', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PactMembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pacts.pactmembership')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('pact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pacts.territorialpact')),
                        ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('state', models.CharField(choices=[('invited', 'Invitato'), ('deliberated', 'Deliberato'), ('signed', 'Firmato'), ('withdrawn', 'Uscito')], default='invited', max_length=12)),
                        ('deed_no', models.CharField(blank=True, max_length=40)),
                        ('deed_date', models.DateField(blank=True, null=True)),
                        ('deed_file', models.FileField(blank=True, upload_to=sportello.core.files.private_path)),
                        ('joined_on', models.DateField(blank=True, null=True)),
                        ('left_on', models.DateField(blank=True, null=True)),
                        ('withdrawal_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PactPartner',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('pact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='pacts.territorialpact')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pact_partnerships', to='territory.organisation')),
                        ('role', models.CharField(choices=[('supporter', 'Sostenitore'), ('contributor', 'Contributore')], max_length=12)),
                        ('since', models.DateField()),
                    ],
                    options={
                        'ordering': ['role', 'organisation__sort_key'],
                        'constraints': [models.UniqueConstraint(fields=('pact', 'organisation'), name='partner_stands_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactpartnerevent" ("id", "organisation_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since") SELECT new_values."id", new_values."organisation_id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."since" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a849c288cee2c425e3c1916f3c3fbee159844bd8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_97f4d', referencing='REFERENCING NEW TABLE AS new_values ', table='pacts_pactpartner', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactpartnerevent" ("id", "organisation_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since") SELECT new_values."id", new_values."organisation_id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."since" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8428dba7191ef63a692ad4020a5cb14ee1510c68', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_11844', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='pacts_pactpartner', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactpartnerevent" ("id", "organisation_id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since") SELECT old_values."id", old_values."organisation_id", old_values."pact_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."since" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cdb139e6716e81eaeb0a1c1587585cec588b0dad', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d165d', referencing='REFERENCING OLD TABLE AS old_values ', table='pacts_pactpartner', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='a4df84b364b95aea788d46e6c15ae523e5455f34', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_5919b', table='pacts_pactpartner', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PactPartnerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pacts.pactpartner')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('pact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pacts.territorialpact')),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('role', models.CharField(choices=[('supporter', 'Sostenitore'), ('contributor', 'Contributore')], max_length=12)),
                        ('since', models.DateField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PactGoal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('pact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='pacts.territorialpact')),
                        ('title', models.CharField(max_length=200)),
                        ('indicator', models.CharField(max_length=60)),
                        ('target', models.PositiveIntegerField()),
                        ('due_on', models.DateField()),
                        ('retired_on', models.DateField(blank=True, null=True)),
                        ('retirement_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['due_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('target__gte', 1)), name='goal_asks_for_something'), models.CheckConstraint(condition=models.Q(models.Q(('retired_on__isnull', True), ('retirement_reason', '')), models.Q(('retired_on__isnull', False), models.Q(('retirement_reason', ''), _negated=True)), _connector='OR'), name='retired_goal_has_day_and_reason')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactgoalevent" ("due_on", "id", "indicator", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "retirement_reason", "target", "title") SELECT new_values."due_on", new_values."id", new_values."indicator", new_values."pact_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."retired_on", new_values."retirement_reason", new_values."target", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='271b033f5e233a084430e34cd8c81643b247bd80', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0b17b', referencing='REFERENCING NEW TABLE AS new_values ', table='pacts_pactgoal', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactgoalevent" ("due_on", "id", "indicator", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "retirement_reason", "target", "title") SELECT new_values."due_on", new_values."id", new_values."indicator", new_values."pact_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."retired_on", new_values."retirement_reason", new_values."target", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2f591a72dde40ef15c191da9c5cfd3d2c8713c6f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0d94c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='pacts_pactgoal', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactgoalevent" ("due_on", "id", "indicator", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "retirement_reason", "target", "title") SELECT old_values."due_on", old_values."id", old_values."indicator", old_values."pact_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."retired_on", old_values."retirement_reason", old_values."target", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1a9903eb732e88af1ab162aa79b075b413455c9c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9d3c7', referencing='REFERENCING OLD TABLE AS old_values ', table='pacts_pactgoal', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='af6078cd7e87f29fa42655d0fca608da766fefb4', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_b2acf', table='pacts_pactgoal', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PactGoalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pacts.pactgoal')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('pact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pacts.territorialpact')),
                        ('title', models.CharField(max_length=200)),
                        ('indicator', models.CharField(max_length=60)),
                        ('target', models.PositiveIntegerField()),
                        ('due_on', models.DateField()),
                        ('retired_on', models.DateField(blank=True, null=True)),
                        ('retirement_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PactAction',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('pact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='pacts.territorialpact')),
                        ('code', models.CharField(max_length=60)),
                        ('code_key', models.CharField(editable=False, max_length=60, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('description', models.TextField(blank=True)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('running', 'In corso'), ('done', 'Conclusa')], default='planned', max_length=10)),
                    ],
                    options={
                        'ordering': ['-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='action_ends_after_it_starts')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactactionevent" ("code", "code_key", "description", "ends_on", "id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "title") SELECT new_values."code", new_values."code_key", new_values."description", new_values."ends_on", new_values."id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='12f2ae5e9593169e35fcde447b29708fcfdad773', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6d86c', referencing='REFERENCING NEW TABLE AS new_values ', table='pacts_pactaction', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactactionevent" ("code", "code_key", "description", "ends_on", "id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "title") SELECT new_values."code", new_values."code_key", new_values."description", new_values."ends_on", new_values."id", new_values."pact_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a365116f139b78b0a520de66f8dd87203ddbda5b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3b91d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='pacts_pactaction', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "pacts_pactactionevent" ("code", "code_key", "description", "ends_on", "id", "pact_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "title") SELECT old_values."code", old_values."code_key", old_values."description", old_values."ends_on", old_values."id", old_values."pact_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."state", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1086dc7bc782ef1b25bc5a65297bff202fc4b75f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_43bee', referencing='REFERENCING OLD TABLE AS old_values ', table='pacts_pactaction', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='63b66b6aae991a121a1c6c0b58fe8e26b1a2ebd3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_42481', table='pacts_pactaction', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PactActionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pacts.pactaction')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('pact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pacts.territorialpact')),
                        ('code', models.CharField(max_length=60)),
                        ('code_key', models.CharField(editable=False, max_length=60)),
                        ('title', models.CharField(max_length=200)),
                        ('description', models.TextField(blank=True)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('planned', 'In programma'), ('running', 'In corso'), ('done', 'Conclusa')], default='planned', max_length=10)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
