from datetime import date
from typing import Literal

import pytest
from codicefiscale import codicefiscale
from hypothesis import given, settings
from hypothesis import strategies as st

from sportello.workspaces.services.demo.draw import table
from sportello.workspaces.services.demo.tax_code import tax_code

_NAMES = sorted({name for row in table("names") for name in row["names"].split(";")})
_BORN_IN = [(row["birth_place"], row["cadastral_code"]) for row in table("origins")]


@settings(max_examples=60)
@given(
    last_name=st.sampled_from(_NAMES),
    first_name=st.sampled_from(_NAMES),
    sex=st.sampled_from(("F", "M")),
    born=st.dates(date(1945, 1, 1), date(2012, 12, 31)),
    place=st.sampled_from(_BORN_IN),
)
def test_it_agrees_with_the_library(
    last_name: str, first_name: str, sex: Literal["F", "M"], born: date, place: tuple[str, str]
) -> None:
    library = codicefiscale.encode(last_name, first_name, sex, born.isoformat(), place[1])
    assert tax_code(last_name=last_name, first_name=first_name, sex=sex, born=born, cadastral_code=place[1]) == library


@pytest.mark.parametrize(
    ("last_name", "first_name", "born", "place", "expected"),
    [
        ("Rossi", "Mario", date(1985, 12, 10), "A562", "RSSMRA85T10A562S"),
        ("Fo", "Io", date(2000, 1, 1), "F205", None),
        ("D'Angelo", "Nicolò", date(1990, 2, 28), "H501", None),
    ],
)
def test_short_and_accented_names(
    last_name: str, first_name: str, born: date, place: str, expected: str | None
) -> None:
    code = tax_code(last_name=last_name, first_name=first_name, sex="M", born=born, cadastral_code=place)
    assert code == (expected or codicefiscale.encode(last_name, first_name, "M", born.isoformat(), place))
