"""A service of the catalogue for people, on a day that has come, of human length."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.forms.delivered import GroupServiceForm, ServiceForm
from tests.support.services import make_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({}, []),
        ({"minutes": 4}, ["minutes"]),
        ({"minutes": 601}, ["minutes"]),
        ({"days": 1}, ["delivered_on"]),
        ({"audience": "company"}, ["service"]),
        ({"mode": ""}, ["mode"]),
    ],
)
def test_what_is_refused(change: dict[str, object], errors: list[str]) -> None:
    item = make_item("X", audience=change.pop("audience", "person"))
    day = timezone.localdate() + timedelta(days=change.pop("days", 0))  # type: ignore[arg-type]
    typed = {
        "service": item.pk,
        "minutes": 60,
        "mode": "in_person",
        "delivered_on_day": day.day,
        "delivered_on_month": day.month,
        "delivered_on_year": day.year,
        **change,
    }
    assert [*ServiceForm(typed).errors] == errors


def test_a_group_has_its_own_day() -> None:
    assert GroupServiceForm({"service": make_item().pk, "minutes": 60}).is_valid()
