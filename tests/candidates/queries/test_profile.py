"""What the forms begin with is what is on file."""

from datetime import date

import pytest

from candidates.models import DesiredOccupation, LanguageSkill, SkillStatement
from candidates.queries.profile import abilities_of, contacts_of, profile_card, wishes_of
from sportello.reference.models import DrivingLicence, Language
from tests.support.employers import make_contract_type, make_occupation, make_skill
from tests.support.personas import make_candidate
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
    assert (found["contract_types"], found["employment_situation"]) == ([contract], person.employment_situation)
    assert (found["max_travel_km"], found["hours_wanted"]) == (20, person.profile.hours_wanted)


def test_italian_is_a_question_of_its_own() -> None:
    person, skill = make_candidate(), make_skill()
    italian, _ = Language.objects.get_or_create(code="it", defaults={"label": "italiano", "position": 900})
    other = Language.objects.create(code="xx", label="prova", position=901)
    assert abilities_of(person)["italian"] == ""
    SkillStatement.objects.create(candidate=person, skill=skill)
    for language, level in ((italian, "B2"), (other, "C1")):
        LanguageSkill.objects.create(candidate=person, language=language, level=level)
    found = abilities_of(person)
    assert (found["skills"], found["italian"], found["other_languages"]) == ([str(skill.pk)], "B2", [other.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_card_is_one_query_however_much_it_holds(count: int) -> None:
    person = make_candidate()
    for number in range(count):
        person.profile.contract_types.add(make_contract_type(f"TYPE{number}"))
        person.profile.licences.add(DrivingLicence.objects.create(code=f"X{number}", label=f"X{number}", position=900))
    with queries_of() as queries:
        card = profile_card(person)
        assert (str(card.education_level or ""), card.candidate.domicile) == ("", None)
    assert len(queries) == 1
    assert sorted(card.contracts) == [f"Type{number}" for number in range(count)]  # type: ignore[attr-defined]
    assert sorted(card.licence_labels) == [f"X{number}" for number in range(count)]  # type: ignore[attr-defined]
