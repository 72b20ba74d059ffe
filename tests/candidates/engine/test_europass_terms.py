"""Codes of languages, levels and licences, in all the ways they are written."""

import pytest

from candidates.engine.europass import ISO3, Spoken
from candidates.engine.europass_terms import categories, eqf_level, is_language_code, least_level, spoken


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ("fra", Spoken("fr", "", "B1")),
        ("fre", Spoken("fr", "", "B1")),
        ("FR", Spoken("fr", "", "B1")),
        ("serere", Spoken("", "serere", "B1")),
    ],
)
def test_a_language_is_known_by_each_of_its_codes(named: str, known: Spoken) -> None:
    assert spoken(named, "B1") == known
    assert is_language_code(named) == bool(known.code)


def test_codes_are_told_apart() -> None:
    assert len(set(ISO3.values())) == len(ISO3)


def test_the_own_language_is_mastered() -> None:
    assert spoken("wol", "", is_native=True) == Spoken("wo", "", "C2", is_native=True)


@pytest.mark.parametrize(("scores", "level"), [(["C1", "B2", "C2"], "B2"), (["x", "A1"], "A1"), (["x"], ""), ([], "")])
def test_the_lowest_of_the_scores_counts(scores: list[str], level: str) -> None:
    assert least_level(scores) == level


@pytest.mark.parametrize(
    ("text", "level"), [("4", 4), ("EQF 8", 8), ("0", None), ("9", None), ("", None), ("45", None)]
)
def test_levels_go_from_one_to_eight(text: str, level: int | None) -> None:
    assert eqf_level(text) == level


def test_licences_come_in_their_order_and_others_do_not() -> None:
    assert categories(["c", "B", "barca", "B"]) == ("B", "C")
