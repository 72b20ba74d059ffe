"""The public page of incentives and what operators hear of."""

from typing import Any

import pytest
import time_machine

from employers.enums import HoursKind
from tests.support.employers import make_company_user, make_contract_type, make_rule, make_vacancy
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

ENDED = "assunzioni fino ad aprile 2026"


@pytest.mark.parametrize(("day", "shown"), [("2026-04-30T23:59+02:00", True), ("2026-05-01T00:00+02:00", False)])
def test_an_incentive_disappears_at_midnight_of_its_last_day(client: Any, day: str, shown: bool) -> None:
    with time_machine.travel(day, tick=False):
        html, cost = asked(client, "/incentivi/")
    assert (ENDED in html) is shown
    assert "L. 12 marzo 1999, n. 68, art. 13" in html
    assert cost <= 10


def test_a_vacancy_leads_to_what_its_contract_may_bring() -> None:
    vacancy = make_vacancy(contract_type=make_contract_type("APPRENTICESHIP"), hours_kind=HoursKind.PART_TIME)
    client = signed_in(make_company_user(vacancy.company))
    html, _cost = asked(client, f"/impresa/offerte/{vacancy.pk}/")
    url = "/incentivi/?contratto=APPRENTICESHIP&amp;orario=part_time"
    assert url in html
    html, _cost = asked(client, url.replace("&amp;", "&"))
    assert "Contributi ridotti per la durata" in html
    assert "Donne svantaggiate" not in html


def test_words_that_name_no_contract_narrow_nothing(client: Any) -> None:
    assert "Donne svantaggiate" in asked(client, "/incentivi/?contratto=ALTRO&orario=mai")[0]


@pytest.mark.parametrize(("day", "number"), [("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-31", 1)])
def test_operators_read_what_ends_within_thirty_days(day: str, number: int) -> None:
    make_rule("incentive_expiry_warning_days", 30)
    operator = make_operator()
    with time_machine.travel(f"{day}T09:00+01:00", tick=False):
        client = signed_in(operator)
        answer = client.get("/operatore/incentivi/")
    assert [hint.row.code for hint in answer.context["page"]] == ["women_2026"] * number
