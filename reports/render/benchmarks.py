"""A municipality beside its zone and its pact: a number alone says little to who governs one town."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from reports.enums import TerritoryKind
from reports.protect import Cell
from reports.queries.issues import Benchmark, Reading
from reports.render.figures import Table
from reports.render.keys import text_of
from reports.rules import Dimension, Indicator

COMPARED: Final = (
    "users",
    "coverage",
    "registrations",
    "service_pacts",
    "first_contact_rate",
    "appointments_kept_rate",
    "posts",
    "people_placed",
    "contracts",
    "placement_rate",
    "permanent_rate",
)


def beside(reading: Reading, by_key: Mapping[str, Indicator]) -> Table | None:
    """In an edition of one municipality: it and all zones and pacts that hold it. None where nothing does."""
    if reading.issue.kind != TerritoryKind.MUNICIPALITY or not reading.around:
        return None
    indicators = [by_key[key] for key in COMPARED if Cell(key) in reading.figures]
    rows = tuple(
        (
            str(indicator.label),
            text_of(indicator, reading.figures[Cell(indicator.key)]),
            *_texts(indicator, reading.around),
        )
        for indicator in indicators
    )
    columns = (_("Indicatore"), reading.issue.territory_name, *(benchmark.name for benchmark in reading.around))
    return Table(_("Il Comune accanto alla zona e al patto"), columns, rows)


def sheets(reading: Reading, by_key: Mapping[str, Indicator]) -> tuple[Table, ...]:
    """In an edition of several municipalities: one table for each, beside the edition's total and what else holds it."""
    if len(reading.municipalities) < 2:
        return ()
    indicators = [by_key[key] for key in COMPARED if Cell(key) in reading.figures]
    found = []
    for place in reading.municipalities:
        others = [b for b in reading.around if b.kind != reading.issue.kind and place.istat_code in b.codes]
        rows = tuple(
            (
                str(indicator.label),
                text_of(indicator, reading.figures.get(Cell(indicator.key, Dimension.MUNICIPALITY, place.istat_code))),
                *_texts(indicator, others),
                text_of(indicator, reading.figures[Cell(indicator.key)]),
            )
            for indicator in indicators
        )
        columns = (_("Indicatore"), place.name, *(other.name for other in others), reading.issue.territory_name)
        found.append(Table(place.name, columns, rows))
    return tuple(found)


def _texts(indicator: Indicator, benchmarks: Iterable[Benchmark]) -> list[str]:
    return [text_of(indicator, benchmark.totals.get(indicator.key)) for benchmark in benchmarks]
