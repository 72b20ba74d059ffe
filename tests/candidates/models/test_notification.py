"""A person has one preference."""

import pytest
from django.db import IntegrityError

from candidates.models import ContactPreference
from tests.support.personas import make_candidate


@pytest.mark.django_db
def test_one_preference_a_person() -> None:
    person = make_candidate()
    first = ContactPreference.objects.create(candidate=person)
    assert (first.channel, first.reminders_paused) == ("email", False)
    with pytest.raises(IntegrityError):
        ContactPreference.objects.create(candidate=person)
