"""What a person chooses holds from now on."""

import pytest

from candidates.models import Candidate, ContactPreference
from candidates.services.notification import set_preference
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate

BY = Scope.of_process("tests")


@pytest.mark.django_db
def test_a_choice_is_written_and_changed() -> None:
    person = make_candidate()
    set_preference(candidate=person, language="en", reminders_paused=True, channel="sms", by=BY)
    set_preference(candidate=person, language="en", reminders_paused=False, by=BY)
    assert Candidate.objects.get().language == "en"
    assert [(c.candidate, c.channel, c.reminders_paused) for c in ContactPreference.objects.all()] == [
        (person, "email", False)
    ]
