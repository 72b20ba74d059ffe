import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import matching.models.change
import pgtrigger.compiler
import sportello.core.db
import uuid
from django.conf import settings
from django.db import migrations, models


# Who changed is noted in the same transaction, by triggers on every table that the projection of people reads.
_OWN = 'SELECT DISTINCT candidate_id FROM written'
_OF_PROFILE = (
    'SELECT DISTINCT candidate_id FROM written JOIN candidates_profile ON candidates_profile.id = written.profile_id'
)
# Table -> the people of the rows that a statement wrote.
SOURCES = {
    'candidates_candidate': 'SELECT id AS candidate_id FROM written',
    'candidates_case': _OWN,
    'candidates_profile': _OWN,
    'candidates_desiredoccupation': _OWN,
    'candidates_skillstatement': _OWN,
    'candidates_languageskill': _OWN,
    'candidates_availabilitywindow': _OWN,
    'candidates_profile_licences': _OF_PROFILE,
    'candidates_profile_contract_types': _OF_PROFILE,
}
EVENTS = {'INSERT': 'NEW', 'UPDATE': 'NEW', 'DELETE': 'OLD'}

FUNCTION = """
CREATE FUNCTION matching_note_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'INSERT INTO matching_changed (id, candidate_id, transaction, at)
             SELECT gen_random_uuid(), found.candidate_id, pg_current_xact_id(), now() FROM (' || TG_ARGV[0] || ') AS found
             ON CONFLICT DO NOTHING';
    RETURN NULL;
END
$$
"""


def create_triggers():
    return [
        f"CREATE TRIGGER matching_note_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING {rows} TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION matching_note_changes('{people}')"
        for table, people in SOURCES.items()
        for event, rows in EVENTS.items()
    ]


