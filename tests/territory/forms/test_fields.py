"""Weeks that are ticked, points that lie somewhere."""

import pytest
from django.core.exceptions import ValidationError

from sportello.territory.forms.fields import WeekField, WeekTable, lies_in
from sportello.territory.rules import Point
from tests.support.territory import make_municipality


def test_a_week_is_ticked_in_any_order_and_read_from_monday_on() -> None:
    field = WeekField()
    assert field.clean(["7-night", "1-evening", "1-morning"]) == ["1-morning", "1-evening", "7-night"]
    assert field.clean([]) == []
    for wrong in ("8-night", "1-noon", "morning"):
        with pytest.raises(ValidationError):
            field.clean([wrong])


def test_the_table_of_a_week_has_a_row_for_each_day_and_keeps_the_ticks() -> None:
    context = WeekTable().get_context("bands", ["2-evening"], {"id": "bands"})
    assert [day for day, _boxes in context["days"]][:2] == ["lunedì", "martedì"]
    assert [[key for key, _, ticked in boxes if ticked] for _, boxes in context["days"]] == [
        [],
        ["2-evening"],
        *[[]] * 5,
    ]
    assert [[key for key, *_ in boxes] for _, boxes in context["days"]][6] == [
        "7-morning",
        "7-afternoon",
        "7-evening",
        "7-night",
    ]


@pytest.mark.django_db
def test_a_point_lies_in_a_municipality_within_forty_kilometres_of_its_centre() -> None:
    roma = make_municipality(name="Roma", latitude=41.9, longitude=12.5)
    assert lies_in(Point(41.75, 12.28), roma)
    assert not lies_in(Point(12.5, 41.9), roma)
    assert lies_in(Point(12.5, 41.9), make_municipality(name="Ignoto", latitude=None, longitude=None))
