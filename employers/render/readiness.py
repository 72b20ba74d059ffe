"""A company's own word on its readiness, as people read it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.engine.readiness import AreaReadiness, Level, Question, Readiness, readiness
from employers.models import ReadinessChecklist
from employers.rules import readiness_questions
from sportello.reference.models import RuleParameter
from sportello.reference.rules import parameters

AREAS: dict[str, str | Promise] = {
    "culture": _("Cultura e strategia"),
    "governance": _("Governance: chi decide e come"),
    "processes": _("Processi del personale"),
    "growth": _("Opportunità di crescita e inclusione delle donne"),
    "pay": _("Equità nelle retribuzioni"),
    "care": _("Tutela della genitorialità e conciliazione"),
}
LEVELS: dict[Level, str | Promise] = {
    Level.UNKNOWN: _("Mancano risposte"),
    Level.TO_BEGIN: _("Da cominciare"),
    Level.UNDER_WAY: _("In cammino"),
    Level.READY: _("A buon punto"),
}
THRESHOLD = "readiness_threshold_percent"


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else round(share * 100)


@dataclass(frozen=True)
class ShownArea:
    """One area; `percent` from 0 to 100, None while an answer is missing."""

    area: AreaReadiness
    label: str | Promise
    percent: int | None
    words: str | Promise


@dataclass(frozen=True)
class ShownReadiness:
    """All areas and the whole, with the dated rules that gave weights and threshold."""

    areas: tuple[ShownArea, ...]
    percent: int | None
    words: str | Promise
    rules: tuple[RuleParameter, ...]
    next_area: str

    @property
    def is_whole(self) -> bool:
        return self.percent is not None


def shown_readiness(checklist: ReadinessChecklist | None, *, on: date) -> ShownReadiness:
    """The checklist by the rules of the day; one query. `next_area` is the first with a question to answer, or empty."""
    questions = readiness_questions()
    rules = parameters(THRESHOLD, *(f"readiness_weight_{area}" for area in questions), on=on)
    found: Readiness = readiness(
        checklist.answers if checklist else {},
        {area: [question.code for question in asked] for area, asked in questions.items()},
        {area: int(rules[f"readiness_weight_{area}"].value) for area in questions},
        threshold=int(rules[THRESHOLD].value),
    )
    areas = tuple(ShownArea(area, AREAS[area.area], _percent(area.share), LEVELS[area.level]) for area in found.areas)
    waiting = (area.area for area in found.areas if area.answered < area.questions)
    return ShownReadiness(
        areas, _percent(found.share), LEVELS[found.level], tuple(rules.values()), next_area=next(waiting, "")
    )


def words_of(question: Question) -> str:
    """The question in the reader's language."""
    return question.text_en if (get_language() or "").startswith("en") else question.text


def answered_areas(checklist: ReadinessChecklist) -> list[tuple[str | Promise, list[tuple[str, Any]]]]:
    """Each area with its questions and the answers given, for who reads along."""
    return [
        (AREAS[area], [(words_of(question), checklist.answers.get(question.code, "")) for question in asked])
        for area, asked in readiness_questions().items()
    ]
