"""A profile goes out as a curriculum, whole or nameless, and comes back in the words of the vocabularies."""

from datetime import date

import pytest
from django.utils import timezone

from candidates.engine.europass import Curriculum, Job, Reading, Spoken, Study
from candidates.engine.europass_read import read_europass
from candidates.models import LanguageSkill, SkillStatement, WorkExperience
from candidates.queries.curriculum import MAX_PIECES, Recognised, curriculum_of, recognised
from candidates.queries.profile import whole_profile
from sportello.reference.models import EducationLevel, Language, Occupation, Skill
from tests.support.curriculum import SPECIMENS
from tests.support.personas import make_candidate
from tests.support.profile import fill_profile
from tests.support.queries import queries_of
from tests.support.territory import make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")


def found_in(cv: Curriculum) -> Recognised:
    return recognised(Reading(cv, ()), make_candidate())


def test_a_whole_curriculum_says_who_and_where() -> None:
    person = make_candidate(
        first_name="Amina",
        last_name="Diallo",
        phone="+390212345678",
        address="Via Po 2",
        residence=make_municipality(name="Segrate"),
    )
    fill_profile(person, rows=2)
    person.profile.about = "Cucino.\n\n  Bene. "
    person.profile.save()
    cv = curriculum_of(whole_profile(person), with_contacts=True)
    assert (cv.given_name, cv.family_name, cv.phone, cv.address, cv.city) == (
        "Amina",
        "Diallo",
        ("39", "0212345678"),
        "Via Po 2",
        "Segrate",
    )
    assert cv.about == "Cucino.\nBene."
    assert [(job.title, job.is_paid, job.employer) for job in cv.jobs] == [
        ("Lavoro 0", True, "Bar Sport"),
        ("Lavoro 1", False, "Bar Sport"),
    ]
    # The licence that ended in 2020 is not told.
    assert (cv.licences, cv.cards) == ((), ("Patente 1",))
    assert cv.languages == (Spoken("", "lingua 1", "C2", is_native=True), Spoken("", "lingua 0", "B1"))


def test_a_nameless_curriculum_holds_nothing_that_tells_the_person() -> None:
    person = make_candidate(first_name="Amina", last_name="Segretissima", phone="+393331234567", address="Via Segreta")
    fill_profile(person, rows=2)
    WorkExperience.objects.create(candidate=person, title="Da zia Segretissima", starts_on=date(2000, 1, 1))
    WorkExperience.objects.filter(candidate=person, occupation__isnull=True).update(
        occupation=Occupation.objects.first()
    )
    person.profile.about = "Sono Amina Segretissima"
    person.profile.save()
    told = str(curriculum_of(whole_profile(person), with_contacts=False))
    for secret in (
        "Amina",
        "Segret",
        "333",
        "Bar Sport",
        "AFOL",
        "Caffè",
        str(person.residence.name),
        str(person.email),
    ):
        assert secret not in told


def test_what_leaves_can_be_taken_back_by_another_person() -> None:
    person, other = make_candidate(), make_candidate()
    WorkExperience.objects.create(candidate=person, title="barista", starts_on=date(2020, 1, 1), is_paid=False)
    LanguageSkill.objects.create(candidate=person, language=Language.objects.get(code="fr"), level="B2")
    SkillStatement.objects.create(candidate=person, skill=Skill.objects.get(code="accounting"))
    cv = curriculum_of(whole_profile(person), with_contacts=True)
    found = recognised(Reading(cv, ()), other)
    assert [(piece.kind, piece.is_on_file) for piece in found.pieces] == [
        ("job", False),
        ("language", False),
        ("skill", False),
    ]
    assert found.untaken == ()
    again = recognised(Reading(cv, ()), person)
    assert [piece.is_on_file for piece in again.pieces] == [True] * 3


