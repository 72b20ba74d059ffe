"""What a draft lacks, and where it is asked."""

from datetime import date
from decimal import Decimal

import pytest

from employers.models import Vacancy
from employers.rules import last_end_to_ask, missing_parts, wording_findings
from tests.support.employers import make_rule

WHOLE = {
    "description": "Prepari gli ordini",
    "contract_type_id": "00000000-0000-4000-8000-000000000001",
    "hours_kind": "full_time",
    "weekly_hours": Decimal(40),
    "pay_min": Decimal(1500),
    "pay_max": Decimal(1800),
    "pay_period": "month",
}


@pytest.mark.parametrize(
    ("hole", "missing"),
    [
        ({}, []),
        ({"description": ""}, [(1, "Che cosa farà la persona")]),
        ({"contract_type_id": None}, [(2, "Contratto")]),
        ({"hours_kind": ""}, [(2, "Orario")]),
        ({"weekly_hours": None}, [(2, "Orario")]),
        ({"pay_min": None}, [(2, "Retribuzione")]),
        ({"pay_max": None}, [(2, "Retribuzione")]),
        ({"pay_period": ""}, [(2, "Retribuzione")]),
    ],
)
def test_each_compulsory_part_is_looked_for(hole: dict[str, object], missing: list[tuple[int, str]]) -> None:
    assert [(part.step, str(part.label)) for part in missing_parts(Vacancy(**{**WHOLE, **hole}))] == missing


def test_an_empty_draft_lacks_all_in_the_order_of_the_steps() -> None:
    assert [part.step for part in missing_parts(Vacancy())] == [1, 2, 2, 2]


def test_the_lexicon_of_the_house_is_the_one_that_judges() -> None:
    assert [f.kind for f in wording_findings("Solo donne, max 30 anni")] == ["sex", "age"]
    assert wording_findings("Addetta o addetto alle vendite") == []


@pytest.mark.django_db
def test_a_vacancy_is_asked_about_from_the_day_of_the_rule() -> None:
    make_rule(value=90)
    make_rule("vacancy_refresh_days", 60)
    assert last_end_to_ask(on=date(2026, 3, 1)) == date(2026, 3, 31)
