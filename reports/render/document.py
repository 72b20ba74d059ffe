"""An edition as chapters of charts, tables and computed sentences: what the page and the print both show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.charts.bars import Bar, StackedBar, bar_chart, stacked_chart
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.keys import HIDDEN, KEY_FIGURES, Key, key_of, text_of
from reports.rules import (
    Dimension,
    Indicator,
    Section,
    Semester,
    Unit,
    shown,
    value_of,
)
from sportello.core.text import grouped
from sportello.territory.enums import AgeBand, Sex
from sportello.territory.render.map import choropleth, is_drawable, map_svg

IN_MUNICIPALITY_TABLE = ("users", "registrations", "cases_opened", "service_pacts", "posts", "contracts", "coverage")


@dataclass(frozen=True)
class Table:
    """Columns and rows of texts; the first text of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each text with its column, for tables that become cards on a phone."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def has_hidden(self) -> bool:
        return any(HIDDEN in row for row in self.rows)


@dataclass(frozen=True)
class Figure:
    """A drawing and the table that says the same; a map's numbers stand in the table of all municipalities."""

    drawing: SafeString
    caption: str
    table: Table | None
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    section: Section
    title: str
    intro: str
    keys: tuple[Key, ...]
    figures: tuple[Figure, ...]

    @property
    def has_hidden(self) -> bool:
        return any(key.is_hidden for key in self.keys)


@dataclass(frozen=True)
class Document:
    """Everything an edition says, computed from its frozen figures only."""

    issue: ReportIssue
    semester: Semester
    before: ReportIssue | None
    keys: tuple[Key, ...]
    sentences: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    municipalities: Table | None
    definitions: tuple[Indicator, ...]


def glossary() -> list[tuple[str, str]]:
    """The words of the report, explained."""
    return [
        (_("Presa in carico"), _("Da quel giorno un operatore dello sportello segue la persona.")),
        (
            _("DID"),
            _("Dichiarazione di immediata disponibilità al lavoro: con essa inizia lo stato di disoccupazione."),
        ),
        (_("Patto di servizio"), _("Che cosa la persona e lo sportello si impegnano a fare, con le date.")),
        (_("COB"), _("Comunicazione obbligatoria con cui il datore di lavoro annuncia ogni contratto o tirocinio.")),
        (_("Tirocinio"), _("Esperienza in impresa, con un'indennità. Non è un contratto di lavoro.")),
        (_("Copertura"), _("Quante persone lo sportello raggiunge ogni 1.000 residenti in età da lavoro.")),
        (_("Patto territoriale"), _("Accordo con cui più Comuni uniscono le forze per il lavoro.")),
    ]


def compose(reading: Reading, indicators: Sequence[Indicator]) -> Document:
    """Lay out an edition; a figure that the edition does not have is left out."""
    by_key = {indicator.key: indicator for indicator in indicators}
    present = [indicator for indicator in indicators if Cell(indicator.key) in reading.figures]
    keys = {indicator.key: key_of(reading, indicator) for indicator in present}
    return Document(
        issue=reading.issue,
        semester=reading.semester,
        before=reading.before_issue,
        keys=tuple(keys[key] for key in KEY_FIGURES if key in keys),
        sentences=tuple(_sentences(reading)),
        chapters=tuple(
            Chapter(
                section,
                _title(section),
                _intro(section),
                tuple(keys[i.key] for i in present if i.section is section),
                tuple(_figures(section, reading, by_key)),
            )
            for section in Section
        ),
        municipalities=_municipality_table(reading, by_key),
        definitions=tuple(present),
    )


def _title(section: Section) -> str:
    match section:
        case Section.PEOPLE:
            return _("Le persone")
        case Section.TAKING_IN_CHARGE:
            return _("La presa in carico")
        case Section.COMPANIES:
            return _("Le imprese e le offerte")
        case Section.OUTCOMES:
            return _("Gli esiti")


