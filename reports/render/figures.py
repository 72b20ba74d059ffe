"""The drawings of an edition, each with the table that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from candidates.enums import ContactChannel, TargetArea
from reports.charts.bars import Bar, StackedBar, bar_chart, stacked_chart
from reports.charts.steps import Mark, step_chart
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.groups import comparisons_in
from reports.render.keys import HIDDEN, text_of
from reports.render.skills import gaps_in
from reports.rules import Dimension, Indicator, Section, Unit, shown, value_of
from sportello.territory.enums import WORKING_AGE, AgeBand, Sex
from sportello.territory.render.map import choropleth, is_drawable, map_svg

MOST = 10
"""Occupations drawn at each end."""
# The whole, then its parts.
CONVERSATIONS = ("conversations", *(f"conversations_{channel}_rate" for channel in ContactChannel.values))
EMPLOYMENT_HOURS = ("contracts", *(f"contracts_{hours}_rate" for hours in ("thirty", "fewer", "unknown")))
ENDINGS = ("vacancies_ended", *(f"vacancies_{end}_rate" for end in ("filled", "wanting", "withdrawn", "expired")))


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
    """A drawing and the table that says the same; a map's numbers stand in the table of all municipalities, some tables need no drawing."""

    drawing: SafeString | None
    caption: str
    table: Table | None
    note: str = ""


def figures_of(section: Section, reading: Reading, by_key: dict[str, Indicator]) -> list[Figure]:
    drawn: list[Figure | None]
    match section:
        case Section.PEOPLE:
            drawn = [
                _by_sex(reading, [by_key["users"], by_key["registrations"]], "people-sex", _("Le persone per sesso")),
                _by_age(reading, by_key["registrations"]),
                _coverage_by_age(reading, by_key["users"], by_key["coverage"]),
                _coverage_map(reading, by_key["coverage"]),
            ]
        case Section.TAKING_IN_CHARGE:
            steps = [by_key[key] for key in ("cases_opened", "declarations", "service_pacts")]
            drawn = [
                _by_sex(reading, steps, "charge-sex", _("Pratiche, dichiarazioni e patti per sesso")),
                _shares(
                    reading, by_key, CONVERSATIONS, "conversations", _("Colloqui e contatti, per come si sono tenuti")
                ),
                _by_area(reading, by_key["open_cases"]),
                _services(reading, by_key["served_people"], by_key["services"]),
            ]
        case Section.COMPANIES:
            offer = [by_key[key] for key in ("companies_met", "vacancies", "posts")]
            drawn = [
                _totals(reading, offer, "companies", _("Imprese, offerte e posti")),
                _shares(reading, by_key, ENDINGS, "endings", _("Come finiscono le offerte")),
                _tightness(reading, by_key["tightness"]),
                *_skills(reading),
            ]
        case Section.TRAINING:
            courses = [by_key[key] for key in ("course_editions", "course_seats")]
            known = any(Cell(indicator.key) in reading.figures for indicator in courses)
            drawn = [_totals(reading, courses, "training", _("Corsi e posti")) if known else None]
        case Section.OUTCOMES:
            known = Cell("people_placed") in reading.figures
            results = [by_key[key] for key in (*(["people_placed"] if known else []), "contracts", "internships")]
            drawn = [
                _by_sex(reading, results, "outcomes-sex", _("Lavoro e tirocini per sesso")),
                _shares(reading, by_key, EMPLOYMENT_HOURS, "hours", _("Contratti per ore alla settimana")),
                _funnel(reading, by_key),
                _search(reading, by_key["searching_after_12"]),
                _groups(reading, by_key["coverage"]),
            ]
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


def _coverage_by_age(reading: Reading, people: Indicator, coverage: Indicator) -> Figure | None:
    """How many the desk follows of each age, beside the residents who are as old."""
    served, covered = (_members(reading, indicator, Dimension.AGE) for indicator in (people, coverage))
    if not _tell_anything(covered.values()):
        return None
    title = _("Persone seguite ogni 1.000 residenti, per età")
    bars, rows = [], []
    for band in WORKING_AGE:
        figure = covered.get(band)
        text, is_told = text_of(coverage, figure), figure is not None and figure.numerator is not None
        value = (
            value_of(coverage.unit, figure.numerator, figure.denominator)
            if figure and figure.numerator is not None
            else None
        )
        bars.append(Bar(str(band.label), value, text if is_told else _("non pubblicato")))
        rows.append((str(band.label), text_of(people, served.get(band)), text))
    columns = (_("Età"), _("Persone seguite"), _("Ogni 1.000 residenti"))
    return Figure(bar_chart(name="coverage-age", title=title, bars=bars), title, Table(title, columns, tuple(rows)))


