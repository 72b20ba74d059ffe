"""The search of the board: the valid part of what was asked."""

import pytest

from employers.forms.board import BoardForm
from employers.queries.board import BoardSearch
from sportello.reference.models import IscoGroup
from tests.support.employers import make_contract_type
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def test_everything_asked_reaches_the_search() -> None:
    place = make_municipality(name="Segrate")
    make_contract_type("INTERNSHIP")
    IscoGroup.objects.create(code="5", label="Commercio e servizi")
    asked = {"cosa": "cuoca", "dove": "Segrate", "km": "5", "contratto": "INTERNSHIP", "orario": "part_time"}
    form = BoardForm({**asked, "gruppo": "5", "paga": "1500", "oggi": "on"})
    assert form.is_valid(), form.errors
    assert form.search() == BoardSearch("cuoca", place, 5, "INTERNSHIP", "part_time", "5", 1500, only_today=True)
    assert form.conditions() == [
        ("contratto", "Internship"),
        ("orario", "Part-time"),
        ("gruppo", "Commercio e servizi"),
        ("paga", "da 1.500 euro al mese"),
        ("oggi", "Solo quelle di oggi"),
    ]


def test_a_town_misspelt_is_said_and_does_not_empty_the_page() -> None:
    form = BoardForm({"cosa": "cuoca", "dove": "Nessun Posto", "km": "7", "orario": "mai"})
    assert not form.is_valid()
    assert set(form.errors) == {"dove", "km", "orario"}
    assert form.search() == BoardSearch("cuoca")
    assert form["dove"].value() == "Nessun Posto"


def test_nothing_asked_narrows_nothing() -> None:
    form = BoardForm({})
    assert form.is_valid()
    assert form.search() == BoardForm().search() == BoardSearch()
