"""Counting every area at once: one query a measure, whatever the number of municipalities, zones and pacts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from candidates.models import Candidate
from reports.indicators.events import Cohort
from reports.indicators.measures import Measure, Window
from reports.protect import Cell
from reports.queries.areas import Places
from reports.rules import Dimension
from sportello.territory.enums import AgeBand, Sex

# The bands of AgeBand by their first year of age, so that the database can band people by itself.
_BANDS = {int(band.value.rstrip("+").partition("-")[0]): band for band in AgeBand}


@dataclass(frozen=True)
class _Column:
    """What units are counted by: its `value` is reckoned from what a unit keeps of its events."""

    value: str
    kept: tuple[str, ...] = ()
    is_of_subject: bool = False


_KEPT: Final = {
    "day": "MIN(day)",
    "outcome": "MIN(outcome)",
    "hours": "MIN(hours)",
    "since": "MIN(since)",
    "arrival": "MIN(arrival)",
    "ended": "MIN(happened) FILTER (WHERE ends)",
    "observed": "LEAST(MIN(observed), MIN(happened) FILTER (WHERE NOT ends))",
    "stage": "MIN(CASE WHEN happened <= due THEN CASE WHEN COALESCE(until >= due, TRUE) THEN 0 ELSE 1 END ELSE 2 END)",
}
_COLUMNS: Final = {
    "sex": _Column("sex", is_of_subject=True),
    "band": _Column("width_bucket(date_part('year', age(%s::date, birth_date)), %s)", is_of_subject=True),
    "outcome": _Column("outcome", ("outcome",)),
    "hours": _Column("hours", ("hours",)),
    "since": _Column("since", ("since",)),
    "arrival": _Column("arrival", ("arrival",)),
    "days": _Column("LEAST(ended, observed) - day", ("day", "ended", "observed")),
    "lasts": _Column("COALESCE(ended > observed, TRUE)::int", ("ended", "observed")),
    "stage": _Column("stage", ("stage",)),
}
_COLUMN_OF: Final = {
    Dimension.SEX: "sex",
    Dimension.AGE: "band",
    **dict.fromkeys((Dimension.OUTCOME, Dimension.SERVICE, Dimension.OCCUPATION, Dimension.SKILL), "outcome"),
    **{dimension: dimension.value for dimension in (Dimension.HOURS, Dimension.SINCE, Dimension.ARRIVAL)},
}

Counts = dict[str, dict[Cell, int]]
"""By area, the counts of one measure: the total and each member of each dimension, zeros included."""
Lasted = dict[str, Counter[tuple[int, bool]]]
"""By area, how many units lasted so many days, and whether that was all."""
_Number = tuple[str, Sequence[Any], int]
"""An area, the value of each column, and how many units have them."""


@dataclass(frozen=True)
class Tally:
    """All that is counted of one measure: see `counted`, `employers_of`, `spells_of`."""

    counts: Counts
    employers: dict[str, Counter[str]]
    spells: Lasted


def members_of(measure: Measure, dimension: Dimension) -> Sequence[str]:
    """The members of a dimension, in the order in which they are told; none that are known before they are met."""
    match dimension:
        case Dimension.SEX:
            return [str(sex) for sex in Sex]
        case Dimension.AGE:
            return [str(band) for band in AgeBand]
        case Dimension.OUTCOME:
            return measure.outcomes
        case _:
            return measure.tables.get(dimension, ())


def refined_in(measure: Measure) -> list[tuple[Dimension, str, Sequence[str]]]:
    """The members that have steps, each with the dimension in which it stands."""
    return [
        (dimension, member, steps)
        for member, steps in measure.refined.items()
        for dimension in (Dimension.OUTCOME, *measure.tables)
        if member in members_of(measure, dimension)
    ]


def counted(measure: Measure, window: Window, places: Places, spells: Lasted | None = None) -> Counts:
    """The counts of a measure in every area. People are counted once in an area however many of its municipalities served them.

    A person's age is that of the last day, so that it is one and the same in all areas, and for whoever is also counted elsewhere. A
    measure with a duration is counted from its `spells`; one query where they are not given.
    """
    dimensions = dimensions_of(measure)
    empty = {Cell(measure.key): 0} | {
        Cell(measure.key, dimension, member): 0 for dimension in dimensions for member in members_of(measure, dimension)
    }
    counts = {area: dict(empty) for area in places.geography.areas}
    if measure.duration is not None:
        found = _ended(measure, window, spells_of(measure, window, places) if spells is None else spells)
    elif measure.cohort is not None:
        found = _followed(measure.cohort, _numbers(measure, window, places, ["outcome", "stage"]))
    else:
        found = _numbers(measure, window, places, [_COLUMN_OF[dimension] for dimension in dimensions])
    for area, values, number in found:
        cells = counts[area]
        cells[Cell(measure.key)] += number
        for dimension, value in zip(dimensions, values, strict=True):
            cell = Cell(measure.key, dimension, _member(dimension, value))
            cells[cell] = cells.get(cell, 0) + number
    for cells in counts.values():
        for dimension, member, steps in refined_in(measure):
            for step in steps:
                number = cells.pop(Cell(measure.key, dimension, step), 0)
                cells[Cell(measure.key, Dimension.STEP, step)] = number
                cells[Cell(measure.key, dimension, member)] += number
    met = {cell for cells in counts.values() for cell in cells}
    return {area: dict.fromkeys(sorted(met - cells.keys()), 0) | cells for area, cells in counts.items()}


def tallied(measure: Measure, window: Window, places: Places) -> Tally:
    """One query, and one for the employers."""
    spells = spells_of(measure, window, places)
    return Tally(counted(measure, window, places, spells), employers_of(measure, window, places), spells)


def dimensions_of(measure: Measure) -> list[Dimension]:
    """Along what a measure is counted, beside its total."""
    return [*measure.dimensions, *([Dimension.OUTCOME] if measure.outcomes else []), *measure.tables]


def spells_of(measure: Measure, window: Window, places: Places) -> Lasted:
    """How long the units of a measure lasted in each area; empty where nobody asks how long. One query."""
    found: Lasted = {}
    if measure.duration is not None:
        for area, (days, lasts), number in _numbers(measure, window, places, ["days", "lasts"]):
            found.setdefault(area, Counter())[days, not lasts] = number
    return found


def employers_of(measure: Measure, window: Window, places: Places) -> dict[str, Counter[str]]:
    """How much each employer has of a measure, by municipality; empty where single employers do not matter."""
    found: dict[str, Counter[str]] = {}
    if measure.employers is not None:
        for row in measure.employers(window):
            if row["place"] in places.codes:
                found.setdefault(places.codes[row["place"]], Counter())[row["employer"]] += row["number"]
    return found


def _ended(measure: Measure, window: Window, spells: Lasted) -> Iterator[_Number]:
    """How many ended in each outcome, by the days that they lasted."""
    within = measure.duration.within(window) if measure.duration else {}
    for area, lasted in spells.items():
        for (days, is_over), number in lasted.items():
            outcomes = (outcome for outcome, most in within.items() if is_over and days <= most)
            yield area, [next(outcomes, outcome) for outcome in measure.outcomes[-1:]], number


def _followed(cohort: Cohort, numbers: Iterable[_Number]) -> Iterator[_Number]:
    """The numbers by the outcome that the stage makes."""
    for area, (group, stage), number in numbers:
        yield area, ["_".join(filter(None, (group, cohort.stages[stage])))], number


def _numbers(measure: Measure, window: Window, places: Places, columns: Sequence[str]) -> Iterator[_Number]:
    """By area and by the values of the columns the number of units; what there is none of is left out. One query."""
    rows, params = measure.events(window).query.sql_with_params()
    fact = ""
    if after := measure.duration or measure.cohort:
        facts, more = after.facts(window).query.sql_with_params()
        fact = f" fact AS ({facts}),"
        params = (*params, *more)
    sql = (  # only names of our own are written into the text; values are parameters
        f"WITH event AS ({rows}),{fact}"  # noqa: S608
        " area AS (SELECT * FROM unnest(%s::text[], %s::uuid[]) AS pair(area, place)),"
        f" {_each_row(columns) if measure.sums_weights else _each_unit(columns, is_followed=after is not None)}"
    )
    banded: tuple[Any, ...] = (window.end, [*_BANDS]) if "band" in columns else ()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *places.pairs(), *banded])
        for area, number, *values in cursor.fetchall():
            yield area, values, int(number)


def _each_row(columns: Sequence[str]) -> str:
    """The weights of all rows, summed place by place; an area is the sum of its places."""
    by = _listed(columns)
    return (
        f"told AS ({_told(columns, 'place, weight', 'event')}),"  # noqa: S608
        f" held AS (SELECT place, SUM(weight) AS number{by} FROM told GROUP BY place{by})"
        f" SELECT area, SUM(number){by} FROM held JOIN area USING (place) GROUP BY area{by}"
    )


def _each_unit(columns: Sequence[str], *, is_followed: bool) -> str:
    """Each unit once in an area. Nearly all are in one place alone and are counted there, and an area is the sum of its places;
    only those in several places are looked for in each area."""
    by = _listed(columns)
    kept = sorted({name for column in columns for name in _COLUMNS[column].kept})
    least = _listed([f"{_KEPT[name]} AS {name}" for name in kept])
    source = "event LEFT JOIN fact ON whose = subject AND happened >= day" if is_followed else "event"
    key = "unit, place, subject" if _is_about_people(columns) else "unit, place"
    merged = _listed([f"MIN({column}) AS {column}" for column in columns])
    return (
        f"once AS (SELECT {key}{least} FROM {source} GROUP BY {key}),"  # noqa: S608
        f" several AS (SELECT unit FROM once GROUP BY unit HAVING COUNT(*) > 1),"
        f" told AS ({_told(columns, 'place, several.unit', _ONCE)}),"
        f" held AS (SELECT place, unit, COUNT(*) AS number{by} FROM told GROUP BY place, unit{by}),"
        f" number AS (SELECT area, number{by} FROM held JOIN area USING (place) WHERE unit IS NULL"
        f" UNION ALL SELECT area, 1{merged} FROM held JOIN area USING (place) WHERE unit IS NOT NULL GROUP BY area, unit)"
        f" SELECT area, SUM(number){by} FROM number GROUP BY area{by}"
    )


_ONCE: Final = "once LEFT JOIN several ON several.unit = once.unit"
"""The unit is that of `several`: null for one that is in a single place."""


def _told(columns: Sequence[str], kept: str, source: str) -> str:
    """Units with the value of each column."""
    values = _listed([f"{_COLUMNS[column].value} AS {column}" for column in columns])
    people = f" JOIN {Candidate._meta.db_table} AS person ON person.id = subject" if _is_about_people(columns) else ""
    return f"SELECT {kept}{values} FROM {source}{people}"  # noqa: S608


def _is_about_people(columns: Sequence[str]) -> bool:
    return any(_COLUMNS[column].is_of_subject for column in columns)


def _listed(texts: Sequence[str]) -> str:
    """As they stand after other columns."""
    return "".join(f", {text}" for text in texts)


def _member(dimension: Dimension, value: Any) -> str:
    return str([*_BANDS.values()][value - 1]) if dimension is Dimension.AGE else str(value)
