"""Note who changed in the same transaction, by triggers on every table that the projection of people reads."""

import uuid

import django.utils.timezone
from django.db import migrations, models

import matching.models.change

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

    dependencies = [
        ('candidates', '0007_draft_is_not_signed'),
        ('matching', '0007_states_in_the_persons_words'),
    ]

    operations = [
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
                'constraints': [
                    models.UniqueConstraint(fields=('transaction', 'candidate_id'), name='person_changed_once_a_transaction')
                ],
            },
        ),
        migrations.RunSQL(FUNCTION, 'DROP FUNCTION matching_note_changes()'),
        migrations.RunSQL(create_triggers(), drop_triggers()),
    ]
