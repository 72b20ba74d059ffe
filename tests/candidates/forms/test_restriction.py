"""A grant ends on a day within the rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.forms.restriction import GrantForm, LiftForm, RestrictForm
from sportello.accounts.models import User
from tests.support.personas import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_good"), [(-1, False), (0, True), (90, True), (91, False)])
def test_a_grant_ends_within_the_rule(days: int, is_good: bool) -> None:
    day = timezone.localdate() + timedelta(days=days)
    typed = {"motive": "M", "ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}
    user = make_user()
    restrict = RestrictForm(typed, users=User.objects.all(), longest=90)
    grant = GrantForm({**typed, "user": user.pk}, users=User.objects.all(), longest=90)
    assert [not form.errors.get("ends_on") for form in (restrict, grant)] == [is_good, is_good]
    assert restrict.is_valid() is is_good


def test_each_says_why() -> None:
    assert "motive" in RestrictForm({}, users=User.objects.none(), longest=1).errors
    assert [*LiftForm({}).errors] == ["lift_motive"]
