"""What is refused of a code, beside its field."""

from datetime import date
from typing import Any

import pytest

from candidates.forms.subject_code import SubjectCodeForm
from sportello.territory.models import Desk
from tests.support.mail import make_code
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def form(at: Desk, **fields: Any) -> SubjectCodeForm:
    data = {
        "code": "candidato/a AlmavivA",
        "kind": "crisis",
        "desk": str(at.pk),
        **on("valid_from", date(2026, 3, 1)),
    }
    return SubjectCodeForm({**data, **fields}, desks=Desk.objects.all())


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {}),
        ({"code": "per la"}, {"code": "parola che conta"}),
        ({"code": "女" * 60}, {"code": "più corto"}),
        (on("valid_to", date(2026, 2, 1)), {"valid_to": "prima dell'inizio"}),
        ({"desk": "00000000-0000-0000-0000-000000000000"}, {"desk": "risposte proposte"}),
    ],
)
def test_a_code_says_what_it_means_and_when(fields: dict[str, str], wrong: dict[str, str]) -> None:
    found = form(make_desk(), **fields).errors
    assert found.keys() == wrong.keys()
    for name, words in wrong.items():
        assert words in found[name][0]


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({}, True),
        (on("valid_to", date(2026, 3, 5)), True),
        ({**on("valid_from", date(2026, 1, 1)), **on("valid_to", date(2026, 2, 1))}, False),
        (on("valid_from", date(2026, 5, 1)), False),
    ],
)
def test_the_same_words_in_the_same_days_are_refused(fields: dict[str, str], taken: bool) -> None:
    make_code(
        "CANDIDATA almaviva", desk=make_desk(name="Lodi"), valid_from=date(2026, 3, 2), valid_to=date(2026, 4, 30)
    )
    errors = form(make_desk(), **fields).errors
    assert errors == (
        {"code": ["In quei giorni vale già «CANDIDATA almaviva», che ha le stesse parole: Lodi, dal 2 marzo 2026."]}
        if taken
        else {}
    )
