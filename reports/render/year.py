"""The balance of a pact's year: what its two editions tell side by side, and the sums of what adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.queries.issues import FrozenFigure
from reports.queries.series import Edition
from reports.queries.year import HalfYear, MemberMove, PactYear
from reports.render.document import actions_table
from reports.render.figures import Table
from reports.render.keys import HIDDEN, NO_DATA, fraction_of, text_of, word_of
from reports.render.steering import Goal, goals
from reports.rules import GoalState, Indicator, Trend, Unit, change_told, trend
from sportello.core.pdf import SCHEME, Enclosed, Printed, print_page
from sportello.core.sheets import csv_bytes
from sportello.pacts.models import TerritorialPact

AT_THE_END = frozenset({"open_cases"})
"""Figures that are a picture of the last day."""


@dataclass(frozen=True)
class Line:
    """A figure of both halves; None where an edition does not have it. `total` and `before`, of the year and the one before it, only of what adds up."""

    indicator: Indicator
    halves: tuple[FrozenFigure | None, FrozenFigure | None]
    total: FrozenFigure | None
    before: FrozenFigure | None

    @property
    def is_told(self) -> bool:
        """Whether one of the halves has a number: rows of dots alone say nothing."""
        return any(figure is not None and figure.numerator is not None for figure in self.halves)


@dataclass(frozen=True)
class Balance:
    """Everything that the page and the print say; a table is None where it would have no row. `before` is the year compared with.

    `untold` are the names of the figures that neither half publishes, `members` how many municipalities belonged at the end of each half; `has_same_members` as at the end of the year before.
    """

    pact: TerritorialPact
    year: int
    before: int | None
    editions: tuple[Edition, Edition]
    lines: tuple[Line, ...]
    sums: Table | None
    at_the_end: Table | None
    returning: Table | None
    rates: Table | None
    untold: tuple[str, ...]
    goals: Table | None
    retired: tuple[str, ...]
    actions: Table | None
    moves: Table | None
    members: tuple[int, int]
    has_same_members: bool

    @property
    def frozen_at(self) -> datetime:
        """When the last of its figures was frozen."""
        return max(moment for edition in self.editions if (moment := edition.issue.frozen_at))


def balance_of(year: PactYear, indicators: Sequence[Indicator]) -> Balance:
    """Lay out the year of a pact; a figure that neither edition has is left out."""
    lines = tuple(line for indicator in indicators if (line := _line(year, indicator)))
    told = [line for line in lines if line.is_told]
    counts = [line for line in told if line.indicator.unit is Unit.COUNT and not line.indicator.adds_up]
    measured = goals(year.goals, year.series, indicators, today=date(year.year + 1, 1, 1))
    end = date(year.year, 12, 31)
    given_up = [(goal.goal, day) for goal in measured if (day := goal.goal.retired_on) and day <= end]
    gone = [goal for goal, _day in given_up]
    return Balance(
        pact=year.pact,
        year=year.year,
        before=year.year - 1 if year.before else None,
        editions=(year.halves[0].edition, year.halves[1].edition),
        lines=lines,
        sums=_sums(year, [line for line in told if line.indicator.adds_up]),
        at_the_end=_beside(_("Alla fine di ogni semestre"), [i for i in counts if i.indicator.key in AT_THE_END]),
        returning=_beside(_("Chi può tornare"), [i for i in counts if i.indicator.key not in AT_THE_END]),
        rates=_beside(_("Quote e tempi"), [line for line in told if line.indicator.unit is not Unit.COUNT]),
        untold=tuple(str(line.indicator.label) for line in lines if not line.is_told),
        goals=_goals([goal for goal in measured if goal.goal not in gone], year.year),
        retired=tuple(
            _("%(title)s: ritirato il %(day)s. %(reason)s")
            % {"title": goal.title, "day": date_format(day, "j F Y"), "reason": goal.retirement_reason}
            for goal, day in given_up
        ),
        actions=actions_table(year.actions),
        moves=_moves(year.moves),
        members=(len(year.halves[0].members), len(year.halves[1].members)),
        has_same_members=year.before is not None and year.before[1].members == year.halves[1].members,
    )


def total_of(figures: tuple[FrozenFigure | None, FrozenFigure | None]) -> FrozenFigure | None:
    """The sum of both halves: hidden where one is, since less the other it would give that one back; None where one is missing."""
    first, second = figures
    if first is None or second is None:
        return None
    if first.numerator is None or second.numerator is None:
        return FrozenFigure(None, None)
    return FrozenFigure(first.numerator + second.numerator, None)


def _line(year: PactYear, indicator: Indicator) -> Line | None:
    def of(halves: tuple[HalfYear, HalfYear]) -> tuple[FrozenFigure | None, FrozenFigure | None]:
        first, second = (half.edition.totals.get(indicator.key) for half in halves)
        return first, second

    found = of(year.halves)
    if found == (None, None):
        return None
    return Line(
        indicator,
        found,
        total_of(found) if indicator.adds_up else None,
        total_of(of(year.before)) if indicator.adds_up and year.before else None,
    )


def _sums(year: PactYear, lines: Sequence[Line]) -> Table | None:
    columns = [
        _("Indicatore"),
        _("Primo semestre"),
        _("Secondo semestre"),
        _("Tutto il %(year)s") % {"year": year.year},
    ]
    if year.before:
        columns += [_("Tutto il %(year)s") % {"year": year.year - 1}, _("Differenza")]
    rows = []
    for line in lines:
        texts = [text_of(line.indicator, figure) for figure in (*line.halves, line.total)]
        if year.before:
            texts += [text_of(line.indicator, line.before), _difference(line)]
        rows.append((str(line.indicator.label), *texts))
    return Table(_("Che cosa è stato fatto nell'anno"), tuple(columns), tuple(rows)) if rows else None


def _difference(line: Line) -> str:
    """How much more or less than the year before, in words; of what is hidden in one of the years, nothing."""
    if line.total is None or line.before is None:
        return NO_DATA
    if line.total.numerator is None or line.before.numerator is None:
        return HIDDEN
    words = change_told(line.total.numerator - line.before.numerator)
    verdict = trend(line.total.numerator, line.before.numerator, line.indicator.polarity)
    return f"{words}: {word_of(verdict)}" if verdict in (Trend.BETTER, Trend.WORSE) else words


def _beside(title: str, lines: Sequence[Line]) -> Table | None:
    columns = (_("Indicatore"), _("Primo semestre"), _("Secondo semestre"))
    rows = tuple(
        (str(line.indicator.label), *(_with_fraction(line.indicator, figure) for figure in line.halves))
        for line in lines
    )
    return Table(title, columns, rows) if rows else None


def _with_fraction(indicator: Indicator, figure: FrozenFigure | None) -> str:
    text = text_of(indicator, figure)
    fraction = fraction_of(indicator, figure) if figure else ""
    return f"{text} ({fraction})" if fraction else text


def _goals(measured: Sequence[Goal], year: int) -> Table | None:
    states = {
        GoalState.REACHED: _("Raggiunto"),
        GoalState.UNDER_WAY: _("In corso"),
        GoalState.MISSED: _("Non raggiunto"),
        GoalState.AWAITING: _("In attesa dei rapporti"),
    }
    rows = tuple(
        (
            f"{goal.goal.title} ({goal.indicator.label})",
            _reached(goal),
            goal.target,
            date_format(goal.goal.due_on, "j F Y"),
            states[goal.state],
        )
        for goal in measured
    )
    columns = (_("Obiettivo"), _("Raggiunto"), _("Da raggiungere"), _("Entro il"), _("Alla fine dell'anno"))
    return Table(_("Gli obiettivi alla fine del %(year)s") % {"year": year}, columns, rows) if rows else None


def _reached(goal: Goal) -> str:
    if goal.percent is None:
        return HIDDEN if goal.hidden else NO_DATA
    reached = _("almeno %(number)s") % {"number": goal.reached} if goal.is_at_least else goal.reached
    return f"{reached} ({goal.percent}%)"


def _moves(moves: Sequence[MemberMove]) -> Table | None:
    rows = tuple(
        (move.name, _("Ha aderito") if move.has_joined else _("È uscito"), date_format(move.on, "j F Y"))
        for move in moves
    )
    return Table(_("Chi è entrato e chi è uscito"), (_("Comune"), _("Che cosa"), _("Quando")), rows) if rows else None


def balance_csv(balance: Balance) -> bytes:
    """One row a figure: the pact, the year, the indicator, both numbers and the state (a published, c hidden) of each half with its edition, then the sum."""
    header = [_("patto"), _("anno"), _("indicatore"), _("nome")]
    for number in (1, 2):
        header += [f"{name}_{number}" for name in (_("edizione"), _("numeratore"), _("denominatore"), _("stato"))]
    rows: list[list[object]] = [[*header, _("somma")]]
    for line in balance.lines:
        row: list[object] = [balance.pact.slug, balance.year, line.indicator.key, str(line.indicator.label)]
        for edition, figure in zip(balance.editions, line.halves, strict=True):
            state = "" if figure is None else "c" if figure.numerator is None else "a"
            found = figure or FrozenFigure(None, None)
            row += [edition.issue.code, found.numerator, found.denominator, state]
        rows.append([*row, line.total.numerator if line.total else None])
    return csv_bytes(rows)


def print_balance(balance: Balance) -> Printed:
    """Lay out the balance and write it, its figures as a table inside. The bytes depend on the balance alone."""
    context = {"balance": balance, "stylesheet": f"{SCHEME}css/report-print.css", "hidden_sign": HIDDEN}
    return print_page(
        render_to_string("reports/pdf/pact_year.html", context),
        enclosed=Enclosed(
            name="bilancio.csv",
            description=_("I numeri del bilancio"),
            content=balance_csv(balance),
            changed_at=balance.frozen_at,
        ),
    )
