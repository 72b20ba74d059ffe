import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import sportello.accounts.models
import sportello.core.db
import uuid
from django.conf import settings
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
                    name='User',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='Indirizzo e-mail')),
                        ('first_name', models.CharField(blank=True, max_length=100, verbose_name='Nome')),
                        ('last_name', models.CharField(blank=True, max_length=100, verbose_name='Cognome')),
                        ('language', models.CharField(default='it', max_length=2)),
                        ('uses_shortcuts', models.BooleanField(default=True)),
                        ('is_active', models.BooleanField(default=True)),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "first_name", "id", "is_active", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uses_shortcuts") SELECT new_values."date_joined", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."language", new_values."last_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."uses_shortcuts" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b2b91d878f3550bb499913c9ca96169f98ffc71', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "first_name", "id", "is_active", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uses_shortcuts") SELECT new_values."date_joined", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."language", new_values."last_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."uses_shortcuts" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."uses_shortcuts" IS DISTINCT FROM (new_values."uses_shortcuts")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c441464e81e14aec0d892f098e27765b44e831a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e890', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "first_name", "id", "is_active", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uses_shortcuts") SELECT old_values."date_joined", old_values."email", old_values."first_name", old_values."id", old_values."is_active", old_values."language", old_values."last_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."uses_shortcuts" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b7992ea35ab7ebdbedb6f6b07155d90a54ee0502', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='4cf363d577353c0b4d5489ff886982b2d2336e5d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_31ca7', table='accounts_user', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('email', models.EmailField(max_length=254, verbose_name='Indirizzo e-mail')),
                        ('first_name', models.CharField(blank=True, max_length=100, verbose_name='Nome')),
                        ('last_name', models.CharField(blank=True, max_length=100, verbose_name='Cognome')),
                        ('language', models.CharField(default='it', max_length=2)),
                        ('uses_shortcuts', models.BooleanField(default=True)),
                        ('is_active', models.BooleanField(default=True)),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='territory.organisation')),
                        ('role', models.CharField(choices=[('operator', 'Operatrice o operatore'), ('coordinator', 'Coordinatrice o coordinatore'), ('company', 'Impresa'), ('official', 'Funzionaria o funzionario comunale'), ('control_room', 'Cabina di regia'), ('administrator', 'Amministratrice o amministratore')], max_length=15)),
                        ('is_admin', models.BooleanField(default=False)),
                        ('decides', models.BooleanField(default=False, help_text='For a company: its administrators decide in any case')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('desks', models.ManyToManyField(blank=True, related_name='memberships', to='territory.desk')),
                    ],
                    options={
                        'ordering': ['started_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'organisation', 'role'), name='one_open_membership_per_role'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='membership_ends_after_it_starts')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_membershipevent" ("decides", "ended_at", "id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT new_values."decides", new_values."ended_at", new_values."id", new_values."is_admin", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."started_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='38003dd0e8a2f8c295e9cf43b197857d63d01e74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fc05a', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_membershipevent" ("decides", "ended_at", "id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT new_values."decides", new_values."ended_at", new_values."id", new_values."is_admin", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."started_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='474e0a639af7d5bf8b8ca688ee49bd00f621fb10', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_20ab5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_membershipevent" ("decides", "ended_at", "id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT old_values."decides", old_values."ended_at", old_values."id", old_values."is_admin", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."started_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ee9cb4ab48cac02fc1f3deb0b3ac3c2536185310', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19a8f', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='bf396ef5d9aa8c66aaaaa030c5da944f45764b39', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_26062', table='accounts_membership', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='MembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.membership')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('role', models.CharField(choices=[('operator', 'Operatrice o operatore'), ('coordinator', 'Coordinatrice o coordinatore'), ('company', 'Impresa'), ('official', 'Funzionaria o funzionario comunale'), ('control_room', 'Cabina di regia'), ('administrator', 'Amministratrice o amministratore')], max_length=15)),
                        ('is_admin', models.BooleanField(default=False)),
                        ('decides', models.BooleanField(default=False, help_text='For a company: its administrators decide in any case')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='territory.organisation')),
                        ('role', models.CharField(choices=[('operator', 'Operatrice o operatore'), ('coordinator', 'Coordinatrice o coordinatore'), ('company', 'Impresa'), ('official', 'Funzionaria o funzionario comunale'), ('control_room', 'Cabina di regia'), ('administrator', 'Amministratrice o amministratore')], max_length=15)),
                        ('is_admin', models.BooleanField(default=False)),
                        ('decides', models.BooleanField(default=False)),
                        ('token', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                        ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField(default=sportello.accounts.models._invitation_expiry)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('desks', models.ManyToManyField(blank=True, related_name='+', to='territory.desk')),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), fields=('email', 'organisation', 'role'), name='one_open_invitation_per_role')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "decides", "email", "expires_at", "id", "invited_by_id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT new_values."accepted_at", new_values."created_at", new_values."decides", new_values."email", new_values."expires_at", new_values."id", new_values."invited_by_id", new_values."is_admin", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9645756e8ffd71e0e7d85ab338d603f4e8a67000', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8c354', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "decides", "email", "expires_at", "id", "invited_by_id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT new_values."accepted_at", new_values."created_at", new_values."decides", new_values."email", new_values."expires_at", new_values."id", new_values."invited_by_id", new_values."is_admin", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_at" IS DISTINCT FROM (new_values."accepted_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."decides" IS DISTINCT FROM (new_values."decides") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."invited_by_id" IS DISTINCT FROM (new_values."invited_by_id") OR old_values."is_admin" IS DISTINCT FROM (new_values."is_admin") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."role" IS DISTINCT FROM (new_values."role")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3bd0ce6c7e6ad8c60b4e78d67cee163462e82e20', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4e12d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "decides", "email", "expires_at", "id", "invited_by_id", "is_admin", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT old_values."accepted_at", old_values."created_at", old_values."decides", old_values."email", old_values."expires_at", old_values."id", old_values."invited_by_id", old_values."is_admin", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9aa7d1bf18700b9022825510a63e62e4eeed6571', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f2c14', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='13bf503e8d91f9256c6e0a043325177414edc869', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_56474', table='accounts_invitation', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='InvitationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.invitation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('email', models.EmailField(max_length=254)),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('role', models.CharField(choices=[('operator', 'Operatrice o operatore'), ('coordinator', 'Coordinatrice o coordinatore'), ('company', 'Impresa'), ('official', 'Funzionaria o funzionario comunale'), ('control_room', 'Cabina di regia'), ('administrator', 'Amministratrice o amministratore')], max_length=15)),
                        ('is_admin', models.BooleanField(default=False)),
                        ('decides', models.BooleanField(default=False)),
                        ('invited_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField(default=sportello.accounts.models._invitation_expiry)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ApiKey',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='territory.organisation')),
                        ('name', models.CharField(max_length=60, verbose_name='Nome del programma')),
                        ('prefix', models.CharField(max_length=8, unique=True)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('vacancies:read', 'Leggere le proprie offerte'), ('vacancies:write', 'Scrivere bozze, correggerle, mettere in pausa e ritirare offerte'), ('vacancies:submit', 'Mandare le offerte allo sportello')], max_length=20), size=None)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('scopes__len__gt', 0)), name='key_opens_something'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='key_expires_after_it_begins')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apikeyevent" ("created_at", "created_by_id", "expires_at", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prefix", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='810af9d180c4c38d5d6067ee8e8fa43b9b08c140', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1ed31', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_apikey', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apikeyevent" ("created_at", "created_by_id", "expires_at", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prefix", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."prefix" IS DISTINCT FROM (new_values."prefix") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."scopes" IS DISTINCT FROM (new_values."scopes")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ee820506a0c7ed2155e5b7ddcee64a0650d571f6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1c34c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_apikey', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apikeyevent" ("created_at", "created_by_id", "expires_at", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prefix", old_values."revoked_at", old_values."scopes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f3492ba6b074a29f397dca48072212ae7b3a580b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_18c5d', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_apikey', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='72da9bbd5fccd5c20e4d117ab821f57584e03f10', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_b8c14', table='accounts_apikey', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ApiKeyEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.apikey')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.organisation')),
                        ('name', models.CharField(max_length=60, verbose_name='Nome del programma')),
                        ('prefix', models.CharField(max_length=8)),
                        ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('vacancies:read', 'Leggere le proprie offerte'), ('vacancies:write', 'Scrivere bozze, correggerle, mettere in pausa e ritirare offerte'), ('vacancies:submit', 'Mandare le offerte allo sportello')], max_length=20), size=None)),
                        ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
