"""An edition as chapters of charts, tables and computed sentences: what the page and the print both show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reports.enums import TerritoryKind
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.actions import ActionThen
from reports.queries.issues import Reading
from reports.render.benchmarks import beside, sheets
from reports.render.figures import Figure, Table, figures_of
from reports.render.keys import KEY_FIGURES, NO_DATA, Key, key_of, text_of
from reports.render.revisions import Revision, revision_of
from reports.rules import (
    Dimension,
    Indicator,
    Section,
    Semester,
    Unit,
    shown,
)
from sportello.core.text import grouped
from sportello.territory.enums import Sex

IN_MUNICIPALITY_TABLE = ("users", "registrations", "cases_opened", "service_pacts", "posts", "contracts", "coverage")


@dataclass(frozen=True)
class Chapter:
    section: Section
    title: str
    intro: str
    keys: tuple[Key, ...]
    figures: tuple[Figure, ...]

    @property
    def told(self) -> list[Key]:
        """Those with a number: of a small town they are few, and a column of dots says nothing."""
        return [key for key in self.keys if not key.is_hidden]

    @property
    def hidden(self) -> list[Key]:
        return [key for key in self.keys if key.is_hidden]


@dataclass(frozen=True)
class Document:
    """Everything an edition says, computed from its frozen figures only."""

    issue: ReportIssue
    semester: Semester
    before: ReportIssue | None
    keys: tuple[Key, ...]
    sentences: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    served: str
    beside: Table | None
    municipalities: Table | None
    sheets: tuple[Table, ...]
    actions: Table | None
    revision: Revision | None
    definitions: tuple[Indicator, ...]

    @property
    def told(self) -> list[Key]:
        """The totals of all chapters that are published."""
        return [key for chapter in self.chapters for key in chapter.told]

    @property
    def hidden(self) -> list[Key]:
        """Those that are not."""
        return [key for chapter in self.chapters for key in chapter.hidden]


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
        (
            _("Kaplan e Meier"),
            _("Modo di contare le durate che non butta via chi aspetta ancora: ognuno conta finché lo si è seguito."),
        ),
        (
            _("Intervallo al 95 %"),
            _("Dove sta il numero vero 95 volte su 100, se il caso fosse il solo a farlo variare (metodo di Wilson)."),
        ),
        (_("ISCO-08"), _("Classificazione internazionale delle professioni; due cifre indicano un gruppo.")),
        (_("Patto territoriale"), _("Accordo con cui più Comuni uniscono le forze per il lavoro.")),
    ]


def compose(reading: Reading, indicators: Sequence[Indicator]) -> Document:
    """Lay out an edition; a figure that the edition does not have is left out, and a chapter without any."""
    by_key = {indicator.key: indicator for indicator in indicators}
    known = {cell.measure for cell in reading.figures}
    present = [indicator for indicator in indicators if indicator.key in known]
    keys = {i.key: key_of(reading, i) for i in present if Cell(i.key) in reading.figures}
    chapters = (
        Chapter(
            section,
            _title(section),
            _intro(section),
            tuple(keys[i.key] for i in present if i.section is section and i.key in keys),
            tuple(figures_of(section, reading, by_key)),
        )
        for section in Section
    )
    return Document(
        issue=reading.issue,
        semester=reading.semester,
        before=reading.before_issue,
        keys=tuple(keys[key] for key in KEY_FIGURES if key in keys),
        sentences=tuple(_sentences(reading)),
        chapters=tuple(chapter for chapter in chapters if chapter.keys or chapter.figures),
        served=_served(reading),
        beside=beside(reading, by_key),
        municipalities=_municipality_table(reading, by_key),
        sheets=sheets(reading, by_key),
        actions=actions_table(reading.actions),
        revision=revision_of(reading, present),
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
        case Section.TRAINING:
            return _("La formazione")
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
        case Section.TRAINING:
            return _(
                "I corsi cominciati nel territorio e i posti che offrono. Nessuno si iscrive dal portale: chi li frequenta non si conta qui."
            )
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
    placed = {"people": Cell("people_placed")} if Cell("people_placed") in reading.figures else {}
    say(
        _("Sono iniziati %(contracts)s contratti di lavoro, di %(people)s persone, e %(internships)s tirocini.")
        if placed
        else _("Sono iniziati %(contracts)s contratti di lavoro e %(internships)s tirocini."),
        contracts=Cell("contracts"),
        internships=Cell("internships"),
        **placed,
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


def actions_table(actions: Sequence[ActionThen]) -> Table | None:
    """What the pact had agreed to do in the semester; None where nothing was under way."""
    if not actions:
        return None
    rows = tuple(
        (
            action.title,
            action.code,
            date_format(action.starts_on, "j F Y"),
            date_format(action.ends_on, "j F Y") if action.ends_on else NO_DATA,
            str(action.state.label),
        )
        for action in actions
    )
    return Table(_("Le azioni del patto"), (_("Azione"), _("Codice"), _("Dal"), _("Al"), _("Stato")), rows)


def _served(reading: Reading) -> str:
    """The municipalities of the desk that an edition is about, by name; "" in editions of other territories."""
    is_of_desk = reading.issue.kind == TerritoryKind.DESK
    return get_text_list([place.name for place in reading.municipalities], _("e")) if is_of_desk else ""


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