def drop_triggers():
    return [f'DROP TRIGGER matching_note_{event.lower()} ON {table}' for table in SOURCES for event in EVENTS]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('candidates', '0001_initial'),
        ('employers', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('reference', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        sportello.core.db.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='MatchRun',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='match_runs', to='employers.vacancy')),
                        ('engine_version', models.CharField(max_length=20)),
                        ('strategy', models.CharField(default='standard', max_length=20)),
                        ('edition', models.PositiveIntegerField(default=0, help_text='Of the strategy; 0 as it was installed')),
                        ('weights', models.JSONField()),
                        ('taxonomy', models.CharField(max_length=60)),
                        ('vocabulary', models.CharField(default='', help_text='Digest of the words and their weights', max_length=32)),
                        ('segment', models.CharField(default='', help_text='The columns that were searched', max_length=36)),
                        ('requirements', models.JSONField()),
                        ('considered', models.PositiveIntegerField()),
                        ('eligible', models.PositiveIntegerField()),
                        ('excluded', models.JSONField(default=dict, help_text='First failed rule -> number of people')),
                        ('near_misses', models.JSONField(default=list, help_text='The excluded with the best scores: candidate id, failed rule, score')),
                        ('actor_id', models.UUIDField(blank=True, null=True)),
                        ('actor_label', models.CharField(max_length=300)),
                        ('ran_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['-ran_at'],
                    },
                ),
                migrations.CreateModel(
                    name='ChangedPerson',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('candidate_id', models.UUIDField()),
                        ('transaction', matching.models.change.TransactionField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'db_table': 'matching_changed',
                        'indexes': [models.Index(fields=['at'], name='changes_to_forget')],
                        'constraints': [models.UniqueConstraint(fields=('transaction', 'candidate_id'), name='person_changed_once_a_transaction')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='matching.matchrun')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='candidates.candidate')),
                        ('rank', models.PositiveSmallIntegerField()),
                        ('score', models.PositiveIntegerField()),
                        ('parts', models.JSONField()),
                        ('features', models.JSONField(default=dict, help_text='The person as the engine saw them, to ask it again')),
                        ('is_new', models.BooleanField(default=False, help_text='The run before did not propose this person')),
                    ],
                    options={
                        'ordering': ['rank'],
                        'indexes': [models.Index(condition=models.Q(('is_new', True)), fields=['candidate', 'run'], name='new_proposals')],
                        'constraints': [models.UniqueConstraint(fields=('run', 'rank'), name='one_person_per_rank'), models.UniqueConstraint(fields=('run', 'candidate'), name='person_proposed_once_per_run'), models.CheckConstraint(condition=models.Q(('score__lte', 100000)), name='score_within_its_scale')],
                    },
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='employers.vacancy')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='candidates.candidate')),
                        ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='referrals', to='matching.proposal')),
                        ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='candidates.disclosurerequest')),
                        ('state', models.CharField(choices=[('consent_asked', 'In attesa del tuo sì'), ('declined', 'Hai detto di no'), ('sent', "Profilo inviato all'impresa"), ('viewed', "Vista dall'impresa"), ('interview', 'Colloquio'), ('offer', 'Proposta di lavoro'), ('hired', 'Assunzione'), ('refused', 'Non scelta'), ('withdrawn', 'Ritirata'), ('obsolete', 'Non più attiva')], default='consent_asked', max_length=15)),
                        ('note', models.TextField(blank=True, max_length=1000, verbose_name="Nota per l'impresa")),
                        ('refusal_reason', models.CharField(blank=True, choices=[('skills', 'Mancano competenze richieste'), ('experience', 'Serve più esperienza nel mestiere'), ('hours', 'Orari o turni non compatibili'), ('distance', 'Troppo distante dalla sede'), ('pay', 'Nessun accordo sulla retribuzione'), ('filled', 'Posto già coperto'), ('other', 'Altro motivo'), ('no_answer', "L'impresa non ha risposto in tempo"), ('closed', "L'impresa ha chiuso: non dipende da te")], max_length=12, verbose_name='Motivo')),
                        ('message_to_person', models.TextField(blank=True, max_length=1000, verbose_name='Messaggio per la persona')),
                        ('message_to_desk', models.TextField(blank=True, max_length=1000, verbose_name='Messaggio per lo sportello')),
                        ('referred_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('chased_at', models.DateTimeField(blank=True, help_text='When the company was asked to answer at last', null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['withdrawn', 'declined', 'obsolete']), _negated=True), fields=('vacancy', 'candidate'), name='one_open_referral_per_vacancy_and_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal_reason', ''), _negated=True), _connector='OR'), name='refused_referral_knows_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_referralevent" ("candidate_id", "chased_at", "created_at", "disclosure_id", "id", "message_to_desk", "message_to_person", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "referred_by_id", "refusal_reason", "state", "updated_at", "vacancy_id") SELECT new_values."candidate_id", new_values."chased_at", new_values."created_at", new_values."disclosure_id", new_values."id", new_values."message_to_desk", new_values."message_to_person", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."referred_by_id", new_values."refusal_reason", new_values."state", new_values."updated_at", new_values."vacancy_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b4d598c9d0732eff1d0f8f42dd08accd190614c6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b273b', referencing='REFERENCING NEW TABLE AS new_values ', table='matching_referral', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_referralevent" ("candidate_id", "chased_at", "created_at", "disclosure_id", "id", "message_to_desk", "message_to_person", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "referred_by_id", "refusal_reason", "state", "updated_at", "vacancy_id") SELECT new_values."candidate_id", new_values."chased_at", new_values."created_at", new_values."disclosure_id", new_values."id", new_values."message_to_desk", new_values."message_to_person", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposal_id", new_values."referred_by_id", new_values."refusal_reason", new_values."state", new_values."updated_at", new_values."vacancy_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c8c15fdfca7a722204efb0b082adef2d10acd5c2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4965f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='matching_referral', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_referralevent" ("candidate_id", "chased_at", "created_at", "disclosure_id", "id", "message_to_desk", "message_to_person", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "referred_by_id", "refusal_reason", "state", "updated_at", "vacancy_id") SELECT old_values."candidate_id", old_values."chased_at", old_values."created_at", old_values."disclosure_id", old_values."id", old_values."message_to_desk", old_values."message_to_person", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal_id", old_values."referred_by_id", old_values."refusal_reason", old_values."state", old_values."updated_at", old_values."vacancy_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='169d479baa02e4df84afd90b788480d697925c5a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ee586', referencing='REFERENCING OLD TABLE AS old_values ', table='matching_referral', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='04a1898dacf662113ea44f21330c0d6e93f86130', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_96e2f', table='matching_referral', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReferralEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.referral')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('vacancy', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='employers.vacancy')),
                        ('candidate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='candidates.candidate')),
                        ('proposal', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.proposal')),
                        ('disclosure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='candidates.disclosurerequest')),
                        ('state', models.CharField(choices=[('consent_asked', 'In attesa del tuo sì'), ('declined', 'Hai detto di no'), ('sent', "Profilo inviato all'impresa"), ('viewed', "Vista dall'impresa"), ('interview', 'Colloquio'), ('offer', 'Proposta di lavoro'), ('hired', 'Assunzione'), ('refused', 'Non scelta'), ('withdrawn', 'Ritirata'), ('obsolete', 'Non più attiva')], default='consent_asked', max_length=15)),
                        ('note', models.TextField(blank=True, max_length=1000, verbose_name="Nota per l'impresa")),
                        ('refusal_reason', models.CharField(blank=True, choices=[('skills', 'Mancano competenze richieste'), ('experience', 'Serve più esperienza nel mestiere'), ('hours', 'Orari o turni non compatibili'), ('distance', 'Troppo distante dalla sede'), ('pay', 'Nessun accordo sulla retribuzione'), ('filled', 'Posto già coperto'), ('other', 'Altro motivo'), ('no_answer', "L'impresa non ha risposto in tempo"), ('closed', "L'impresa ha chiuso: non dipende da te")], max_length=12, verbose_name='Motivo')),
                        ('message_to_person', models.TextField(blank=True, max_length=1000, verbose_name='Messaggio per la persona')),
                        ('message_to_desk', models.TextField(blank=True, max_length=1000, verbose_name='Messaggio per lo sportello')),
                        ('referred_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('chased_at', models.DateTimeField(blank=True, help_text='When the company was asked to answer at last', null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReferralTransition',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='matching.referral')),
                        ('from_state', models.CharField(choices=[('consent_asked', 'In attesa del tuo sì'), ('declined', 'Hai detto di no'), ('sent', "Profilo inviato all'impresa"), ('viewed', "Vista dall'impresa"), ('interview', 'Colloquio'), ('offer', 'Proposta di lavoro'), ('hired', 'Assunzione'), ('refused', 'Non scelta'), ('withdrawn', 'Ritirata'), ('obsolete', 'Non più attiva')], max_length=15)),
                        ('to_state', models.CharField(choices=[('consent_asked', 'In attesa del tuo sì'), ('declined', 'Hai detto di no'), ('sent', "Profilo inviato all'impresa"), ('viewed', "Vista dall'impresa"), ('interview', 'Colloquio'), ('offer', 'Proposta di lavoro'), ('hired', 'Assunzione'), ('refused', 'Non scelta'), ('withdrawn', 'Ritirata'), ('obsolete', 'Non più attiva')], max_length=15)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('actor_id', models.UUIDField(blank=True, null=True)),
                        ('actor_label', models.CharField(max_length=300)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['at'],
                    },
                ),
                migrations.CreateModel(
                    name='Placement',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='candidates.candidate')),
                        ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='placements', to='matching.referral')),
                        ('vacancy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='placements', to='employers.vacancy')),
                        ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='employers.company')),
                        ('employer_name', models.CharField(max_length=200, verbose_name='Datore di lavoro')),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='territory.desk')),
                        ('residence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.municipality')),
                        ('contract_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.contracttype', verbose_name='Contratto')),
                        ('starts_on', models.DateField(db_index=True, verbose_name='Inizio')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='Fine')),
                        ('weekly_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(48)], verbose_name='Ore alla settimana')),
                        ('notice_code', models.CharField(blank=True, max_length=40, verbose_name='Codice della comunicazione obbligatoria')),
                        ('state', models.CharField(choices=[('declared', 'Dichiarato, da verificare'), ('verified', 'Verificato'), ('rejected', 'Non confermato')], default='declared', max_length=10)),
                        ('declared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('rejection_reason', models.CharField(blank=True, max_length=300, verbose_name='Motivo')),
                    ],
                    options={
                        'ordering': ['-starts_on'],
                        'indexes': [models.Index(fields=['desk', 'state'], name='placements_of_a_desk')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='placement_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('weekly_hours__gt', 0), ('weekly_hours__lte', 48)), name='placement_hours_within_the_week'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), models.Q(models.Q(('notice_code', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='verified_placement_has_its_notice'), models.UniqueConstraint(condition=models.Q(('state', 'verified')), fields=('notice_code',), name='notice_verifies_one_placement'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('rejection_reason', ''), _negated=True), _connector='OR'), name='rejected_placement_knows_why'), models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('candidate', 'employer_name', 'starts_on'), name='placement_recorded_once'), models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('referral',), name='one_placement_in_force_per_referral')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementevent" ("candidate_id", "company_id", "contract_type_id", "declared_at", "declared_by_id", "desk_id", "employer_name", "ends_on", "id", "notice_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "rejection_reason", "residence_id", "starts_on", "state", "vacancy_id", "verified_at", "verified_by_id", "weekly_hours") SELECT new_values."candidate_id", new_values."company_id", new_values."contract_type_id", new_values."declared_at", new_values."declared_by_id", new_values."desk_id", new_values."employer_name", new_values."ends_on", new_values."id", new_values."notice_code", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."referral_id", new_values."rejection_reason", new_values."residence_id", new_values."starts_on", new_values."state", new_values."vacancy_id", new_values."verified_at", new_values."verified_by_id", new_values."weekly_hours" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c50270b9aa12d55abfd2ddec9f64e28a5db9cac9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_15d8c', referencing='REFERENCING NEW TABLE AS new_values ', table='matching_placement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementevent" ("candidate_id", "company_id", "contract_type_id", "declared_at", "declared_by_id", "desk_id", "employer_name", "ends_on", "id", "notice_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "rejection_reason", "residence_id", "starts_on", "state", "vacancy_id", "verified_at", "verified_by_id", "weekly_hours") SELECT new_values."candidate_id", new_values."company_id", new_values."contract_type_id", new_values."declared_at", new_values."declared_by_id", new_values."desk_id", new_values."employer_name", new_values."ends_on", new_values."id", new_values."notice_code", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."referral_id", new_values."rejection_reason", new_values."residence_id", new_values."starts_on", new_values."state", new_values."vacancy_id", new_values."verified_at", new_values."verified_by_id", new_values."weekly_hours" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7f5e780e23ea761c7f77e609910a6718fd0777f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aaa63', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='matching_placement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementevent" ("candidate_id", "company_id", "contract_type_id", "declared_at", "declared_by_id", "desk_id", "employer_name", "ends_on", "id", "notice_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "rejection_reason", "residence_id", "starts_on", "state", "vacancy_id", "verified_at", "verified_by_id", "weekly_hours") SELECT old_values."candidate_id", old_values."company_id", old_values."contract_type_id", old_values."declared_at", old_values."declared_by_id", old_values."desk_id", old_values."employer_name", old_values."ends_on", old_values."id", old_values."notice_code", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."referral_id", old_values."rejection_reason", old_values."residence_id", old_values."starts_on", old_values."state", old_values."vacancy_id", old_values."verified_at", old_values."verified_by_id", old_values."weekly_hours" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bcdcbe8495d82df873638d22f512fd77faaf1f5a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28b40', referencing='REFERENCING OLD TABLE AS old_values ', table='matching_placement', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='139ae4f0894a43b99fe10c5977ed8e5f391e85b9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_65dbf', table='matching_placement', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PlacementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.placement')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('candidate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='candidates.candidate')),
                        ('referral', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.referral')),
                        ('vacancy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='employers.vacancy')),
                        ('company', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='employers.company')),
                        ('employer_name', models.CharField(max_length=200, verbose_name='Datore di lavoro')),
                        ('desk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.desk')),
                        ('residence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.municipality')),
                        ('contract_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reference.contracttype', verbose_name='Contratto')),
                        ('starts_on', models.DateField(verbose_name='Inizio')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='Fine')),
                        ('weekly_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(48)], verbose_name='Ore alla settimana')),
                        ('notice_code', models.CharField(blank=True, max_length=40, verbose_name='Codice della comunicazione obbligatoria')),
                        ('state', models.CharField(choices=[('declared', 'Dichiarato, da verificare'), ('verified', 'Verificato'), ('rejected', 'Non confermato')], default='declared', max_length=10)),
                        ('declared_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('verified_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('rejection_reason', models.CharField(blank=True, max_length=300, verbose_name='Motivo')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlacementCheck',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('placement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='matching.placement')),
                        ('months', models.PositiveSmallIntegerField()),
                        ('outcome', models.CharField(choices=[('working', 'Lavora ancora lì'), ('elsewhere', 'Ha cambiato lavoro'), ('ended', 'Non lavora più'), ('unknown', 'Non si riesce a sapere')], max_length=10, verbose_name='Che cosa risulta')),
                        ('source', models.CharField(choices=[('notice', 'Le comunicazioni obbligatorie'), ('person', 'La persona'), ('company', "L'impresa")], max_length=10, verbose_name='Chi lo dice')),
                        ('checked_on', models.DateField(default=django.utils.timezone.localdate)),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['months'],
                        'constraints': [models.UniqueConstraint(fields=('placement', 'months'), name='placement_checked_once_per_term'), models.CheckConstraint(condition=models.Q(('months__gt', 0)), name='check_after_the_beginning')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementcheckevent" ("checked_by_id", "checked_on", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "source") SELECT new_values."checked_by_id", new_values."checked_on", new_values."id", new_values."months", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."placement_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fb2c4b4df02d74ef17b80b86cecdf1ad74a0f91', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b9802', referencing='REFERENCING NEW TABLE AS new_values ', table='matching_placementcheck', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementcheckevent" ("checked_by_id", "checked_on", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "source") SELECT new_values."checked_by_id", new_values."checked_on", new_values."id", new_values."months", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."placement_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c8de647b597cb13fe1873169243b4bf165b1903', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5f94e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='matching_placementcheck', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "matching_placementcheckevent" ("checked_by_id", "checked_on", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "source") SELECT old_values."checked_by_id", old_values."checked_on", old_values."id", old_values."months", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."placement_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a249c7f3c60d14349ebed1636aeeb1bf92d592b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_72b15', referencing='REFERENCING OLD TABLE AS old_values ', table='matching_placementcheck', when='AFTER')), pgtrigger.compiler.Trigger(name='refuse_without_context', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN\n    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='f0fbb9f5d2f9d760de2f7c6feeee3109eb23ff63', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_refuse_without_context_4cd89', table='matching_placementcheck', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PlacementCheckEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.placementcheck')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.placement')),
                        ('months', models.PositiveSmallIntegerField()),
                        ('outcome', models.CharField(choices=[('working', 'Lavora ancora lì'), ('elsewhere', 'Ha cambiato lavoro'), ('ended', 'Non lavora più'), ('unknown', 'Non si riesce a sapere')], max_length=10, verbose_name='Che cosa risulta')),
                        ('source', models.CharField(choices=[('notice', 'Le comunicazioni obbligatorie'), ('person', 'La persona'), ('company', "L'impresa")], max_length=10, verbose_name='Chi lo dice')),
                        ('checked_on', models.DateField(default=django.utils.timezone.localdate)),
                        ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Override',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='employers.vacancy')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='candidates.candidate')),
                        ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='matching.matchrun')),
                        ('kind', models.CharField(choices=[('put_forward', "Proposta fuori dall'elenco"), ('set_aside', 'Messa da parte')], max_length=12)),
                        ('rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('rule', models.CharField(blank=True, max_length=12)),
                        ('reason', models.CharField(choices=[('talked', 'Il colloquio ha detto di più del profilo'), ('accepts', 'La persona accetta quello che la regola esclude'), ('company_open', "L'impresa valuta anche chi non ha tutto quello che chiede"), ('changed', 'Il profilo è cambiato dopo la ricerca'), ('unwilling', 'La persona non vuole questo lavoro'), ('unavailable', 'In questo periodo la persona non è disponibile'), ('unreached', 'Non si riesce a contattare la persona'), ('not_held', "Un requisito scritto nel profilo non c'è"), ('other', 'Altro motivo')], max_length=12, verbose_name='Perché')),
                        ('motive', models.CharField(max_length=500, verbose_name='Il motivo in parole tue')),
                        ('actor_id', models.UUIDField(blank=True, null=True)),
                        ('actor_label', models.CharField(max_length=300)),
                        ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['-decided_at'],
                        'indexes': [models.Index(fields=['vacancy', 'candidate', '-decided_at'], name='newest_override')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('motive', ''), _negated=True), name='override_knows_why'), models.CheckConstraint(condition=models.Q(('kind', 'put_forward'), ('rank__isnull', False), _connector='OR'), name='who_is_set_aside_was_ranked'), models.CheckConstraint(condition=models.Q(('rank__isnull', True), ('run__isnull', False), _connector='OR'), name='rank_is_of_a_run'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'put_forward'), _negated=True), ('reason__in', ('talked', 'accepts', 'company_open', 'changed', 'other')), _connector='OR'), name='put_forward_for_its_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'set_aside'), _negated=True), ('reason__in', ('unwilling', 'unavailable', 'unreached', 'not_held', 'other')), _connector='OR'), name='set_aside_for_its_reasons')],
                        'triggers': [pgtrigger.compiler.Trigger(name='override_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."actor_label" IS DISTINCT FROM (NEW."actor_label") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."motive" IS DISTINCT FROM (NEW."motive") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."run_id" IS DISTINCT FROM (NEW."run_id"))', func="RAISE EXCEPTION 'what was decided stays as it was' USING ERRCODE = 'restrict_violation';", hash='11f626b6ddf37fa504ed1d120374a6f7de0d4b68', operation='UPDATE', pgid='pgtrigger_override_stays_8c9d0', table='matching_override', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='StrategyEdition',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('strategy', models.CharField(choices=[('standard', 'standard'), ('near_occupations', 'near_occupations'), ('experience', 'experience'), ('farther', 'farther')], max_length=20)),
                        ('number', models.PositiveIntegerField()),
                        ('weights', models.JSONField()),
                        ('motive', models.CharField(max_length=500, verbose_name='Perché')),
                        ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edited_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['strategy', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('strategy', 'number'), name='one_edition_of_each_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='edition_is_numbered_from_one'), models.CheckConstraint(condition=models.Q(('motive', ''), _negated=True), name='edition_knows_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='edition_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8b38296ba37943a7f16e3d82c963bedc89aee0bc', operation='UPDATE', pgid='pgtrigger_edition_stays_14ae6', table='matching_strategyedition', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.RunSQL(FUNCTION, 'DROP FUNCTION matching_note_changes()'),
        migrations.RunSQL(create_triggers(), drop_triggers()),
    ]
