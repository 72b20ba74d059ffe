"""What the database refuses of declared interests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import DeclaredInterest
from tests.support.employers import make_company
from tests.support.personas import make_operator
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_tie_is_in_the_register_once_and_ends_after_it_began() -> None:
    user, company = make_operator(), make_company()
    first = DeclaredInterest.objects.create(user=user, company=company, motive="Parente")
    with refused("interest_declared_once"):
        DeclaredInterest.objects.create(user=user, company=company, motive="Socia")
    with refused("interest_ends_after_it_is_declared"):
        DeclaredInterest.objects.filter(pk=first.pk).update(ended_at=timezone.now() - timedelta(days=1))
    DeclaredInterest.objects.filter(pk=first.pk).update(ended_at=timezone.now())
    assert DeclaredInterest.objects.create(user=user, company=company, motive="Di nuovo").ended_at is None
