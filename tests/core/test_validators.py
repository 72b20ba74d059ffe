"""Names of every alphabet, tax codes with their check letter, dates of a human life."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sportello.core.validators import (
    OLDEST_AGE,
    birth_date_of,
    check_birth_date,
    check_person_name,
    clean_tax_code,
    clean_vat_number,
    is_uuid,
)


@pytest.mark.parametrize("name", ["Łukasz", "D'Angelo", "Anna Maria", "Шевченко", "O’Brien-Rossi", "De Sá Jr."])
def test_names_of_people_are_good(name: str) -> None:
    check_person_name(name)


@pytest.mark.parametrize("name", ["4nna", "Anna  1", "<b>", "🙂", "-Rossi", "Anna_", "Rossi\n"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        check_person_name(name)


def test_a_birth_lies_in_the_past_and_within_a_life() -> None:
    today = timezone.localdate()
    check_birth_date(today - timedelta(days=1))
    check_birth_date(date(today.year - OLDEST_AGE, 1, 1))
    for wrong in (today, today + timedelta(days=1), date(today.year - OLDEST_AGE - 1, 12, 31)):
        with pytest.raises(ValidationError):
            check_birth_date(wrong)


def test_a_tax_code_is_kept_in_one_writing() -> None:
    assert clean_tax_code(" rssmra85t10 a562s ") == "RSSMRA85T10A562S"
    assert birth_date_of("RSSMRA85T10A562S") == date(1985, 12, 10)


@pytest.mark.parametrize("code", ["RSSMRA85T10A562T", "RSSMRA85T10A562", "00000000001", ""])
def test_a_tax_code_that_does_not_check_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        clean_tax_code(code)


def test_a_provisional_code_has_eleven_digits_and_no_birth_date() -> None:
    assert clean_tax_code("00743110157") == "00743110157"
    assert birth_date_of("00743110157") is None


def test_a_vat_number_is_read_as_people_write_it() -> None:
    assert {clean_vat_number(text) for text in ("IT 00743110157", "00743.110.157", "it00743110157")} == {"00743110157"}


@pytest.mark.parametrize("number", ["00743110158", "00000000000", "0074311015", "abc"])
def test_a_vat_number_that_does_not_check_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        clean_vat_number(number)


def test_only_a_uuid_may_name_a_row() -> None:
    assert is_uuid(str(uuid4()))
    assert not any(is_uuid(text) for text in ("", "1", "../etc", str(uuid4())[:-1]))
