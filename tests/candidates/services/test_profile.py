"""What is changed of a profile, and what stays."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from candidates.enums import SkillSource
from candidates.models import Candidate, LanguageSkill, Profile, SkillStatement
from candidates.services import profile
from sportello.accounts.scope import Scope
from sportello.reference.models import EducationLevel, Language, Occupation
from sportello.territory.enums import DayBand
from tests.support.employers import make_occupation, make_skill
from tests.support.personas import make_candidate
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_contacts_are_written_and_nothing_else() -> None:
    person, residence = make_candidate(), make_municipality()
    profile.change_contacts(
        candidate=person,
        residence=residence,
        domicile=None,
        address="Via Po 2",
        phone="+393331234567",
        email="nuova@example.org",
        language="en",
        work_permit_until=date(2027, 1, 2),
        by=BY,
    )
    found = Candidate.objects.get(pk=person.pk)
    assert (found.residence, found.domicile, found.address) == (residence, None, "Via Po 2")
    assert (str(found.phone), found.email, found.language) == ("+393331234567", "nuova@example.org", "en")
    assert found.profile.work_permit_until == date(2027, 1, 2)
    assert (found.last_name, found.birth_date) == (person.last_name, person.birth_date)


def wish(person: Candidate, **occupations: int) -> None:
    profile.change_wishes(
        candidate=person,
        employment_situation="jobless",
        occupations={
            (Occupation.objects.filter(label=name).first() or make_occupation(name)).pk: years
            for name, years in occupations.items()
        },
        hours_wanted="any",
        max_travel_km=20,
        has_vehicle=True,
        contract_types=[],
        available_from=None,
        by=BY,
    )


def wishes_of(person: Candidate) -> list[tuple[str, int]]:
    return list(person.desired_occupations.values_list("occupation__label", "years"))


def test_wishes_keep_their_order_and_the_rows_that_stay() -> None:
    person, other = make_candidate(), make_candidate()
    wish(other, cuoco=1)
    wish(person, cuoco=1, barista=2)
    kept = person.desired_occupations.get(occupation__label="barista").pk
    wish(person, barista=3, autista=0)
    assert wishes_of(person) == [("barista", 3), ("autista", 0)]
    assert person.desired_occupations.get(occupation__label="barista").pk == kept
    assert wishes_of(other) == [("cuoco", 1)]


def test_own_words_and_birth_place_are_written() -> None:
    person = make_candidate()
    profile.change_about(candidate=person, birth_place="Dakar", about="Mi piace cucinare.", by=BY)
    found = Candidate.objects.select_related("profile").get(pk=person.pk)
    assert (found.birth_place, found.profile.about) == ("Dakar", "Mi piace cucinare.")


def test_a_vehicle_is_kept_with_the_wishes() -> None:
    person = make_candidate()
    wish(person, cuoco=1)
    person.profile.refresh_from_db()
    assert person.profile.has_vehicle is True


@given(
    first=st.frozensets(st.tuples(st.integers(1, 7), st.sampled_from(DayBand.values))),
    second=st.frozensets(st.tuples(st.integers(1, 7), st.sampled_from(DayBand.values))),
)
def test_availability_is_what_was_last_said_and_the_rest_is_not_written_again(
    first: frozenset[tuple[int, str]], second: frozenset[tuple[int, str]]
) -> None:
    with transaction.atomic():
        person = make_candidate()
        profile.change_availability(candidate=person, windows=first, by=BY)
        before = set(person.availability.values_list("pk", "weekday", "band"))
        profile.change_availability(candidate=person, windows=second, by=BY)
        after = set(person.availability.values_list("pk", "weekday", "band"))
        assert {(day, band) for _, day, band in after} == second
        assert {(day, band) for _, day, band in before & after} == first & second
        transaction.set_rollback(True)


def test_skills_keep_source_and_evidence_of_what_stays() -> None:
    person = make_candidate()
    kept, dropped, new = (make_skill() for _ in range(3))
    SkillStatement.objects.create(candidate=person, skill=kept, source=SkillSource.CERTIFICATE, evidence="corso")
    SkillStatement.objects.create(candidate=person, skill=dropped)
    profile.change_skills(candidate=person, skill_ids=[kept.pk, new.pk], by=BY)
    assert set(person.skill_statements.values_list("skill", "source", "evidence")) == {
        (kept.pk, "certificate", "corso"),
        (new.pk, "self", ""),
    }


def test_the_highest_title_is_written() -> None:
    person = make_candidate()
    title = EducationLevel.objects.create(code="prova", label="Licenza media", isced=2, eqf=1, position=900)
    profile.change_education_level(candidate=person, education_level=title, by=BY)
    person.profile.refresh_from_db()
    assert person.profile.education_level == title


def test_confirming_dates_the_profile_today() -> None:
    person, other = make_candidate(), make_candidate()
    Candidate.objects.update(confirmed_at="2025-01-01T10:00Z")
    profile.confirm_profile(candidate=person, by=BY)
    dates = {c.pk: timezone.localdate(c.confirmed_at) for c in Candidate.objects.all()}
    assert dates == {person.pk: timezone.localdate(), other.pk: date(2025, 1, 1)}


def test_a_profile_begun_at_the_desk_is_whole_when_both_parts_are_told() -> None:
    person = make_candidate()
    Profile.objects.update(is_complete=False)
    wish(person, Muratrice=2)
    assert not Profile.objects.get().is_complete
    italian, _ = Language.objects.get_or_create(code="it", defaults={"label": "italiano", "position": 900})
    LanguageSkill.objects.create(candidate=person, language=italian, level="B1")
    wish(person, Muratrice=3)
    assert Profile.objects.get().is_complete
