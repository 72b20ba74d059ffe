"""Settlements and forecasts as they are typed."""

from typing import Any

import pytest

from employers.forms.settlement import ForecastForm, SettlementForm
from employers.models import WorkforceForecast
from tests.support.employers import make_company, make_forecast, make_occupation, make_settlement
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def days(**dates: tuple[int, int, int]) -> dict[str, Any]:
    parts = ("day", "month", "year")
    return {f"{name}_{part}": n for name, date in dates.items() for part, n in zip(parts, date, strict=True)}


def settlement(**fields: Any) -> SettlementForm:
    town = make_municipality()
    said = {"name": "Polo", "municipality": f"{town.name} ({town.province_code})", "state": "planned"}
    return SettlementForm({**said, **days(opens_from=(1, 3, 2027), opens_to=(30, 9, 2027)), **fields})


def test_the_employer_may_be_unknown_a_name_or_a_company_on_file() -> None:
    company = make_company(vat_number="12345670017")
    unknown, named, known = settlement(), settlement(employer_name="Chi?"), settlement(vat_number="IT12345670017")
    assert [form.is_valid() for form in (unknown, named, known)] == [True] * 3
    assert [form.cleaned_data["company"] for form in (unknown, named, known)] == [None, None, company]
    other = settlement(vat_number="00743110157")
    assert other.errors == {"vat_number": ["Nessuna impresa registrata ha questa partita IVA."]}


def test_the_window_ends_after_it_begins() -> None:
    assert [*settlement(**days(opens_to=(1, 2, 2027))).errors] == ["opens_to"]


def test_it_opens_with_what_is_known() -> None:
    made = make_settlement(company=make_company(vat_number="12345670017"), state="opening")
    form = SettlementForm(instance=made)
    values = [form[name].value() for name in ("vat_number", "municipality", "state")]
    assert values == ["12345670017", f"{made.municipality.name} ({made.municipality.province_code})", "opening"]


def forecast(*, replaces: WorkforceForecast | None = None, **fields: Any) -> ForecastForm:
    said = {"headcount": "2000", "source": "Accordo", "confidence": "low"}
    when = days(needed_on=(1, 3, 2030), made_on=(1, 3, 2026))
    return ForecastForm({**said, **when, **fields}, replaces=replaces)


def test_words_propose_occupations_and_one_is_confirmed() -> None:
    seller = make_occupation("commesso di negozio", isco08="5223")
    proposed = forecast(words="commesso di negozio")
    assert [value for value, _ in proposed.fields["occupation"].choices] == [str(seller.pk)]  # type: ignore[attr-defined]
    assert proposed.errors == {"occupation": ["Scrivi una parola, premi «Cerca» e scegli il mestiere."]}
    chosen = forecast(occupation=str(seller.pk))
    assert chosen.is_valid(), chosen.errors
    assert (chosen.cleaned_data["occupation"], chosen.cleaned_data["headcount"]) == (seller, 2000)
    assert "words" not in chosen.cleaned_data


def test_nobody_is_needed_only_instead_of_somebody() -> None:
    old = make_forecast()
    occupation = str(old.occupation_id)
    assert [*forecast(occupation=occupation, headcount="0").errors] == ["headcount"]
    assert forecast(occupation=occupation, headcount="0", replaces=old).is_valid()


def test_nothing_was_said_in_the_future() -> None:
    occupation = str(make_occupation().pk)
    assert [*forecast(occupation=occupation, **days(made_on=(1, 1, 2999))).errors] == ["made_on"]
