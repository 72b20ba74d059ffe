"""The line of a vacancy in the feed is kept by the database, whatever writes."""

import pytest

from employers.models import BoardEntry, Vacancy
from employers.states import VacancyState
from tests.support.employers import make_vacancy

pytestmark = pytest.mark.django_db


def state_of(vacancy: Vacancy) -> str:
    return BoardEntry.objects.get(pk=vacancy.pk).state


@pytest.mark.parametrize("state", [VacancyState.DRAFT, VacancyState.SUBMITTED])
def test_what_was_never_published_has_no_line(state: VacancyState) -> None:
    make_vacancy(state=state, published_on=None, expires_on=None)
    assert BoardEntry.objects.count() == 0


def test_a_bulk_write_is_heard_too() -> None:
    vacancies = [make_vacancy(), make_vacancy()]
    Vacancy.objects.update(state=VacancyState.FILLED)
    assert [state_of(vacancy) for vacancy in vacancies] == ["filled", "filled"]


def test_only_a_change_that_readers_see_moves_the_line() -> None:
    vacancy = make_vacancy()
    first = BoardEntry.objects.get().changed_at
    Vacancy.objects.update(title="Altro titolo")
    second = BoardEntry.objects.get().changed_at
    Vacancy.objects.update(state=VacancyState.EXPIRED)
    gone = BoardEntry.objects.get().changed_at
    Vacancy.objects.update(state=VacancyState.SUBMITTED)
    assert first < second < gone == BoardEntry.objects.get().changed_at
    assert state_of(vacancy) == "expired"


def test_the_line_outlives_the_vacancy() -> None:
    vacancy = make_vacancy()
    pk = vacancy.pk
    vacancy.delete()
    assert BoardEntry.objects.values_list("pk", "state").get() == (pk, "withdrawn")