def _intro(section: Section) -> str:
    match section:
        case Section.PEOPLE:
            return _("Chi si è rivolto allo sportello nel semestre. Ogni persona conta una volta sola.")
        case Section.TAKING_IN_CHARGE:
            return _("Che cosa è seguito: dalla pratica aperta al patto firmato, agli appuntamenti.")
        case Section.COMPANIES:
            return _("Le imprese incontrate e il lavoro che hanno offerto nel territorio.")
        case Section.OUTCOMES:
            return _("I contratti e i tirocini iniziati nel semestre, verificati con la comunicazione obbligatoria.")


def _sentences(reading: Reading) -> list[str]:
    """What the figures say in words; a sentence whose numbers are suppressed is not written."""
    found = []

    def say(template: str, **cells: Cell) -> None:
        numbers = {name: reading.figures.get(cell) for name, cell in cells.items()}
        if all(figure is not None and figure.numerator is not None for figure in numbers.values()):
            found.append(template % {name: grouped(figure.numerator) for name, figure in numbers.items() if figure})  # type: ignore[arg-type]

    say(
        _("Lo sportello ha seguito %(all)s persone: %(women)s donne e %(men)s uomini."),
        all=Cell("users"),
        women=Cell("users", Dimension.SEX, Sex.FEMALE),
        men=Cell("users", Dimension.SEX, Sex.MALE),
    )
    say(
        _("Si sono registrate %(registered)s persone e sono state aperte %(cases)s pratiche."),
        registered=Cell("registrations"),
        cases=Cell("cases_opened"),
    )
    say(
        _("Le imprese hanno offerto %(posts)s posti in %(vacancies)s offerte pubblicate."),
        posts=Cell("posts"),
        vacancies=Cell("vacancies"),
    )
    say(
        _("Sono iniziati %(contracts)s contratti di lavoro e %(internships)s tirocini."),
        contracts=Cell("contracts"),
        internships=Cell("internships"),
    )
    rate = reading.figures.get(Cell("placement_rate"))
    if rate is not None and rate.numerator is not None and rate.denominator:
        found.append(
            _("Contratti rispetto alle persone seguite: %(rate)s (%(contracts)s su %(users)s).")
            % {
                "rate": shown(Unit.PERCENT, 100 * rate.numerator / rate.denominator),
                "contracts": grouped(rate.numerator),
                "users": grouped(rate.denominator),
            }
        )
    return found


def _figures(section: Section, reading: Reading, by_key: dict[str, Indicator]) -> list[Figure]:
    match section:
        case Section.PEOPLE:
            drawn = [
                _by_sex(reading, [by_key["users"], by_key["registrations"]], "people-sex", _("Le persone per sesso")),
                _by_age(reading, by_key["registrations"]),
                _coverage_map(reading, by_key["coverage"]),
            ]
        case Section.TAKING_IN_CHARGE:
            steps = [by_key[key] for key in ("cases_opened", "declarations", "service_pacts")]
            drawn = [_by_sex(reading, steps, "charge-sex", _("Pratiche, dichiarazioni e patti per sesso"))]
        case Section.COMPANIES:
            offer = [by_key[key] for key in ("companies_met", "vacancies", "posts")]
            drawn = [_totals(reading, offer, "companies", _("Imprese, offerte e posti"))]
        case Section.OUTCOMES:
            results = [by_key["contracts"], by_key["internships"]]
            drawn = [_by_sex(reading, results, "outcomes-sex", _("Contratti e tirocini per sesso"))]
    return [figure for figure in drawn if figure is not None]


def _by_sex(reading: Reading, indicators: list[Indicator], name: str, title: str) -> Figure:
    bars, rows = [], []
    for indicator in indicators:
        women, men = (reading.figures.get(Cell(indicator.key, Dimension.SEX, sex)) for sex in Sex)
        total = reading.figures.get(Cell(indicator.key))
        texts = [text_of(indicator, figure) for figure in (women, men, total)]
        known = women and men and women.numerator is not None and men.numerator is not None
        parts = (women.numerator, men.numerator) if known and women and men else None
        said = _("%(women)s donne, %(men)s uomini") % {"women": texts[0], "men": texts[1]}
        bars.append(StackedBar(str(indicator.label), parts, said if parts else _("non pubblicato")))  # type: ignore[arg-type]
        rows.append((str(indicator.label), *texts))
    columns = (_("Indicatore"), _("Donne"), _("Uomini"), _("Totale"))
    drawing = stacked_chart(name=name, title=title, legend=[_("Donne"), _("Uomini")], bars=bars)
    return Figure(drawing, title, Table(title, columns, tuple(rows)))


