"""The ranking cannot see who a person is (art. 10 D.Lgs. 276/2003)."""

import dataclasses
import re
from pathlib import Path

from candidates.queries.matching import MatchingProfile
from matching.engine.features import PersonFeatures

ROOM = Path(__file__).resolve().parents[2] / "matching"
FORBIDDEN = re.compile(
    r"\bsex\b|birth|\bage\b|nationality|citizenship|tax_code|disab|benefit|target_area|detention|pregnan|marital|identity_document",
    re.IGNORECASE,
)


def test_no_source_of_the_room_names_a_protected_trait() -> None:
    sources = [path for path in ROOM.rglob("*.py") if "migrations" not in path.parts]
    assert len(sources) > 20
    named = {
        f"{path.relative_to(ROOM)}: {line.strip()}"
        for path in sources
        for line in path.read_text().splitlines()
        if FORBIDDEN.search(line)
    }
    assert named == set()


def test_the_projection_of_people_has_these_fields_and_no_other() -> None:
    assert {field.name for field in dataclasses.fields(MatchingProfile)} == {
        "candidate_id",
        "occupations",
        "skills",
        "licences",
        "languages",
        "education_eqf",
        "hours_wanted",
        "contract_types",
        "windows",
        "latitude",
        "longitude",
        "max_travel_km",
        "may_work",
        "available_from",
        "confirmed_on",
        "waiting_since",
    }


def test_the_engine_knows_of_a_person_these_fields_and_no_other() -> None:
    assert {field.name for field in dataclasses.fields(PersonFeatures)} == {
        "id",
        "occupations",
        "skills",
        "licences",
        "languages",
        "education_eqf",
        "hours_wanted",
        "contract_types",
        "windows",
        "point",
        "max_travel_km",
        "may_work",
        "confirmed_on",
        "waiting_since",
    }


def test_people_are_read_for_the_ranking_only_through_the_projection() -> None:
    """What feeds the engine imports nothing of `candidates` but the projection."""
    for name in (
        "queries/features.py",
        "queries/pool.py",
        "queries/ranking.py",
        "services/run.py",
        "management/commands/match.py",
    ):
        imported = set(re.findall(r"^from (candidates\S*) import", (ROOM / name).read_text(), re.MULTILINE))
        assert imported <= {"candidates.queries.matching"}, name
