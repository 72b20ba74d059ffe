"""What is on file is read whole and in one query; the forms begin with it."""

from datetime import date
from functools import partial

import pytest

from candidates.enums import EmploymentSituation
from candidates.models import DesiredOccupation, WorkExperience
from candidates.queries.profile import contacts_of, whole_profile, wishes_of, years_in_occupations
from candidates.rules import Told
from tests.support.employers import make_contract_type, make_occupation
from tests.support.personas import make_candidate
from tests.support.profile import fill_profile
from tests.support.queries import queries_of
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def test_contacts_are_those_of_the_person() -> None:
    make_candidate()
    person = make_candidate(domicile=make_municipality(), address="Via Po 2", phone="+393331234567", language="en")
    person.profile.work_permit_until = date(2027, 1, 2)
    assert contacts_of(person) == {
        "residence": person.residence,
        "domicile": person.domicile,
        "address": "Via Po 2",
        "phone": "+393331234567",
        "email": person.email,
        "language": "en",
        "work_permit_until": date(2027, 1, 2),
    }


def test_wishes_come_in_their_order_with_their_years() -> None:
    person = make_candidate()
    second, first = (make_occupation(), make_occupation())
    for position, (occupation, years) in enumerate(((first, 4), (second, 0))):
        DesiredOccupation.objects.create(candidate=person, occupation=occupation, years=years, position=position)
    DesiredOccupation.objects.create(candidate=make_candidate(), occupation=first)
    contract = make_contract_type()
    person.profile.contract_types.add(contract)
    found = wishes_of(person)
    assert found["occupations"] == [str(first.pk), str(second.pk)]
    assert (found[f"years_{first.pk}"], found[f"years_{second.pk}"]) == (4, 0)
    assert (found["contract_types"], found["employment_situation"]) == ([contract.pk], person.employment_situation)
    assert (found["max_travel_km"], found["hours_wanted"]) == (20, person.profile.hours_wanted)


def test_years_are_those_of_the_jobs_of_the_same_occupation() -> None:
    person, cook, driver = make_candidate(), make_occupation(), make_occupation()
    job = partial(WorkExperience.objects.create, candidate=person, title="x")
    job(occupation=cook, starts_on=date(2015, 1, 1), ends_on=date(2017, 12, 31))
    job(occupation=cook, starts_on=date(2016, 1, 1), ends_on=date(2018, 12, 31))
    job(occupation=driver, starts_on=date(2020, 1, 1), ends_on=date(2020, 6, 30))
    job(starts_on=date(2000, 1, 1), ends_on=date(2010, 12, 31))
    WorkExperience.objects.create(candidate=make_candidate(), title="y", occupation=cook, starts_on=date(2000, 1, 1))
    assert years_in_occupations(person) == {str(cook.pk): 4, str(driver.pk): 0}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_whole_profile_is_one_query_however_much_it_holds(count: int) -> None:
    person = make_candidate()
    fill_profile(person, rows=count)
    fill_profile(make_candidate(), rows=2)
    with queries_of() as queries:
        profile = whole_profile(person)
        assert (str(profile.row.education_level or ""), profile.row.candidate.domicile) == ("", None)
    assert len(queries) == 1
    lists = ("wishes", "experiences", "education", "languages", "licences", "skills", "contracts", "availability")
    assert {name: len(getattr(profile, name)) for name in lists} == dict.fromkeys(lists, count)


def test_rows_are_read_as_they_were_written_the_newest_first() -> None:
    person = make_candidate()
    fill_profile(person, rows=2)
    profile = whole_profile(person)
    first, second = profile.experiences
    assert (first.title, first.starts_on, first.ends_on, first.is_paid) == ("Lavoro 1", date(2011, 2, 3), None, False)
    assert (second.title, second.ends_on, second.is_paid) == ("Lavoro 0", date(2010, 12, 31), True)
    assert first.uri == WorkExperience.objects.select_related("occupation").get(pk=first.id).occupation.uri  # type: ignore[union-attr]
    assert [(line.title, line.year, line.eqf) for line in profile.education] == [
        ("Corso 1", None, None),
        ("Corso 0", 2000, 4),
    ]
    assert [(line.level, line.is_native) for line in profile.languages] == [("C2", True), ("B1", False)]
    assert [(line.expires_on, line.has_expired) for line in profile.licences] == [
        (None, False),
        (date(2020, 1, 1), True),
    ]
    assert profile.availability == (("lunedì", ("Mattina",)), ("mercoledì", ("Mattina", "Notte")))


def test_who_never_worked_has_no_jobs_to_tell() -> None:
    silent = make_candidate(email="")
    never = make_candidate(employment_situation=EmploymentSituation.NEVER_EMPLOYED)
    assert whole_profile(silent).told == Told(*[False] * 8)
    assert whole_profile(never).told == Told(True, False, True, *[False] * 5)
    fill_profile(silent, rows=1)
    told = whole_profile(silent).told
    assert told == Told(False, True, True, False, True, True, True, False)
