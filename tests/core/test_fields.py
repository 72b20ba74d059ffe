from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from sportello.core.fields import EARLIEST_YEAR, DateField


class Form(forms.Form):
    day = DateField(label="Giorno")


def sent(day: object, month: object, year: object) -> Form:
    return Form({"day_day": str(day), "day_month": str(month), "day_year": str(year)})


@given(st.dates(min_value=date(EARLIEST_YEAR, 1, 1)))
def test_every_day_of_the_calendar_comes_back_as_typed(day: date) -> None:
    form = sent(day.day, day.month, day.year)
    assert form.is_valid()
    assert form.cleaned_data == {"day": day}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2026"), "Questa data non esiste: scrivi giorno, mese e anno in cifre."),
        (("oggi", "2", "2026"), "Questa data non esiste: scrivi giorno, mese e anno in cifre."),
        (("1", "2", "26"), "Controlla l'anno: ha quattro cifre, per esempio 2026."),
        (("1", "2", ""), "Questo campo è obbligatorio."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(typed: tuple[str, str, str], sentence: str) -> None:
    form = sent(*typed)
    assert form.errors == {"day": [sentence]}
    assert form["day"].value() == list(typed)
