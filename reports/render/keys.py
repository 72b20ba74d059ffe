"""One figure of an edition as people read it, with what changed since the edition before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.rules import Indicator, Trend, Unit, shown, shown_in_english, trend, value_of
from sportello.core.text import grouped

HIDDEN = "•"
"""Stands for a suppressed number; every table that has one says what it means."""
NO_DATA = "–"
# The six figures of the first page, in the order of the way to work.
KEY_FIGURES = ("users", "coverage", "service_pacts", "appointments_kept_rate", "posts", "contracts")


@dataclass(frozen=True)
class Change:
    """Against the edition before: `meaning` is a word, never only a colour or an arrow."""

    trend: Trend
    arrow: str
    text: str
    meaning: str


@dataclass(frozen=True)
class Key:
    """One indicator with its figure as people read it."""

    indicator: Indicator
    shown: str
    is_hidden: bool
    in_english: str
    fraction: str
    change: Change | None


def text_of(indicator: Indicator, figure: FrozenFigure | None) -> str:
    """A figure as a table shows it."""
    if figure is None:
        return NO_DATA
    if figure.numerator is None:
        return HIDDEN
    value = value_of(indicator.unit, figure.numerator, figure.denominator)
    return NO_DATA if value is None else shown(indicator.unit, value)


def fraction_of(indicator: Indicator, figure: FrozenFigure) -> str:
    """The two numbers of a rate, or how many a number of days is about; "" for a count and for what is hidden."""
    if figure.numerator is None or figure.denominator is None or indicator.unit is Unit.COUNT:
        return ""
    if indicator.unit is Unit.DAYS:
        return _("su %(number)s") % {"number": grouped(figure.denominator)}
    return _("%(numerator)s su %(denominator)s") % {
        "numerator": grouped(figure.numerator),
        "denominator": grouped(figure.denominator),
    }


def word_of(verdict: Trend) -> str:
    """What people call a change, so that no colour or arrow has to say it."""
    return {
        Trend.BETTER: _("meglio"),
        Trend.WORSE: _("peggio"),
        Trend.STABLE: _("stabile"),
        Trend.UP: _("in aumento"),
        Trend.DOWN: _("in calo"),
    }[verdict]


def _value(reading_figures: dict[Cell, FrozenFigure], indicator: Indicator) -> float | None:
    figure = reading_figures.get(Cell(indicator.key))
    if figure is None or figure.numerator is None:
        return None
    return value_of(indicator.unit, figure.numerator, figure.denominator)


def key_of(reading: Reading, indicator: Indicator) -> Key:
    """The total of an indicator in an edition, with its change; KeyError for a figure that the edition does not have."""
    figure = reading.figures[Cell(indicator.key)]
    value = _value(reading.figures, indicator)
    return Key(
        indicator,
        text_of(indicator, figure),
        figure.numerator is None,
        "not published" if value is None else shown_in_english(indicator.unit, value),
        fraction_of(indicator, figure),
        _change(reading, indicator),
    )


def _change(reading: Reading, indicator: Indicator) -> Change | None:
    now, then = _value(reading.figures, indicator), _value(reading.before, indicator)
    if now is None or then is None:
        return None
    verdict = trend(now, then, indicator.polarity)
    return Change(
        verdict,
        "=" if verdict is Trend.STABLE else "▲" if now > then else "▼",
        _("era %(before)s nel rapporto precedente") % {"before": shown(indicator.unit, then)},
        word_of(verdict),
    )
