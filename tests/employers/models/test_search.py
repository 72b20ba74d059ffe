"""Facts of saved searches that hold in the database."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from employers.models import SavedSearch

pytestmark = pytest.mark.django_db


def test_one_alert_for_each_search_of_an_address() -> None:
    day = timezone.localdate()
    SavedSearch.objects.create(email="a@example.org", words="cuoca", ends_on=day)
    SavedSearch.objects.create(email="b@example.org", words="cuoca", ends_on=day)
    with pytest.raises(IntegrityError, match="one_alert_for_each_search"):
        SavedSearch.objects.create(email="a@example.org", words="cuoca", ends_on=day)


def test_nobody_is_written_to_before_the_address_is_proved() -> None:
    day = timezone.localdate()
    with pytest.raises(IntegrityError, match="only_a_proved_address_is_written_to"):
        SavedSearch.objects.create(email="a@example.org", ends_on=day, sent_on=day)
