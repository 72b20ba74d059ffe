"""A placement is asked after once for each term."""

import pytest
from django.db import IntegrityError, transaction

from matching.models import PlacementCheck
from tests.support.matching import make_placement

pytestmark = pytest.mark.django_db


def test_a_term_is_asked_once() -> None:
    placement = make_placement()
    said = {"placement": placement, "outcome": "working", "source": "person"}
    PlacementCheck.objects.create(months=3, **said)
    PlacementCheck.objects.create(months=6, **said)
    with pytest.raises(IntegrityError, match="placement_checked_once_per_term"), transaction.atomic():
        PlacementCheck.objects.create(months=3, **said)
    with pytest.raises(IntegrityError, match="check_after_the_beginning"), transaction.atomic():
        PlacementCheck.objects.create(months=0, **said)
