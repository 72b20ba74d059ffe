"""Groups beside each other: how many of each came so far, with the 95 % interval and the ratio to the group of reference."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.keys import HIDDEN, NO_DATA
from reports.rules import GROUPS, REFERENCE, Dimension, Indicator, Share, rounded
from sportello.territory.enums import WORKING_AGE, Sex

COVERED_AGES = {
    "young": (gettext_lazy("Da 15 a 34 anni"), WORKING_AGE[:2]),
    "middle": (GROUPS["middle"], WORKING_AGE[2:4]),
    "older": (gettext_lazy("Da 55 a 64 anni"), WORKING_AGE[4:]),
}
"""The groups that are compared, by the bands of residents that make them up: nobody else is measured against residents."""


def comparisons_in(reading: Reading, coverage: Indicator) -> tuple[tuple[str, str, str], ...]:
    """Of each rate and group its name, its share and its ratio as people read them; empty where no rate is told."""
    worked = _("Hanno lavorato entro 6 mesi")
    rates = {(worked, group): (str(label), [Cell(f"worked_within_6_{group}")]) for group, label in GROUPS.items()}
    for sex in Sex:
        group = sex.lower()
        rates[str(coverage.label), group] = str(GROUPS[group]), [Cell(coverage.key, Dimension.SEX, sex)]
    for group, (label, bands) in COVERED_AGES.items():
        rates[str(coverage.label), group] = str(label), [Cell(coverage.key, Dimension.AGE, band) for band in bands]
    found = {key: [reading.figures.get(cell) for cell in cells] for key, (_label, cells) in rates.items()}
    if not any(figure and figure.numerator is not None for figures in found.values() for figure in figures):
        return ()
    numbers = {key: _numbers(figures) for key, figures in found.items()}
    rows = []
    for (rate, group), own in numbers.items():
        share = Share.of(own, numbers[rate, REFERENCE[group]] if REFERENCE[group] != group else None) if own else None
        is_hidden = share is None and all(found[rate, group])
        rows.append(
            (
                f"{rate}: {rates[rate, group][0]}",
                HIDDEN if is_hidden else _interval(share, 1 if rate == worked else 10),
                _ratio(share) if REFERENCE[group] != group else _("riferimento"),
            )
        )
    return tuple(rows)


def _numbers(figures: Sequence[FrozenFigure | None]) -> tuple[int, int] | None:
    """The sums of both numbers of figures that are all told; a part that exceeds its whole is no share."""
    over = under = 0
    for figure in figures:
        if figure is None or figure.numerator is None or not figure.denominator:
            return None
        over, under = over + figure.numerator, under + figure.denominator
    return (over, under) if over <= under else None


def _interval(share: Share | None, times: int) -> str:
    """`times` 10 for a part of a thousand."""
    if share is None:
        return NO_DATA
    value, low, high = (
        str(rounded(times * number)).replace(".", ",") for number in (share.percent, share.low, share.high)
    )
    sign = " %" if times == 1 else ""
    return _("%(value)s%(sign)s (da %(low)s a %(high)s)") % {"value": value, "sign": sign, "low": low, "high": high}


def _ratio(share: Share | None) -> str:
    if share is None or share.ratio is None:
        return NO_DATA
    value, low, high = (f"{number:.2f}".replace(".", ",") for number in share.ratio)
    return _("%(value)s (da %(low)s a %(high)s)") % {"value": value, "low": low, "high": high}
