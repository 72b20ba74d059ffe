"""The page of the jobs that suit one person."""

import pytest
from django.test import Client

from candidates.models import Candidate, Case, DesiredOccupation
from employers.models import Vacancy
from matching.services.segment import build_segment
from sportello.accounts.models import User
from sportello.core.models import Job
from tests.support.employers import make_skill, make_vacancy
from tests.support.matching import make_person
from tests.support.personas import make_operator, make_user, signed_in
from tests.support.programmes import make_course, make_edition
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

URL = "/mia-pagina/lavori/"


def member(vacancy: Vacancy) -> Candidate:
    """Somebody with an open case and an account."""
    person = make_person(vacancy)
    person.user = make_user()
    person.save()
    return person


def browser(person: Candidate) -> Client:
    assert person.user
    return signed_in(person.user)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(count: int) -> None:
    skill = make_skill()
    vacancy = make_vacancy(skills=[skill])
    for _ in range(count - 1):
        make_vacancy(occupation=vacancy.occupation, desk=vacancy.desk)
    person = member(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    build_segment()
    html, cost = asked(browser(person), URL)
    assert html.count('class="sp-score"') == count
    assert f"Nel tuo profilo non c'è: {skill.label}" in html
    assert "Nessun corso con le iscrizioni aperte entro 20 km, né online." in html
    assert cost == 9


def test_what_would_raise_the_score_is_told_to_both(client: Client) -> None:
    skill = make_skill()
    vacancy = make_vacancy(skills=[skill])
    person = member(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    edition = make_edition(make_course([skill]), municipality=person.residence, address="Via Scuole 2")
    build_segment()
    desk = signed_in(make_operator(vacancy.desk))
    Case.objects.filter(candidate=person).update(responsible_operator=User.objects.get(memberships__desks=vacancy.desk))
    for reader, url in ((browser(person), URL), (desk, f"/operatore/persone/{person.pk}/lavori/")):
        html, cost = asked(reader, url)
        assert html.count(f'href="/corsi/{edition.course_id}/"') == 2, url  # beside the job, and among what opens more
        assert cost <= 10


def test_the_first_of_the_day_has_the_columns_made_once_and_comes_back() -> None:
    person = member(make_vacancy())
    client = browser(person)
    for _ in range(2):
        assert 'hx-trigger="every 3s"' in asked(client, URL)[0]
    assert Job.objects.values_list("path", "key").get() == ("matching.tasks.build_segment", "segment")
    build_segment()
    assert "Dicci che lavoro cerchi" in asked(client, URL)[0]


def test_who_is_not_followed_is_led_to_the_board() -> None:
    person = member(make_vacancy())
    build_segment()
    Case.objects.filter(candidate=person).delete()
    assert "Quando una persona dello sportello ti segue" in asked(browser(person), URL)[0]
