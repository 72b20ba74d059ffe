"""The curated files say what a job operator expects, and loading them may be repeated."""

import csv
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sportello.core.text import search_key
from sportello.reference.enums import LabelKind
from sportello.reference.models import (
    Occupation,
    OccupationLabel,
    OccupationSkill,
    RuleParameter,
    Sector,
    Skill,
    SkillLabel,
)
from sportello.reference.services.curated import DATA, load_curated

TABLES = (Occupation, OccupationLabel, Skill, SkillLabel, OccupationSkill, Sector, RuleParameter)


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_enough_occupations_each_with_both_genders_and_skills() -> None:
    occupations = _rows("occupations")
    links = Counter(row["occupation_code"] for row in _rows("occupation_skills"))
    assert len(occupations) >= 250
    assert [row["code"] for row in occupations if not (row["label_masculine"] and row["label_feminine"])] == []
    assert [row["code"] for row in occupations if links[row["code"]] < 5] == []
    assert sum(links.values()) / len(occupations) >= 8


def test_enough_skills_each_used_by_an_occupation() -> None:
    skills = {row["code"] for row in _rows("skills")}
    assert len(skills) >= 600
    assert {row["skill_code"] for row in _rows("occupation_skills")} == skills


def test_no_term_leads_to_two_occupations() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in _rows("occupations"):
        for text in (row["label_masculine"], row["label_feminine"], *filter(None, row["synonyms"].split("|"))):
            owners[search_key(text)].add(row["code"])
    assert {term: codes for term, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", ["occupations", "skills"])
def test_a_concept_of_esco_is_named_once(name: str) -> None:
    used = Counter(row["esco_uri"] for row in _rows(name) if row["esco_uri"])
    assert [uri for uri, times in used.items() if times > 1] == []


def test_esco_identifiers_and_isco_codes_are_real(esco_folder: Path) -> None:
    def column(path: Path, name: str) -> set[str]:
        with path.open(encoding="utf-8", newline="") as lines:
            return {row[name] for row in csv.DictReader(lines)}

    newest = max(esco_folder.glob("v*/occupations_en.csv")).parent
    assert {row["esco_uri"] for row in _rows("occupations")} - column(newest / "occupations_en.csv", "conceptUri") == {
        ""
    }
    assert {row["esco_uri"] for row in _rows("skills")} - column(newest / "skills_en.csv", "conceptUri") == {""}
    assert {row["isco08"] for row in _rows("occupations")} - column(newest / "ISCOGroups_en.csv", "code") == set()


def test_every_rule_has_a_citation_and_no_two_overlap() -> None:
    rules = _rows("rule_parameters")
    assert [row["key"] for row in rules if not row["citation"]] == []
    periods: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rules:
        periods[row["key"]].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
    for spans in periods.values():
        ordered = sorted(spans)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))


def test_ateco_has_its_six_levels(vocabulary: dict[str, int]) -> None:
    assert vocabulary["sectors"] == Sector.objects.count()
    assert sorted(set(Sector.objects.values_list("level", flat=True))) == [1, 2, 3, 4, 5, 6]
    leaf = Sector.objects.get(code="01.11.00")
    chain = [leaf.code]
    while leaf.parent:
        leaf = leaf.parent
        chain.append(leaf.code)
    assert chain == ["01.11.00", "01.11.0", "01.11", "01.1", "01", "A"]


def test_loading_again_changes_nothing(vocabulary: dict[str, int]) -> None:
    before = [set(table._default_manager.values_list("pk", flat=True)) for table in TABLES[:1] + TABLES[2:3]]
    counts = [table._default_manager.count() for table in TABLES]
    assert load_curated() == vocabulary
    assert [table._default_manager.count() for table in TABLES] == counts
    assert [set(table._default_manager.values_list("pk", flat=True)) for table in TABLES[:1] + TABLES[2:3]] == before


@pytest.mark.usefixtures("vocabulary")
def test_what_left_the_files_is_retired_and_its_everyday_names_go() -> None:
    kept = Occupation.objects.get(code="bricklayer")
    gone = Occupation.objects.create(
        code="lamplighter", uri="urn:x", isco08="9999", label_masculine="x", label_feminine="x", version=kept.version
    )
    OccupationLabel.objects.create(occupation=kept, kind=LabelKind.EVERYDAY, text="pietraio", search_key="pietraio")
    load_curated()
    gone.refresh_from_db()
    assert gone.retired_in == kept.version
    assert not kept.labels.filter(search_key="pietraio").exists()


@pytest.mark.usefixtures("vocabulary")
def test_a_number_changed_by_the_desk_is_kept() -> None:
    RuleParameter.objects.filter(key="vacancy_close_days").update(value=120)
    load_curated()
    assert [row.value for row in RuleParameter.objects.filter(key="vacancy_close_days")] == [120]


@pytest.mark.usefixtures("vocabulary")
def test_a_period_opened_by_the_desk_is_not_overwritten() -> None:
    RuleParameter.objects.filter(key="vacancy_close_days").update(valid_to=date(2026, 12, 31))
    RuleParameter.objects.create(key="vacancy_close_days", value=75, valid_from=date(2027, 1, 1), citation="delibera")
    load_curated()
    rows = RuleParameter.objects.filter(key="vacancy_close_days").values_list("value", "valid_from", "valid_to")
    assert list(rows) == [(90, date(2020, 1, 1), date(2026, 12, 31)), (75, date(2027, 1, 1), None)]


@pytest.mark.usefixtures("vocabulary")
def test_the_files_close_an_open_row_and_open_the_next() -> None:
    rows = RuleParameter.objects.filter(key="unemployment_income_limit_self_employed")
    rows.filter(valid_from=date(2022, 1, 1)).delete()
    rows.update(valid_to=None)
    load_curated()
    assert list(rows.values_list("value", "valid_to")) == [(4800, date(2021, 12, 31)), (5500, None)]
