"""What those who steer see at a glance: six figures through the semesters, and the goals of a pact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.lines import Point, sparkline
from reports.models import ReportIssue
from reports.queries.issues import FrozenFigure, Reading
from reports.queries.series import Edition, Series
from reports.render.keys import KEY_FIGURES, NO_DATA, Key, key_of, text_of
from reports.rules import GoalState, Indicator, Semester, Unit, goal_state, shown, value_of
from sportello.core.text import grouped
from sportello.pacts.models import PactGoal

SEMESTERS_DRAWN = 8
"""How far back a line goes: the four years of a pact and its evaluation."""


@dataclass(frozen=True)
class KeyLine:
    """A key figure with its line; the drawing is empty while fewer than two semesters have a number."""

    key: Key
    drawing: SafeString


@dataclass(frozen=True)
class Dashboard:
    """The six figures of the newest edition of a territory, equal to those of its page and print."""

    issue: ReportIssue
    semester: Semester
    is_running: bool
    before: ReportIssue | None
    lines: tuple[KeyLine, ...]


def dashboard(series: Series | None, indicators: Sequence[Indicator], *, name: str) -> Dashboard | None:
    """The dashboard of a territory; None while it has no edition. `name` makes the drawings' ids unique in the document."""
    if series is None or series.newest is None:
        return None
    reading: Reading = series.newest
    by_key = {indicator.key: indicator for indicator in indicators}
    keys = [key_of(reading, by_key[key]) for key in KEY_FIGURES if key in series.editions[-1].totals]
    return Dashboard(
        issue=reading.issue,
        semester=reading.semester,
        is_running=reading.issue.data_cut < reading.semester.last_day,
        before=reading.before_issue,
        lines=tuple(KeyLine(key, _line(key, series, name)) for key in keys),
    )


def _line(key: Key, series: Series, name: str) -> SafeString:
    points = [
        Point(edition.semester.label, _value(key.indicator, figure), _words(key.indicator, figure))
        for edition in series.editions[-SEMESTERS_DRAWN:]
        for figure in [edition.totals.get(key.indicator.key)]
    ]
    if sum(point.value is not None for point in points) < 2:
        return SafeString()
    title = _("%(indicator)s, semestre per semestre") % {"indicator": key.indicator.label}
    return sparkline(name=f"{name}-{key.indicator.key}", title=title, points=points)


def _value(indicator: Indicator, figure: FrozenFigure | None) -> float | None:
    if figure is None or figure.numerator is None:
        return None
    return value_of(indicator.unit, figure.numerator, figure.denominator)


def _words(indicator: Indicator, figure: FrozenFigure | None) -> str:
    return text_of(indicator, figure) if _value(indicator, figure) is not None else _("non pubblicato")


@dataclass(frozen=True)
class Goal:
    """A goal with how far it is. `percent` is of the target, over 100 when it is passed, None without figures.

    `counted` are the semesters whose figures were taken, `missing` those that are over and have no edition, `hidden` those whose
    figure is not published: then `is_at_least`. `figures` name the editions, so that everybody can check the sum.
    """

    goal: PactGoal
    indicator: Indicator
    state: GoalState
    reached: str
    target: str
    percent: int | None
    is_at_least: bool
    counted: tuple[Edition, ...]
    missing: tuple[Semester, ...]
    hidden: tuple[Semester, ...]

    @property
    def bar(self) -> int:
        """What the bar shows, from 0 to 100."""
        return min(self.percent or 0, 100)

    @property
    def data_until(self) -> date | None:
        return self.counted[-1].issue.data_cut if self.counted else None


def goals(
    rows: Iterable[PactGoal], series: Series | None, indicators: Sequence[Indicator], *, today: date
) -> tuple[Goal, ...]:
    """Each goal measured on the frozen figures of its pact's editions, up to the last semester that ends by the goal's day.

    Figures that add up are summed from the pact's first semester; of the others the newest counts. `rows` have their pact.
    A goal whose indicator the report does not have is left out.
    """
    by_key = {indicator.key: indicator for indicator in indicators}
    return tuple(
        _goal(row, series or Series(), by_key[row.indicator], today) for row in rows if row.indicator in by_key
    )


def _goal(row: PactGoal, series: Series, indicator: Indicator, today: date) -> Goal:
    wanted = [semester for semester in Semester.span(row.pact.starts_on, row.due_on) if semester.last_day <= row.due_on]
    found = [edition for edition in series.editions if edition.semester in wanted]
    if not indicator.adds_up:
        wanted, found = wanted[-1:], found[-1:]
    values = {edition.semester: _value(indicator, edition.totals.get(indicator.key)) for edition in found}
    counted = tuple(edition for edition in found if values[edition.semester] is not None)
    known = [value for value in values.values() if value is not None]
    reached = sum(known) if known else None
    missing = tuple(s for s in wanted if s not in values and s.last_day < today)
    hidden = tuple(semester for semester, value in values.items() if value is None)
    covers_all = all(s in values for s in wanted) and all(e.issue.data_cut >= e.semester.last_day for e in found)
    return Goal(
        goal=row,
        indicator=indicator,
        state=goal_state(
            reached,
            target=row.target,
            is_due=row.due_on < today,
            is_complete=bool(wanted) and covers_all and not hidden,
        ),
        reached=NO_DATA if reached is None else shown(indicator.unit, reached),
        target=f"{grouped(row.target)} %" if indicator.unit is Unit.PERCENT else grouped(row.target),
        percent=None if reached is None else int(100 * reached / row.target),
        is_at_least=indicator.adds_up and bool(known) and bool(hidden or missing),
        counted=counted,
        missing=missing if indicator.adds_up else (),
        hidden=hidden,
    )
