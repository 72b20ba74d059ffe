import pytest
from django.db import connection

from candidates.models import (
    Candidate,
    Case,
    Contact,
    Intake,
    Profile,
)
from employers.models import CompanyVisit, Vacancy
from matching.models import Placement
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


def test_the_village_has_its_people_and_vacancies() -> None:
    assert (Candidate.objects.count(), Vacancy.objects.count(), Profile.objects.count()) == (200, 30, 200)
    assert Intake.objects.values("candidate").distinct().count() == 200


def test_nothing_happened_after_today() -> None:
    assert Contact.objects.filter(happened_on__gt=TODAY).count() == 0
    assert Case.objects.filter(opened_on__gt=TODAY).count() == 0
    assert Placement.objects.filter(starts_on__gt=TODAY).count() == 0
    assert CompanyVisit.objects.filter(visited_on__gt=TODAY).count() == 0
    assert Candidate.objects.filter(created_at__date__gt=TODAY).count() == 0


def test_the_history_knows_who_wrote_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM candidates_candidateevent e JOIN pghistory_context c ON c.id = e.pgh_context_id "
            "WHERE c.metadata->>'reason' = 'seed'"
        )
        assert cursor.fetchone() == (200,)
