"""People of the demonstration."""

from itertools import pairwise

import pytest
from django.utils import timezone

from candidates.models import (
    Candidate,
    Profile,
)
from candidates.rules import age_on
from sportello.core.validators import birth_date_of, clean_tax_code

pytestmark = pytest.mark.usefixtures("village")


def test_every_person_has_a_valid_tax_code_that_agrees_with_the_birth_date() -> None:
    for code, born in Candidate.objects.values_list("tax_code", "birth_date"):
        assert clean_tax_code(code) == code
        written = birth_date_of(code)
        assert written is not None
        assert (written.month, written.day, written.year % 100) == (born.month, born.day, born.year % 100)


def test_people_register_at_working_age() -> None:
    for person in Candidate.objects.all():
        assert 17 <= age_on(person.birth_date, timezone.localdate(person.created_at)) <= 62


def test_past_jobs_follow_one_another_and_who_never_worked_has_none() -> None:
    for person in Candidate.objects.prefetch_related("experiences"):
        jobs = sorted(person.experiences.all(), key=lambda job: job.starts_on)
        assert not (jobs and person.employment_situation == "never_employed")
        assert all(earlier.ends_on and earlier.ends_on < later.starts_on for earlier, later in pairwise(jobs))
        assert all(age_on(person.birth_date, job.starts_on) >= 16 for job in jobs)


def test_a_drivers_trade_comes_with_its_licence() -> None:
    drivers = Profile.objects.filter(
        candidate__desired_occupations__position=0, candidate__desired_occupations__occupation__isco08="8332"
    )
    assert drivers.exists()
    assert not drivers.exclude(pk__in=Profile.objects.filter(licences__code="CE")).exists()