def _totals(reading: Reading, indicators: list[Indicator], name: str, title: str) -> Figure:
    rows = [(str(i.label), reading.figures.get(Cell(i.key))) for i in indicators]
    return _bars(name, title, _("Indicatore"), indicators[0], rows)


def _bars(
    name: str, title: str, heading: str, indicator: Indicator, rows: Sequence[tuple[str, FrozenFigure | None]]
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


def _members(reading: Reading, indicator: Indicator, dimension: Dimension) -> dict[str, FrozenFigure]:
    """The figures of an indicator along a dimension, by their member; empty in editions that do not have them."""
    return {
        cell.member: figure
        for cell, figure in reading.figures.items()
        if cell.measure == indicator.key and cell.dimension == dimension
    }


def _tell_anything(figures: Iterable[FrozenFigure | None]) -> bool:
    """Whether a drawing would show a number: that all are hidden the table of the chapter says."""
    return any(figure is not None and figure.numerator is not None for figure in figures)


def _by_area(reading: Reading, indicator: Indicator) -> Figure | None:
    found = _members(reading, indicator, Dimension.OUTCOME)
    if not _tell_anything(found.values()):
        return None
    labels = [*TargetArea.choices, ("none", _("Area non ancora decisa"))]
    rows = [(str(label), found.get(area)) for area, label in labels]
    return _bars("charge-areas", _("Persone in carico per area"), _("Area"), indicator, rows)


def _shares(
    reading: Reading, by_key: dict[str, Indicator], keys: Sequence[str], name: str, title: str
) -> Figure | None:
    """How many each part of a whole has, and which share; the first key is that of the whole."""
    whole, *parts = (by_key[key] for key in keys)
    found = [(part, reading.figures.get(Cell(part.key))) for part in parts]
    if not _tell_anything(figure for _part, figure in found):
        return None
    numbers = [(str(part.label), figure and FrozenFigure(figure.numerator, None)) for part, figure in found]
    drawn = _bars(name, title, _("Voce"), whole, numbers)
    rows = tuple(
        (label, text_of(whole, number), text_of(part, figure))
        for (label, number), (part, figure) in zip(numbers, found, strict=True)
    )
    return Figure(drawn.drawing, title, Table(title, (_("Voce"), _("Numero"), _("Quota")), rows))


def _services(reading: Reading, people: Indicator, times: Indicator) -> Figure | None:
    """Kinds that everybody knows that nobody had are left out."""
    found, given = (_members(reading, indicator, Dimension.SERVICE) for indicator in (people, times))
    codes = [code for code in reading.names if code in found and found[code].numerator != 0]
    if not _tell_anything(found[code] for code in codes):
        return None
    title = _("Persone che hanno avuto ogni servizio")
    drawn = _bars("services", title, _("Servizio"), people, [(reading.names[code], found[code]) for code in codes])
    rows = tuple((reading.names[code], text_of(people, found[code]), text_of(times, given.get(code))) for code in codes)
    columns = (_("Servizio"), _("Persone"), _("Volte"))
    return Figure(drawn.drawing, title, Table(title, columns, rows))


def _tightness(reading: Reading, indicator: Indicator) -> Figure | None:
    """The occupations with the most posts for those who look for them, and those with the fewest."""
    told = [
        (value, group, figure)
        for group, figure in _members(reading, indicator, Dimension.OCCUPATION).items()
        if figure.numerator is not None
        and (value := value_of(indicator.unit, figure.numerator, figure.denominator)) is not None
    ]
    if not told:
        return None
    ranked = sorted(told, key=lambda row: (-row[0], row[1]))
    ends = ranked if len(ranked) <= 2 * MOST else [*ranked[:MOST], *ranked[-MOST:]]
    title = _("Posti ogni 100 persone che cercano quella professione")
    rows = [(reading.names.get(group, group), value, text_of(indicator, figure)) for value, group, figure in ends]
    drawing = bar_chart(name="tightness", title=title, bars=[Bar(*row) for row in rows])
    columns = (_("Professione"), _("Posti ogni 100 persone"))
    note = _("Le professioni con più e con meno posti per chi le cerca, tra quelle di cui si pubblicano le persone.")
    table = Table(title, columns, tuple((label, text) for label, _value, text in rows))
    return Figure(drawing, title, table, note)


def _skills(reading: Reading) -> list[Figure]:
    short, idle = gaps_in(reading)
    columns = (_("Competenza"), _("Posti che la chiedono"), _("Persone che l'hanno"), _("Differenza in punti"))
    note = _(
        "Quanti ogni 100 posti aperti e ogni 100 persone in carico; tra parentesi il numero. I posti si sommano mese per mese."
    )
    found = []
    for name, title, gaps in (
        ("short", _("Competenze che mancano"), short),
        ("idle", _("Competenze che nessun posto chiede"), idle),
    ):
        if gaps:
            bars = [Bar(gap.name, abs(gap.points), gap.texts[-1]) for gap in gaps]
            drawing = bar_chart(name=f"skills-{name}", title=title, bars=bars)
            found.append(Figure(drawing, title, Table(title, columns, tuple(gap.texts for gap in gaps)), note))
    return found


def _funnel(reading: Reading, by_key: dict[str, Indicator]) -> Figure | None:
    """People step by step, beside the pairs of a person and a vacancy."""
    first, *further = (
        ("", _("Proposte")),
        ("_agreed", _("Hanno detto di sì")),
        ("_viewed", _("Viste dall'impresa")),
        ("_interview", _("Colloquio")),
        ("_offer", _("Proposta di lavoro")),
        ("_hired", _("Assunzione")),
    )

    def counts(key: str) -> list[FrozenFigure | None]:
        """The numerators alone, as counts."""
        found = [reading.figures.get(Cell(f"{key}{step}")) for step, _label in (first, *further)]
        return [FrozenFigure(figure.numerator, None) if figure else None for figure in found]

    title = _("Dalla proposta all'assunzione: le persone")
    people, pairs = counts("people_referred"), counts("referrals")
    if not _tell_anything([*people[1:], *pairs[1:]]):
        return None
    labels = [label for _step, label in (first, *further)]
    drawn = _bars("funnel", title, _("Passo"), by_key["people_referred"], list(zip(labels, people, strict=True)))
    counted = by_key["people_referred"]
    rows = tuple(
        (label, text_of(counted, person), text_of(counted, pair))
        for label, person, pair in zip(labels, people, pairs, strict=True)
    )
    return Figure(drawn.drawing, title, Table(title, (_("Passo"), _("Persone"), _("Candidature")), rows))


def _search(reading: Reading, indicator: Indicator) -> Figure | None:
    """How many still search, month after month (Kaplan and Meier)."""
    found = sorted(_members(reading, indicator, Dimension.MONTHS).items(), key=lambda row: int(row[0]))
    if not _tell_anything(figure for _months, figure in found):
        return None
    title = _("Quante persone cercano ancora dopo i mesi dalla registrazione")
    marks, rows = [], []
    for months, figure in found:
        text = text_of(indicator, figure)
        value = None
        if figure.numerator is not None:
            value = value_of(indicator.unit, figure.numerator, figure.denominator)
        label = _("%(months)s mesi") % {"months": months}
        marks.append(Mark(int(months), value, label, _("non pubblicato") if text == HIDDEN else text))
        rows.append((label, text))
    columns = (_("Dopo"), _("Cercano ancora"))
    return Figure(step_chart(name="search", title=title, marks=marks), title, Table(title, columns, tuple(rows)))


def _groups(reading: Reading, coverage: Indicator) -> Figure | None:
    """Rates of each group with their interval, and their ratio to the group of reference; none where one is not told."""
    rows = comparisons_in(reading, coverage)
    if not rows:
        return None
    title = _("Confronti tra gruppi")
    columns = (_("Gruppo"), _("Quota (intervallo al 95 %)"), _("Rapporto con il riferimento (intervallo al 95 %)"))
    note = _(
        "Donne e uomini si confrontano tra loro; le età con chi ha da 35 a 54 anni. Un rapporto il cui intervallo contiene 1 può venire dal caso."
    )
    return Figure(None, title, Table(title, columns, rows), note)
