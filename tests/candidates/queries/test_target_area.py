"""The verdicts rest on the rules of the day and are kept whole."""

from datetime import date

import pytest

from candidates.queries.target_area import check_areas
from sportello.reference.rules import MissingParameterError
from tests.support.personas import make_candidate
from tests.support.queries import queries_of

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_the_rule_of_the_day_counts() -> None:
    person = make_candidate(birth_date=date(1980, 5, 17), employment_situation="jobless")
    assert [check_areas(person, day).proposed for day in (date(2025, 5, 16), date(2025, 5, 17))] == ["", "over_45"]
    limits = [check_areas(person, day, isee=10_000).proposed for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert limits == ["", "economic"]


def test_who_works_is_in_no_area_of_the_jobless() -> None:
    person = make_candidate(birth_date=date(1970, 1, 1), employment_situation="employed")
    assert check_areas(person, date(2026, 5, 4)).proposed == ""


def test_the_evidence_says_inputs_rules_and_sources_in_one_query() -> None:
    person = make_candidate(birth_date=date(1980, 5, 17))
    with queries_of() as queries:
        check = check_areas(person, date(2026, 5, 4), civil_percent=50)
    assert len(queries) == 1
    kept = check.evidence
    assert (kept["on"], kept["proposed"]) == ("2026-05-04", "disabled")
    assert kept["verdicts"][0]["inputs"] == {"civil_percent": 50, "work_percent": None}
    assert kept["verdicts"][0]["rules"][0]["value"] == 45
    assert [name for name, met, _rules in check.rows if met] == ["Disabilità", "Senza lavoro, oltre 45 anni"]
    ((_name, _met, (rule,)),) = [row for row in check.rows if row[0] == "Giovani senza lavoro"]
    assert "16" in rule and "29" in rule and rule.endswith("può fissarne un'altra")


def test_without_a_rule_there_is_no_verdict() -> None:
    with pytest.raises(MissingParameterError):
        check_areas(make_candidate(), date(1999, 1, 1))
