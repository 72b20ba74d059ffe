import pytest
from django.db import IntegrityError, connection

from candidates.models import DesiredOccupation, Profile
from sportello.core.models import AccessLogEntry
from sportello.workspaces.services.rows import Rows
from tests.support.employers import make_occupation
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_text_arrives_as_it_is() -> None:
    text = "C:\\nuovo\t«è»\n\\N\r;fine"
    rows = Rows()
    row = rows.add(
        AccessLogEntry(subject_id="0d7d8d5c-0b7e-4c53-9b0c-5b6c6f1f0a01", actor_label=text, part="", purpose="x")
    )
    rows.write()
    assert AccessLogEntry.objects.values_list("actor_label", "part", "actor_id", "at").get(pk=row.pk) == (
        text,
        "",
        None,
        row.at,
    )


def test_every_row_has_its_history_and_context() -> None:
    candidate, rows = make_candidate(), Rows()
    for position in range(2):
        rows.add(
            DesiredOccupation(
                candidate=candidate, occupation=make_occupation(f"mestiere {position}"), position=position
            )
        )
    rows.write()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.position, e.pgh_label, c.metadata->>'reason' FROM candidates_desiredoccupationevent e "
            "JOIN pghistory_context c ON c.id = e.pgh_context_id ORDER BY e.position"
        )
        assert cursor.fetchall() == [(0, "insert", "test"), (1, "insert", "test")]


def test_a_row_that_refers_to_nobody_is_refused_at_once() -> None:
    rows = Rows()
    rows.add(Profile(candidate_id="0d7d8d5c-0b7e-4c53-9b0c-5b6c6f1f0a02"))
    with pytest.raises(IntegrityError):
        rows.write()
