"""Changes are noted by the database itself, once a person and transaction."""

import pytest
from django.db import IntegrityError, connection, transaction

from candidates.models import Candidate, SkillStatement
from matching.models import ChangedPerson
from tests.support.employers import make_skill
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_a_person_is_noted_once_however_much_a_transaction_writes() -> None:
    people = [make_candidate() for _ in range(2)]
    SkillStatement.objects.bulk_create(
        SkillStatement(candidate=person, skill=make_skill()) for person in people for _ in range(3)
    )
    noted = ChangedPerson.objects.order_by("candidate_id").values_list("candidate_id", flat=True)
    assert list(noted) == sorted(person.pk for person in people)


def test_who_was_deleted_is_noted_too() -> None:
    person = make_candidate()
    ChangedPerson.objects.all().delete()
    Candidate.objects.filter(pk=person.pk).delete()
    assert ChangedPerson.objects.get().candidate_id == person.pk


def test_the_same_person_and_transaction_stand_once() -> None:
    make_candidate()
    once_more = (
        "INSERT INTO matching_changed SELECT gen_random_uuid(), candidate_id, transaction, at FROM matching_changed"
    )
    refused = pytest.raises(IntegrityError, match="person_changed_once_a_transaction")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(once_more)
