"""Whether the matching treats groups alike: of those whom searches held among the first, how many came how far."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports.enums import TerritoryKind
from reports.indicators.outcomes import PROPOSED, REGISTER
from reports.indicators.paths import STEPS
from reports.models import FrozenArea, ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, frozen_figures
from reports.rules import GROUPS, REFERENCE, Indicator, Section, Semester, Share, Unit
from reports.states import PUBLIC
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope

MATCHED: dict[str, tuple[str, str]] = {
    "f": ("matched_by_sex", "women"),
    "m": ("matched_by_sex", "men"),
    "young": ("matched_by_age", "up to 34"),
    "middle": ("matched_by_age", "35 to 54"),
    "older": ("matched_by_age", "55 and over"),
}
"""Each group with the measure that counts it and its name in English."""

RATES: dict[str, tuple[Promise, str]] = {
    "put_forward": (_("Proposte a un'impresa"), "put forward"),
    "interview": (_("Arrivate a un colloquio"), "interviewed"),
    "hired": (_("Assunte"), "hired"),
}
"""Steps after the first, each with those beyond it."""


_MATCHED = Indicator(
    key="matched_by_sex",
    section=Section.OUTCOMES,
    label=_("Persone abbinate"),
    english="People matched",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Persone che nel semestre il programma ha messo tra le prime per almeno un'offerta. Contano le ricerche conservate: le ultime di "
        "ogni offerta, e quelle da cui è nata una proposta."
    ),
    numerator="matched_by_sex",
    numerator_text=_("Persone tra le prime di almeno una ricerca del semestre"),
    population=_("Chi risiede in uno dei Comuni del territorio"),
    reference=PROPOSED,
    source=REGISTER,
    first_version=1,
)


def _rate(group: str, step: str) -> Indicator:
    (measure, english), name = MATCHED[group], GROUPS[group]
    label, step_english = RATES[step]
    beyond = "+".join(f"{group}_{further}" for further in STEPS[STEPS.index(step) :])
    return replace(
        _MATCHED,
        key=f"{step}_{group}",
        label=format_lazy("{}: {}", label, name),
        english=f"Of those matched, {step_english}: {english}",
        unit=Unit.PERCENT,
        definition=_(
            "Persone di questo gruppo arrivate almeno a questo passo per un'offerta a cui il programma le aveva abbinate, ogni 100 "
            "abbinate nel semestre. L'età è quella dell'ultimo giorno."
        ),
        numerator=f"{measure}.{beyond}",
        numerator_text=name,
        denominator=f"{measure}.{'+'.join(f'{group}_{each}' for each in STEPS)}",
        denominator_text=_("Persone tra le prime di almeno una ricerca del semestre"),
    )


FAIRNESS = (
    _MATCHED,
    replace(_MATCHED, key="matched_by_age", numerator="matched_by_age"),
    *(_rate(group, step) for group in GROUPS for step in RATES),
)
"""Frozen and protected with the figures of the report, and told on the page about the matching."""


@dataclass(frozen=True)
class Step:
    """One step with the groups, None for one that is not told."""

    label: str | Promise
    shares: list[tuple[str | Promise, Share | None]]


@dataclass(frozen=True)
class FairnessReport:
    """By sex and by age; `is_public` is False for a semester of which no edition is published yet."""

    semester: Semester
    is_public: bool
    tables: list[tuple[str | Promise, list[Step]]]

    @property
    def tells_anything(self) -> bool:
        return any(share for _of, steps in self.tables for step in steps for _group, share in step.shares)


def fairness_report(scope: Scope) -> FairnessReport | None:
    """Of the whole territory in the newest frozen semester that is over: published, but for the control room; two queries.

    None while there is none.
    """
    published = ReportIssue.objects.filter(area__freeze=OuterRef("freeze"), state__in=PUBLIC)
    whole = FrozenArea.objects.filter(kind=TerritoryKind.WHOLE, freeze__frozen_at__isnull=False)
    areas = whole.annotate(is_public=Exists(published)).select_related("freeze")
    newest = areas.order_by("-freeze__year", "-freeze__half", "-freeze__version")
    if not scope.has(Role.CONTROL_ROOM):
        newest = newest.filter(is_public=True)
    for area in newest:
        semester = Semester(area.freeze.year, area.freeze.half)
        if area.freeze.data_cut == semester.last_day:
            return FairnessReport(semester, area.is_public, _tables(frozen_figures(area.pk)[area.pk]))
    return None


def _tables(figures: dict[Cell, FrozenFigure]) -> list[tuple[str | Promise, list[Step]]]:
    found: list[tuple[str | Promise, list[Step]]] = []
    for reference in dict.fromkeys(REFERENCE.values()):
        groups = [group for group in GROUPS if REFERENCE[group] == reference]
        steps = [
            Step(label, [(GROUPS[group], _share(figures, group, step, reference)) for group in groups])
            for step, (label, _english) in RATES.items()
        ]
        found.append((GROUPS[reference], steps))
    return found


def _share(figures: dict[Cell, FrozenFigure], group: str, step: str, reference: str) -> Share | None:
    own, other = (_numbers(figures, f"{step}_{each}") for each in (group, reference))
    if own is None:
        return None
    return Share.of(own, other if group != reference else None)


def _numbers(figures: dict[Cell, FrozenFigure], key: str) -> tuple[int, int] | None:
    """Numerator and denominator of a figure that is told."""
    figure = figures.get(Cell(key))
    if figure is None or figure.numerator is None or not figure.denominator:
        return None
    return figure.numerator, figure.denominator
