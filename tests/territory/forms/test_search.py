"""Searches around a town."""

import pytest

from sportello.territory.forms.search import DeskSearchForm


@pytest.mark.parametrize(
    ("data", "cleaned"),
    [
        ({}, {"comune": "", "aperti": False}),
        ({"comune": "  Segrate ", "aperti": "on"}, {"comune": "Segrate", "aperti": True}),
    ],
)
def test_nothing_is_required(data: dict[str, str], cleaned: dict[str, object]) -> None:
    form = DeskSearchForm(data)
    assert form.is_valid()
    assert form.cleaned_data == cleaned


def test_no_name_of_a_municipality_is_that_long() -> None:
    assert DeskSearchForm({"comune": "x" * 101}).errors.keys() == {"comune"}
