"""How ready a company says it is for the certificate, by area: answers and weights in, shares out. Pure."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

ANSWERS: Mapping[str, Fraction] = {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}
"""What each answer is worth."""


class Level(StrEnum):
    """Where a share stands against the score to reach; UNKNOWN until every question of the area is answered."""

    UNKNOWN = "unknown"
    TO_BEGIN = "to_begin"
    UNDER_WAY = "under_way"
    READY = "ready"


@dataclass(frozen=True)
class Question:
    """One thing that a company asks itself."""

    code: str
    area: str
    text: str
    text_en: str


def load_questions(folder: Path) -> dict[str, tuple[Question, ...]]:
    """The questions of `readiness_questions.csv` by area, both in the order of the file."""
    with (folder / "readiness_questions.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Question(**row) for row in csv.DictReader(lines)]
    return {area: tuple(row for row in rows if row.area == area) for area in dict.fromkeys(row.area for row in rows)}


@dataclass(frozen=True)
class AreaReadiness:
    """One area: `share` from 0 to 1, None while an answer is missing."""

    area: str
    weight: int
    answered: int
    questions: int
    share: Fraction | None
    level: Level


@dataclass(frozen=True)
class Readiness:
    """All areas, and the weighted whole where every area is answered."""

    areas: tuple[AreaReadiness, ...]
    share: Fraction | None
    level: Level


def readiness(
    answers: Mapping[str, str], questions: Mapping[str, Sequence[str]], weights: Mapping[str, int], *, threshold: int
) -> Readiness:
    """Shares by area from `answers` (question -> one of `ANSWERS`); answers to other questions do not count.

    `questions` are those of each area, in its order; `weights` percentages; `threshold` the percentage to reach.
    """
    areas = tuple(_area(area, asked, answers, weights[area], threshold) for area, asked in questions.items())
    known = [area.share * area.weight for area in areas if area.share is not None]
    total = sum(weights[area] for area in questions)
    share = sum(known, Fraction(0)) / total if total and len(known) == len(areas) else None
    return Readiness(areas, share, _level(share, threshold))


def _area(area: str, asked: Sequence[str], answers: Mapping[str, str], weight: int, threshold: int) -> AreaReadiness:
    worth = [ANSWERS[answers[question]] for question in asked if answers.get(question) in ANSWERS]
    share = sum(worth, Fraction(0)) / len(asked) if asked and len(worth) == len(asked) else None
    return AreaReadiness(area, weight, len(worth), len(asked), share, _level(share, threshold))


def _level(share: Fraction | None, threshold: int) -> Level:
    if share is None:
        return Level.UNKNOWN
    if share * 100 >= threshold:
        return Level.READY
    return Level.UNDER_WAY if share * 200 >= threshold else Level.TO_BEGIN
