"""Counting every area at once: one query a measure, whatever the number of municipalities, zones and pacts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from reports.indicators.measures import Measure, Window
from reports.protect import Cell
from reports.queries.areas import Places
from reports.rules import Dimension
from sportello.territory.enums import AgeBand, Sex

# The bands of AgeBand by their first year of age, so that the database can band people by itself.
_BANDS = {int(band.value.rstrip("+").partition("-")[0]): band for band in AgeBand}
_COLUMNS = {Dimension.SEX: "sex", Dimension.AGE: "band", Dimension.OUTCOME: "outcome"}

Counts = dict[str, dict[Cell, int]]
"""By area, the counts of one measure: the total and each member of each dimension, zeros included."""


def members_of(measure: Measure, dimension: Dimension) -> Sequence[str]:
    """The members of a dimension, in the order in which they are told."""
    match dimension:
        case Dimension.SEX:
            return [str(sex) for sex in Sex]
        case Dimension.AGE:
            return [str(band) for band in AgeBand]
        case Dimension.OUTCOME:
            return measure.outcomes
        case _:
            return [""]


def counted(measure: Measure, window: Window, places: Places) -> Counts:
    """The counts of a measure in every area. People are counted once in an area however many of its municipalities served them.

    A person's age is that of their first event of the period, wherever it was, so that who has a birthday in between stays in one
    band, the same in all areas.
    """
    dimensions = dimensions_of(measure)
    empty = {Cell(measure.key): 0} | {
        Cell(measure.key, dimension, member): 0 for dimension in dimensions for member in members_of(measure, dimension)
    }
    counts = {area: dict(empty) for area in places.geography.areas}
    for area, cell, number in _grouped(measure, dimensions, window, places):
        counts[area][cell] = number
    return counts


def dimensions_of(measure: Measure) -> list[Dimension]:
    """Along what a measure is counted, beside its total."""
    return [*measure.dimensions, *([Dimension.OUTCOME] if measure.outcomes else [])]


def employers_of(measure: Measure, window: Window, places: Places) -> dict[str, Counter[str]]:
    """How much each employer has of a measure, by municipality; empty where single employers do not matter."""
    found: dict[str, Counter[str]] = {}
    if measure.employers is not None:
        for row in measure.employers(window):
            if row["place"] in places.codes:
                found.setdefault(places.codes[row["place"]], Counter())[row["employer"]] += row["number"]
    return found


def _grouped(
    measure: Measure, dimensions: Iterable[Dimension], window: Window, places: Places
) -> Iterator[tuple[str, Cell, int]]:
    """One query: first each unit once in each area, then a grouping set for the total and one for each dimension."""
    dimensions = list(dimensions)
    columns = [_COLUMNS[dimension] for dimension in dimensions]
    inner, params = measure.events(window).query.sql_with_params()
    number = "SUM(weight)" if measure.sums_weights else "COUNT(*)"
    grouped = [f"GROUPING({column})" for column in columns]
    sql = (  # only names of our own are written into the text; values are parameters
        f"WITH event AS ({inner}),"  # noqa: S608
        " dated AS (SELECT *, MIN(day) OVER (PARTITION BY unit) AS first_day FROM event),"
        " area AS (SELECT * FROM unnest(%s::text[], %s::uuid[]) AS pair(area, place)),"
        " unit AS (SELECT area, unit, SUM(weight) AS weight, MIN(sex) AS sex, MIN(outcome) AS outcome,"
        " width_bucket(date_part('year', age(MIN(first_day), MIN(born::date))), %s) AS band"
        " FROM dated JOIN area USING (place) GROUP BY area, unit)"
        f" SELECT {', '.join(['area', number, *columns, *grouped])} FROM unit"
        f" GROUP BY GROUPING SETS ({', '.join(['(area)', *(f'(area, {column})' for column in columns)])})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *places.pairs(), [*_BANDS]])
        rows = cursor.fetchall()
    for area, count, *rest in rows:
        cell = Cell(measure.key)
        for dimension, member, is_rolled_up in zip(dimensions, rest[: len(columns)], rest[len(columns) :], strict=True):
            if not is_rolled_up:
                cell = Cell(measure.key, dimension, _member(dimension, member))
        yield area, cell, int(count)


def _member(dimension: Dimension, value: Any) -> str:
    return str([*_BANDS.values()][value - 1]) if dimension is Dimension.AGE else str(value)
