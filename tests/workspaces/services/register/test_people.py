"""People of a register: who is new, who is on file, who cannot be right."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from candidates.models import Candidate, Intake, Profile
from sportello.territory.models import Desk
from sportello.workspaces.services.register.file import Line
from sportello.workspaces.services.register.people import PersonLines
from sportello.workspaces.services.rows import Rows
from tests.support.personas import make_candidate

MARIO = {
    "nome": "Mario",
    "cognome": "Rossi",
    "sesso": "m",
    "data_nascita": "10/12/1985",
    "codice_fiscale": "RSSMRA85T10A562S",
    "comune": "segrate",
}
DAY = date(2018, 11, 5)


def line(**cells: str) -> Line:
    return Line(2, {**MARIO, **cells})


def test_a_new_person_comes_with_profile_and_arrival_of_that_day(desk: Desk) -> None:
    rows = Rows()
    assert PersonLines(rows).take(line(), DAY, desk)
    rows.write()
    person = Candidate.objects.get()
    assert (str(person), person.sex, person.birth_date) == ("Mario Rossi", "M", date(1985, 12, 10))
    assert (person.residence.name, timezone.localdate(person.created_at)) == ("Segrate", DAY)
    assert Profile.objects.get().candidate == person
    assert (Intake.objects.get().desk, Intake.objects.get().received_on) == (desk, DAY)


@pytest.mark.parametrize(
    ("again", "is_new"),
    [
        ({}, False),
        ({"codice_fiscale": ""}, False),
        ({"nome": "MARIO", "codice_fiscale": "rss mra 85t10 a562s"}, False),
        ({"codice_fiscale": "RSSMRA85T10F205R"}, True),
        ({"codice_fiscale": "", "data_nascita": "11/12/1985"}, True),
        ({"codice_fiscale": "", "nome": "Marco"}, True),
    ],
)
def test_a_person_is_known_by_code_else_by_name_and_birth_date(desk: Desk, again: dict[str, str], is_new: bool) -> None:
    people = PersonLines(Rows())
    people.take(line(), DAY, desk)
    assert people.take(line(**again), DAY, desk) == is_new


def test_events_find_people_of_the_portal_and_of_the_file(desk: Desk) -> None:
    known = make_candidate(desk, first_name="Ada", last_name="Riva", birth_date=date(1990, 5, 4))
    erased = make_candidate(desk, first_name="Ugo", last_name="Riva", birth_date=date(1990, 5, 4))
    Candidate.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    people = PersonLines(Rows())
    people.take(line(), DAY, desk)
    ada = {"nome": "ada", "cognome": "RIVA", "data_nascita": "1990-05-04", "codice_fiscale": ""}
    assert people.find(line(**ada)).id == known.pk
    assert people.find(Line(3, {"codice_fiscale": "rssmra85t10a562s"})).tax_code == "RSSMRA85T10A562S"
    for cells, sentence in (
        (line(**{**ada, "nome": "Ugo"}), "La persona non è nel registro né nel portale."),
        (
            Line(4, {"nome": "Ada"}),
            "Scrivi il codice fiscale, oppure nome, cognome e data di nascita.",
        ),
        (line(**{**ada, "data_nascita": "ieri"}), "La data di nascita non è un giorno: «ieri»."),
    ):
        with pytest.raises(ValidationError) as refused:
            people.find(cells)
        assert refused.value.messages == [sentence]


def test_who_is_too_young_on_the_day_is_refused_and_on_the_birthday_is_not(desk: Desk) -> None:
    people = PersonLines(Rows())
    young = {"codice_fiscale": "", "data_nascita": "06/11/2002"}
    with pytest.raises(ValidationError, match="Ci si registra dai"):
        people.take(line(**young), date(2018, 11, 5), desk)
    assert people.take(line(**young), date(2018, 11, 6), desk)
