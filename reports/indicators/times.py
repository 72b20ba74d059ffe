"""Figures of how long it takes: until somebody answers, until a vacancy is filled, until there is work."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports.indicators.outcomes import PERIOD, REGISTER, RESIDENTS, TWO_YEARS, WHEN_DUE
from reports.rules import Dimension, Indicator, Section, Unit

_HALF = _("Giorni entro cui la metà ha avuto risposta")
_ANSWER = Indicator(
    key="first_contact_median",
    section=Section.TAKING_IN_CHARGE,
    label=_("Giorni fino al primo contatto: la metà delle persone"),
    english="Days to first contact, median",
    unit=Unit.DAYS,
    polarity=-1,
    definition=_(
        "Giorni dalla registrazione entro cui la metà ha parlato con lo sportello. Chi aspetta ancora l'ultimo giorno conta come chi aspetta "
        "di più (metodo di Kaplan e Meier)."
    ),
    numerator="first_contacts:quantile:50",
    numerator_text=_HALF,
    denominator="first_contacts",
    denominator_text=_(
        "Registrazioni il cui termine è finito nel semestre: dicono su quante è il numero, che non si divide"
    ),
    population=RESIDENTS,
    reference=WHEN_DUE,
    source=REGISTER,
    first_version=2,
)
_SEARCH = Indicator(
    key="searches",
    section=Section.OUTCOMES,
    label=_("Persone registrate negli ultimi due anni"),
    english="People registered in the last two years",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Persone diverse registrate nei due anni fino all'ultimo giorno, dalla prima registrazione: di loro si guarda dopo quanto trovano "
        "un lavoro."
    ),
    numerator="searches",
    numerator_text=_("Persone registrate nei due anni fino all'ultimo giorno"),
    population=_("Chi risiedeva in uno dei Comuni del territorio il giorno della registrazione"),
    reference=TWO_YEARS,
    source=_("Registro degli sportelli lavoro; comunicazioni obbligatorie (COB)"),
    first_version=2,
    dimensions=(Dimension.OUTCOME,),
)
_KAPLAN_MEIER = _(
    "Dalla registrazione al primo contratto verificato. Chi cerca ancora l'ultimo giorno, o ha lasciato lo sportello per un altro "
    "motivo, conta finché lo si è seguito (metodo di Kaplan e Meier)."
)


def _found(percent: int, label: Promise, english: str, counted: Promise) -> Indicator:
    return replace(
        _SEARCH,
        key=f"search_p{percent}",
        label=label,
        english=english,
        unit=Unit.DAYS,
        polarity=-1,
        definition=format_lazy("{} {}", counted, _KAPLAN_MEIER),
        numerator=f"searches:quantile:{percent}",
        numerator_text=counted,
        denominator="searches",
        denominator_text=_("Persone registrate nei due anni: dicono su quante è il numero, che non si divide"),
        dimensions=(),
    )


ANSWERS = (
    _ANSWER,
    replace(
        _ANSWER,
        key="first_contact_p90",
        label=_("Giorni fino al primo contatto: nove persone su dieci"),
        english="Days to first contact, 90th percentile",
        definition=_(
            "Giorni dalla registrazione entro cui nove persone su dieci hanno parlato con lo sportello. Chi aspetta ancora l'ultimo giorno "
            "conta come chi aspetta di più (metodo di Kaplan e Meier)."
        ),
        numerator="first_contacts:quantile:90",
        numerator_text=_("Giorni entro cui nove su dieci hanno avuto risposta"),
    ),
)

FILLS = (
    replace(
        _ANSWER,
        key="time_to_fill",
        section=Section.COMPANIES,
        label=_("Giorni per coprire un'offerta: la metà delle offerte"),
        english="Days to fill a vacancy, median",
        definition=_(
            "Giorni dalla pubblicazione entro cui la metà delle offerte ha una proposta di lavoro, un inizio o è coperta in altro modo. Le "
            "offerte ritirate, scadute o ancora aperte l'ultimo giorno contano finché le si è seguite (metodo di Kaplan e Meier)."
        ),
        numerator="vacancies:quantile:50",
        numerator_text=_("Giorni entro cui la metà delle offerte è coperta"),
        denominator="vacancies",
        denominator_text=_("Offerte pubblicate nel semestre: dicono su quante è il numero, che non si divide"),
        population=_("Imprese e offerte con sede in uno dei Comuni del territorio"),
        reference=PERIOD,
        source=_("Offerte del portale; comunicazioni obbligatorie (COB)"),
    ),
)

SEARCHES = (
    _SEARCH,
    _found(
        25,
        _("Giorni per trovare lavoro: una persona su quattro"),
        "Days of search, 25th percentile",
        _("Giorni entro cui una persona su quattro ha trovato lavoro."),
    ),
    _found(
        50,
        _("Giorni per trovare lavoro: la metà delle persone"),
        "Days of search, median",
        _("Giorni entro cui la metà delle persone ha trovato lavoro."),
    ),
    _found(
        75,
        _("Giorni per trovare lavoro: tre persone su quattro"),
        "Days of search, 75th percentile",
        _("Giorni entro cui tre persone su quattro hanno trovato lavoro."),
    ),
    replace(
        _SEARCH,
        key="searching_after_12",
        label=_("Cercano ancora dopo 12 mesi"),
        english="Still searching after 12 months",
        unit=Unit.PERCENT,
        polarity=-1,
        definition=format_lazy(
            "{} {}", _("Persone che dopo 12 mesi non hanno trovato lavoro, ogni 100."), _KAPLAN_MEIER
        ),
        numerator="searches:months:12",
        numerator_text=_("Persone che cercherebbero ancora, se tutte fossero seguite fino in fondo"),
        denominator="searches",
        denominator_text=_("Persone registrate nei due anni fino all'ultimo giorno"),
        dimensions=(Dimension.MONTHS,),
    ),
)