def _by_age(reading: Reading, indicator: Indicator) -> Figure:
    title = _("Persone registrate per età")
    bands = [(band, reading.figures.get(Cell(indicator.key, Dimension.AGE, band))) for band in AgeBand]
    return _bars("people-age", title, _("Età"), indicator, [(str(band.label), figure) for band, figure in bands])


def _totals(reading: Reading, indicators: list[Indicator], name: str, title: str) -> Figure:
    rows = [(str(i.label), reading.figures.get(Cell(i.key))) for i in indicators]
    return _bars(name, title, _("Indicatore"), indicators[0], rows)


def _bars(
    name: str, title: str, heading: str, indicator: Indicator, rows: list[tuple[str, FrozenFigure | None]]
) -> Figure:
    texts = [(label, text_of(indicator, figure)) for label, figure in rows]
    bars = [
        Bar(label, figure.numerator if figure else None, _("non pubblicato") if text == HIDDEN else text)
        for (label, figure), (_label, text) in zip(rows, texts, strict=True)
    ]
    return Figure(
        bar_chart(name=name, title=title, bars=bars), title, Table(title, (heading, _("Totale")), tuple(texts))
    )


def _coverage_map(reading: Reading, indicator: Indicator) -> Figure | None:
    """Where the territory has several municipalities with a boundary; the table is beside every map."""
    places = [place for place in reading.municipalities if is_drawable(place.istat_code)]
    cells = {
        p.istat_code: reading.figures.get(Cell(indicator.key, Dimension.MUNICIPALITY, p.istat_code)) for p in places
    }
    if len(places) < 2 or not any(cells.values()):
        return None
    values = {
        code: value_of(indicator.unit, figure.numerator, figure.denominator)
        if figure and figure.numerator is not None
        else None
        for code, figure in cells.items()
    }
    names = {place.istat_code: place.name for place in places}
    areas, legend = choropleth(
        values, names=names, show=lambda value: shown(Unit.PER_THOUSAND, value), absent=_("Non pubblicato")
    )
    title = _("Persone seguite ogni 1.000 residenti dai 15 ai 64 anni")
    known = sorted(value for value in values.values() if value is not None)
    description = (
        _("Da %(lowest)s a %(highest)s.")
        % {"lowest": shown(indicator.unit, known[0]), "highest": shown(indicator.unit, known[-1])}
        if known
        else _("Nessun dato pubblicato.")
    )
    # Shown small on paper and on a phone: the legend must still be read there.
    drawing = map_svg(
        name="coverage", title=title, description=description, areas=areas, legend=legend, legend_scale=1.8
    )
    return Figure(
        # The print reads no style sheet inside a drawing: its face is an attribute, as in the charts.
        mark_safe(str(drawing).replace("<svg ", '<svg font-family="Titillium Web, sans-serif" ', 1)),
        title,
        None,
        _("I numeri sono nella tabella «Tutti i Comuni». Confini: openpolis e ISTAT, CC BY 4.0."),
    )


def _municipality_table(reading: Reading, by_key: dict[str, Indicator]) -> Table | None:
    if len(reading.municipalities) < 2:
        return None
    columns = [by_key[key] for key in IN_MUNICIPALITY_TABLE]
    rows = [
        (
            place.name,
            *(text_of(i, reading.figures.get(Cell(i.key, Dimension.MUNICIPALITY, place.istat_code))) for i in columns),
        )
        for place in reading.municipalities
    ]
    total = (_("Tutto il territorio"), *(text_of(i, reading.figures.get(Cell(i.key))) for i in columns))
    return Table(_("Tutti i Comuni"), (_("Comune"), *(str(i.label) for i in columns)), (*rows, total))
