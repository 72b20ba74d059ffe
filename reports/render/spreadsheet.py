"""The figures as CSV for spreadsheets: semicolons, UTF-8 with its mark, decimal commas, nothing that a program would run."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.queries.issues import Reading
from reports.rules import Dimension, Indicator, Unit, value_of
from sportello.core.sheets import csv_bytes


def figures_csv(reading: Reading, indicators: Sequence[Indicator]) -> bytes:
    """One row a figure: edition, period, indicator, dimension, member, value, numerator, denominator, state (a published, c hidden)."""
    names = {place.istat_code: place.name for place in reading.municipalities}
    by_key = {indicator.key: indicator for indicator in indicators}
    rows = [
        [
            *(_("edizione"), _("dal"), _("al"), _("indicatore"), _("nome"), _("dimensione"), _("voce"), _("comune")),
            *(_("valore"), _("numeratore"), _("denominatore"), _("stato")),
        ]
    ]
    issue = reading.issue
    for cell, figure in reading.figures.items():
        indicator = by_key[cell.measure]
        value = None if figure.numerator is None else value_of(indicator.unit, figure.numerator, figure.denominator)
        row = [issue.code, reading.semester.first_day.isoformat(), issue.data_cut.isoformat(), indicator.key]
        row += [str(indicator.label), cell.dimension, cell.member]
        row += [names.get(cell.member, "") if cell.dimension == Dimension.MUNICIPALITY else ""]
        row += [_number(value, whole=indicator.unit is Unit.COUNT)]
        row += ["" if n is None else str(n) for n in (figure.numerator, figure.denominator)]
        rows.append([*row, "c" if figure.numerator is None else "a"])
    return csv_bytes(rows)


def _number(value: float | None, *, whole: bool) -> str:
    if value is None:
        return ""
    return str(round(value)) if whole else f"{value:.4f}".replace(".", ",")
