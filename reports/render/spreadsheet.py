"""The figures for spreadsheets, as CSV (semicolons, UTF-8 with its mark, decimal commas) and as a workbook: nothing that a program would run."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.queries.issues import Reading
from reports.rules import Dimension, Indicator, Unit, value_of
from sportello.core.sheets import csv_bytes, write_workbook


def figures_csv(reading: Reading, indicators: Sequence[Indicator]) -> bytes:
    """One row a figure: edition, period, indicator, dimension, member, value, numerator, denominator, state (a published, c hidden)."""
    rows = ([_written(value) for value in row] for row in _rows(reading, indicators))
    return csv_bytes([_header(), *rows])


def write_figures(file: BinaryIO, reading: Reading, indicators: Sequence[Indicator]) -> None:
    """The same rows as a workbook, numbers as numbers, after a sheet that says what they are and how to read them."""
    issue = reading.issue
    facts = [
        (_("Rapporto sul lavoro nel territorio"), issue.territory_name),
        (_("Periodo"), reading.semester.label),
        (_("Edizione"), issue.code),
        (_("Dati fino al"), date_format(issue.data_cut, "j F Y")),
        (_("Impronta dei dati (SHA-256)"), issue.figures_sha256),
        (_("Pagina"), settings.SITE_URL + reverse("report_detail", kwargs={"issue": issue.pk})),
        (_("Licenza"), "Creative Commons Attribuzione 4.0 (CC BY 4.0)"),
        ("", ""),
        (_("Come leggere il foglio dei dati"), _("Ogni riga è un numero.")),
        (_("valore"), _("Il numeratore, o il numeratore diviso per il denominatore quando c'è.")),
        (_("dimensione"), _("Vuota per il totale; altrimenti secondo che cosa è diviso: sesso, età, Comune…")),
        (_("stato"), _("a: pubblicato. c: non pubblicato, per proteggere le persone.")),
        ("", ""),
        (
            *(_("Indicatore"), _("Definizione"), _("Versione del catalogo da cui c'è"), _("Data di riferimento")),
            _("Denominatore minimo"),
        ),
        *(
            (str(i.label), str(i.definition), i.first_version, str(i.reference), i.least_denominator_text)
            for i in indicators
        ),
    ]
    write_workbook(file, about=(_("Leggimi"), facts), rows=(_("Dati"), _header(), _rows(reading, indicators)))


def _header() -> list[str]:
    return [
        *(_("edizione"), _("dal"), _("al"), _("indicatore"), _("nome"), _("dimensione"), _("voce"), _("comune")),
        *(_("valore"), _("numeratore"), _("denominatore"), _("stato")),
    ]


def _rows(reading: Reading, indicators: Sequence[Indicator]) -> Iterator[list[object]]:
    """The figures in their order; a number that is hidden is None."""
    names = {place.istat_code: place.name for place in reading.municipalities}
    by_key = {indicator.key: indicator for indicator in indicators}
    issue = reading.issue
    for cell, figure in reading.figures.items():
        indicator = by_key[cell.measure]
        value = None if figure.numerator is None else value_of(indicator.unit, figure.numerator, figure.denominator)
        if value is not None:
            value = round(value) if indicator.unit in (Unit.COUNT, Unit.DAYS) else round(value, 4)
        town = names.get(cell.member, "") if cell.dimension == Dimension.MUNICIPALITY else ""
        yield [
            *(issue.code, reading.semester.first_day.isoformat(), issue.data_cut.isoformat(), indicator.key),
            *(str(indicator.label), cell.dimension, cell.member, town),
            *(value, figure.numerator, figure.denominator, "c" if figure.numerator is None else "a"),
        ]


def _written(value: object) -> object:
    """A share with its four decimals, as Italian spreadsheets read it."""
    return f"{value:.4f}".replace(".", ",") if isinstance(value, float) else value
