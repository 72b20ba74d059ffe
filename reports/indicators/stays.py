"""Figures of who comes back, of who stays for long, and of how fast those in charge change."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from reports.indicators.outcomes import LAST_DAY, PERIOD, REGISTER, RESIDENTS
from reports.protect import Cell
from reports.rules import Indicator, Section, Unit

_AT_OPENING = _("Chi risiedeva in uno dei Comuni del territorio quando la pratica è stata aperta")

RETURNS = (
    Indicator(
        key="returns",
        section=Section.PEOPLE,
        label=_("Persone che si erano già registrate"),
        english="People who had registered before",
        unit=Unit.PERCENT,
        polarity=0,
        definition=_(
            "Persone registrate nel semestre che si erano già registrate in un giorno di prima, in qualunque sportello, ogni 100. Chi si "
            "registra due volte nello stesso semestre, e mai prima, non è un ritorno."
        ),
        numerator="registrations.arrival:again",
        numerator_text=_("Persone registrate nel semestre, con una registrazione di prima del semestre"),
        denominator="registrations",
        denominator_text=_("Persone diverse con almeno una registrazione nel semestre"),
        population=RESIDENTS,
        reference=PERIOD,
        source=REGISTER,
        first_version=4,
    ),
)

STAYS = (
    Indicator(
        key="long_in_charge",
        section=Section.TAKING_IN_CHARGE,
        label=_("In carico da più di 12 mesi"),
        english="In charge for more than 12 months",
        unit=Unit.PERCENT,
        polarity=-1,
        definition=_(
            "Persone con una pratica aperta da più di 365 giorni alla fine dell'ultimo giorno, ogni 100 persone in carico quel giorno."
        ),
        numerator="open_cases.since:long",
        numerator_text=_("Persone con una pratica aperta da più di 365 giorni"),
        denominator="open_cases",
        denominator_text=_("Persone con una pratica aperta alla fine dell'ultimo giorno"),
        population=_AT_OPENING,
        reference=LAST_DAY,
        source=REGISTER,
        first_version=4,
    ),
    Indicator(
        key="turnover",
        section=Section.TAKING_IN_CHARGE,
        label=_("Pratiche chiuse ogni 100 persone in carico"),
        english="Cases closed per 100 people in charge",
        unit=Unit.PER_HUNDRED,
        polarity=0,
        definition=_(
            "Ricambio: pratiche chiuse nel semestre, divise per la media tra le persone in carico all'inizio e quelle in carico alla fine. Chi "
            "era in carico all'inizio si ricava da chi lo è alla fine, meno le prese in carico, più le pratiche chiuse. Il calcolo è scritto "
            "con il doppio di tutti e due i numeri, per non avere mezze persone."
        ),
        numerator="turnover",
        numerator_text=_("Il doppio delle pratiche chiuse nel semestre"),
        denominator="turnover_base",
        denominator_text=_("Persone in carico all'inizio del semestre, più quelle in carico alla fine"),
        population=_AT_OPENING,
        reference=PERIOD,
        source=REGISTER,
        first_version=4,
    ),
)

_BALANCE: Final = (Cell("open_cases"), Cell("cases_opened"), Cell("closed_cases"))


def with_turnover(cells: Mapping[Cell, int | None]) -> dict[Cell, int | None]:
    """The cells of an area with the turnover of those in charge, hidden where one of the numbers that it is made of is.

    These are told together or not at all, so it tells nothing more. An area that does not have them has none.
    """
    if any(cell not in cells for cell in _BALANCE):
        return {**cells}
    at_end, opened, closed = (cells[cell] for cell in _BALANCE)
    if at_end is None or opened is None or closed is None:
        return {**cells, Cell("turnover"): None, Cell("turnover_base"): None}
    at_beginning = at_end - opened + closed
    return {**cells, Cell("turnover"): 2 * closed, Cell("turnover_base"): at_beginning + at_end}
