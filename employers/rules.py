"""Pure judgements on vacancies."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.engine.incentives import Incentive, load_incentives
from employers.engine.readiness import Question, load_questions
from employers.engine.wording import Finding, Lexicon, check, load_lexicon
from employers.models import Vacancy
from sportello.reference.rules import parameters

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class MissingPart:
    """Something a draft still lacks, and the step of the form where it is asked."""

    step: int
    label: str | Promise


def missing_parts(vacancy: Vacancy) -> list[MissingPart]:
    """What a draft lacks before the desk can read it; empty when it is whole. Pay is compulsory (dir. 2023/970)."""
    wanted = (
        (1, _("Che cosa farà la persona"), vacancy.description),
        (2, _("Contratto"), vacancy.contract_type_id),
        (2, _("Orario"), vacancy.hours_kind and vacancy.weekly_hours),
        (2, _("Retribuzione"), vacancy.pay_min and vacancy.pay_max and vacancy.pay_period),
    )
    return [MissingPart(step, label) for step, label, value in wanted if not value]


def last_end_to_ask(*, on: date) -> date:
    """Published vacancies that end by then have been out as long as the rule allows unasked. Raises MissingParameterError."""
    rules = parameters("vacancy_refresh_days", "vacancy_close_days", on=on)
    return on + timedelta(days=int(rules["vacancy_close_days"].value) - int(rules["vacancy_refresh_days"].value))


def wording_findings(text: str) -> list[Finding]:
    """What the law forbids or wants explained in a text of an ad; empty for one that may be printed."""
    return check(text, _lexicon())


@cache
def _lexicon() -> Lexicon:
    # Compiled once in a process: it takes most of a second.
    return load_lexicon(DATA)


@cache
def readiness_questions() -> dict[str, tuple[Question, ...]]:
    """What a company asks itself before the gender-equality certificate, by area."""
    return load_questions(DATA)


@cache
def incentives() -> tuple[Incentive, ...]:
    """Every hint on record, past and to come."""
    return load_incentives(DATA)
