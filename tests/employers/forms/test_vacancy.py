"""Which job a vacancy is: the title proposes, the company confirms."""

from typing import Any

import pytest

from employers.forms.vacancy import JobForm
from tests.support.employers import make_company, make_occupation

pytestmark = pytest.mark.django_db

UNSURE = "Non troviamo un mestiere sicuro: prova con altre parole."


def bound(**typed: Any) -> JobForm:
    """The first step as a company posted it."""
    company = make_company()
    return JobForm(
        {"description": "Prepari gli ordini.", "workplace": company.workplaces.get().pk, "posts": "1", **typed},
        company=company,
    )


def test_the_title_proposes_and_the_company_confirms() -> None:
    occupation = make_occupation("magazziniere")
    make_occupation("saldatore")
    form = bound(title="Magaziniera o magazziniere (m/f)")
    assert form.fields["occupation"].choices == [(str(occupation.pk), "magazziniere")]  # type: ignore[attr-defined]
    assert form.errors == {"occupation": ["Conferma il mestiere: scegline uno tra quelli proposti."]}
    confirmed = bound(title="Magazziniera", occupation=str(occupation.pk))
    assert confirmed.is_valid(), confirmed.errors
    assert confirmed.cleaned_data["occupation"] == occupation


def test_a_title_that_names_no_job_asks_for_other_words() -> None:
    make_occupation("magazziniere")
    form = bound(title="Xyzzy qwerty")
    assert form.fields["occupation"].help_text == UNSURE
    assert form.errors == {"occupation": [UNSURE]}


def test_an_occupation_that_was_not_proposed_is_refused() -> None:
    make_occupation("magazziniere")
    assert bound(title="Magazziniere", occupation="saldatore").errors == {
        "occupation": ["Scegli tra i mestieri proposti."]
    }