def test_a_specimen_becomes_pieces_and_the_rest_is_named() -> None:
    reading = read_europass((SPECIMENS / "candidate.xml").read_bytes())
    found = recognised(reading, make_candidate())
    assert [(piece.kind, piece.text) for piece in found.pieces if piece.kind != "skill"] == [
        ("about", "Mi piace cucinare & imparare.\nPuntuale"),
        ("job", "Cuoca, Trattoria da Pino (marzo 2019 - febbraio 2022)"),
        ("job", "Aiuto cuoca, Trattoria da Pino (gennaio 2018 - oggi)"),
        ("study", "Baccalaureat, Liceo di Dakar, 2004"),
        ("language", "wolof: lingua madre"),
        ("language", "italiano: B1"),
        ("licence", "Patente AM (ciclomotori)"),
        ("licence", "Patente B (auto e furgoni fino a 3,5 t)"),
    ]
    named = [name for name, _ in found.untaken]
    # Several Italian titles are of the European level 4; the mother tongue is in no vocabulary; nobody said how well French.
    assert named.count("EducationLevelCode") == 1
    assert named.count("PersonCompetency") == 2
    assert found.untaken[: len(reading.untaken)] == reading.untaken


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(1929, 1, 1), None),
        (date(2099, 1, 1), None),
        (date(2020, 1, 2), date(2020, 1, 1)),
        (date(2020, 1, 1), date(2099, 1, 1)),
    ],
)
def test_a_job_that_cannot_be_is_not_taken(begins: date, ends: date | None) -> None:
    found = found_in(Curriculum(jobs=(Job("Barista", begins, ends),)))
    assert (found.pieces, found.untaken) == ((), (("EmploymentHistory", "Barista"),))


def test_an_occupation_is_known_by_its_address_before_its_words() -> None:
    carer = Occupation.objects.get(code="home-care-aide")
    by_uri, by_words = found_in(
        Curriculum(jobs=(Job("barista", date(2020, 1, 1), uri=carer.uri), Job("badante", date(2020, 1, 1))))
    ).pieces
    assert (by_uri.fields["occupation"], by_words.fields["occupation"]) == (carer, carer)


def test_a_level_is_taken_only_where_one_title_has_it() -> None:
    alone, shared, future = found_in(
        Curriculum(studies=(Study("Medie", year=1999, eqf=1), Study("Liceo", year=2004, eqf=4), Study("X", eqf=None)))
    ).pieces
    assert alone.fields["level"] == EducationLevel.objects.get(code="lower-secondary")
    assert (shared.fields["level"], future.fields["level"]) == (None, None)
    late = found_in(Curriculum(studies=(Study("Liceo", year=timezone.localdate().year + 1),)))
    assert late.untaken == (("EducationHistory", "Liceo"),)


def test_long_texts_are_cut_to_what_a_profile_holds() -> None:
    job = Job("a" * 400, date(2020, 1, 1), employer="b" * 400, description="c" * 4000)
    study = Study("d" * 400, "e" * 400, field="f" * 400)
    found = found_in(Curriculum(about="g" * 4000, jobs=(job,), studies=(study,)))
    lengths = {name: len(v) for piece in found.pieces for name, v in piece.fields.items() if isinstance(v, str)}
    assert lengths == {"about": 1000, "title": 200, "employer": 150, "description": 2000, "provider": 200, "field": 150}


def test_a_page_asks_of_no_more_than_a_person_reads() -> None:
    many = tuple(Job(f"qwxzk {number}", date(2020, 1, 1)) for number in range(MAX_PIECES + 2))
    found = found_in(Curriculum(about="Cucino.", jobs=many))
    assert (len(found.pieces), len(found.untaken)) == (MAX_PIECES, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_vocabularies_are_asked_once_however_long_the_curriculum(count: int) -> None:
    person = make_candidate()
    jobs = tuple(Job("barista", date(2020, 1, 1 + number)) for number in range(count))
    studies = tuple(Study(f"Corso {number}", eqf=4) for number in range(count))
    cv = Curriculum(jobs=jobs, studies=studies, skills=tuple(f"Contabilità {n}" for n in range(count)))
    recognised(Reading(cv, ()), person)
    with queries_of() as queries:
        recognised(Reading(cv, ()), person)
    assert len(queries) <= 10, queries
