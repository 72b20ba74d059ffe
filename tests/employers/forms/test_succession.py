"""Who joins two companies names the other by its number, and types that of the one that ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.forms.succession import SuccessionForm, SuccessorForm
from employers.states import CompanyState
from tests.support.employers import make_company

pytestmark = pytest.mark.django_db


def test_the_other_company_is_on_file_and_approved() -> None:
    company = make_company(vat_number="01234567897")
    other = make_company(vat_number="07643520567")
    make_company(vat_number="00743110157", state=CompanyState.SUBMITTED)
    for number in ("01234567897", "00743110157", "12", ""):
        form = SuccessorForm({"kind": "takeover", "vat_number": number}, company=company)
        assert set(form.errors) == {"vat_number"}
    form = SuccessorForm({"kind": "takeover", "vat_number": "IT 07643520567"}, company=company)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"kind": "takeover", "vat_number": other}


def test_the_decision_wants_a_day_that_came_a_motive_and_the_number_typed_by_hand() -> None:
    company = make_company(vat_number="01234567897")
    tomorrow = timezone.localdate() + timedelta(days=1)

    def told(**changed: object) -> SuccessionForm:
        day = timezone.localdate()
        values = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
        return SuccessionForm({**values, "motive": "Atto", "confirmation": "0123 4567897", **changed}, company=company)

    assert told().is_valid()
    late = {"since_day": tomorrow.day, "since_month": tomorrow.month, "since_year": tomorrow.year}
    assert set(told(**late).errors) == {"since"}
    assert set(told(motive="").errors) == {"motive"}
    assert set(told(confirmation="07643520567").errors) == {"confirmation"}
