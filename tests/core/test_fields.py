from datetime import date
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
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
        (("1", "2", ""), "Scrivi giorno, mese e anno."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(typed: tuple[str, str, str], sentence: str) -> None:
    form = sent(*typed)
    assert form.errors == {"day": [sentence]}
    assert form["day"].value() == list(typed)


class Everything(forms.Form):
    text = forms.CharField(max_length=5, min_length=2)
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=1, max_value=9)
    amount = forms.DecimalField()
    choice = forms.ChoiceField(choices=[("a", "A")])
    choices = forms.MultipleChoiceField(choices=[("a", "A")])
    tick = forms.BooleanField()
    day = DateField()
    site = forms.URLField(assume_scheme="https")


def test_what_is_missing_is_asked_for() -> None:
    assert {name: errors[0] for name, errors in Everything({}).errors.items()} == {
        "text": "Scrivi qui la risposta.",
        "mail": "Scrivi qui la risposta.",
        "number": "Scrivi qui la risposta.",
        "amount": "Scrivi qui la risposta.",
        "choice": "Scegli una risposta.",
        "choices": "Scegli almeno una risposta.",
        "tick": "Metti la spunta per andare avanti.",
        "day": "Scrivi giorno, mese e anno.",
        "site": "Scrivi qui la risposta.",
    }


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "abcdef", "Scrivi non più di 5 caratteri: ora sono 6."),
        ("text", "a", "Scrivi almeno 2 caratteri: ora sono 1."),
        ("text", "a\x00b", "C'è un segno che non si vede: cancella e riscrivi."),
        ("mail", "amina", "Scrivi un indirizzo e-mail completo, per esempio nome@esempio.it."),
        ("number", "tre", "Scrivi un numero intero, in cifre: per esempio 3."),
        ("number", "0", "Scrivi un numero da 1 in su."),
        ("number", "10", "Scrivi un numero non più grande di 9."),
        ("amount", "tre", "Scrivi un numero, in cifre: per esempio 3,5."),
        ("choice", "b", "Scegli una delle risposte proposte."),
        ("choices", "b", "Scegli tra le risposte proposte."),
        ("site", "un sito", "Scrivi un indirizzo web completo, per esempio www.esempio.it."),
    ],
)
def test_a_refusal_says_what_to_do(field: str, typed: str, sentence: str) -> None:
    assert Everything({field: typed}).errors[field] == [sentence]


def fields_of_every_form() -> list[tuple[str, forms.Field]]:
    """Every field of every form class of the portal."""
    import_module(settings.ROOT_URLCONF)
    classes, found = [forms.BaseForm], []
    while classes:
        classes += (form := classes.pop()).__subclasses__()
        if form.__module__.split(".")[0] in {"candidates", "employers", "matching", "reports", "sportello"}:
            found += [
                (f"{form.__qualname__}.{name}", field) for name, field in getattr(form, "base_fields", {}).items()
            ]
    return found


def test_no_form_speaks_as_the_framework_does() -> None:
    fields = fields_of_every_form()
    assert len(fields) > 50
    stiff = [name for name, field in fields if "obbligatori" in str(field.error_messages.get("required", ""))]
    assert stiff == []
