"""A municipality beside what holds it."""

from reports.enums import TerritoryKind
from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import Benchmark, FrozenFigure, Reading
from reports.render.benchmarks import beside, sheets
from reports.rules import Dimension
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
USERS, RATE = (str(BY_KEY[key].label) for key in ("users", "placement_rate"))
SEGRATE = Municipality(name="Segrate", istat_code="015205")
RODANO = Municipality(name="Rodano", istat_code="015189")


def benchmark(kind: TerritoryKind, name: str, *codes: str) -> Benchmark:
    totals = {"users": FrozenFigure(900, None), "placement_rate": FrozenFigure(None, None)}
    return Benchmark(kind, name, frozenset(codes), totals)


ZONE = benchmark(TerritoryKind.ZONE, "Adda Martesana", "015205")
PACT = benchmark(TerritoryKind.PACT, "Patto Sud Est", "015205", "015189")


def reading(issue: ReportIssue, figures: dict[Cell, FrozenFigure], *around: Benchmark, places: int = 0) -> Reading:
    return Reading(issue, figures, [RODANO, SEGRATE][:places], None, {}, around=around)


def test_a_municipality_stands_beside_its_zone_and_its_pact() -> None:
    figures = {Cell("users"): FrozenFigure(1431, None), Cell("placement_rate"): FrozenFigure(68, 431)}
    table = beside(reading(ReportIssue(kind="municipality", municipality=SEGRATE), figures, ZONE, PACT), BY_KEY)
    assert table
    assert table.columns == ("Indicatore", "Segrate", "Adda Martesana", "Patto Sud Est")
    assert table.rows == ((USERS, "1.431", "900", "900"), (RATE, "15,8 %", "•", "•"))
    assert table.has_hidden


def test_one_that_nothing_holds_stands_alone_as_does_a_pact() -> None:
    figures = {Cell("users"): FrozenFigure(1431, None)}
    assert beside(reading(ReportIssue(kind="municipality", municipality=SEGRATE), figures), BY_KEY) is None
    assert beside(reading(ReportIssue(kind="pact", pact=TerritorialPact(name="Patto")), figures, ZONE), BY_KEY) is None


def test_each_municipality_of_a_pact_has_its_sheet_beside_its_own_zone_and_the_whole() -> None:
    figures = {
        Cell("users"): FrozenFigure(1500, None),
        Cell("users", Dimension.MUNICIPALITY, "015205"): FrozenFigure(1431, None),
        Cell("users", Dimension.MUNICIPALITY, "015189"): FrozenFigure(None, None),
    }
    other = benchmark(TerritoryKind.PACT, "Un altro patto", "015205")
    issue = ReportIssue(kind="pact", pact=TerritorialPact(name="Patto Sud Est"))
    rodano, segrate = sheets(reading(issue, figures, ZONE, other, places=2), BY_KEY)
    assert (rodano.caption, rodano.columns) == ("Rodano", ("Indicatore", "Rodano", "Patto Sud Est"))
    assert rodano.rows == ((USERS, "•", "1.500"),)
    assert segrate.columns == ("Indicatore", "Segrate", "Adda Martesana", "Patto Sud Est")
    assert segrate.rows == ((USERS, "1.431", "900", "1.500"),)
    assert sheets(reading(issue, figures, ZONE, places=1), BY_KEY) == ()
