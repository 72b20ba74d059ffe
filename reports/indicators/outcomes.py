"""Figures of what came of it: referrals, cases closed with a job, and whether people work after some months."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.rules import Indicator, Section, Unit

RESIDENTS = _("Chi risiedeva in uno dei Comuni del territorio il giorno dell'evento")
REGISTER = _("Registro degli sportelli lavoro")
PERIOD = _("Il semestre, dal primo all'ultimo giorno")
PERIOD_AND_RESIDENTS = _("Il semestre; i residenti al 1° gennaio dell'ultimo conteggio")
LAST_DAY = _("L'ultimo giorno del periodo")
MONTH_ENDS = _("L'ultimo giorno di ogni mese del semestre")
WHEN_DUE = _("Il giorno in cui finisce il tempo per rispondere, se è nel semestre")
AFTER_MONTHS = _("Il giorno in cui quei mesi sono passati, se è nel semestre")
TWO_YEARS = _("I due anni fino all'ultimo giorno")
PROPOSED = _("Ciò che è iniziato nel semestre, come stava il giorno in cui i dati sono stati congelati")
"""When a figure is true: its days of reference."""
NOTICES = _("Registro degli sportelli lavoro; comunicazioni obbligatorie (COB)")
_AT_WORK = _(
    "Persone registrate al lavoro il giorno in cui sono passati i mesi, ogni 100. Conta solo un contratto verificato e iniziato dopo la "
    "registrazione; tirocini e servizio civile non contano."
)
_EVER_AT_WORK = _(
    "Persone registrate che entro quei mesi hanno lavorato almeno un giorno, ogni 100, anche se poi il contratto è finito. Conta solo un "
    "contratto verificato e iniziato dopo la registrazione."
)
_FOLLOWED = _("Persone registrate per cui quei mesi sono finiti nel semestre")
_AT_REGISTRATION = _("Chi risiedeva in uno dei Comuni del territorio il giorno della registrazione")


def _after(
    months: int, cohort: Promise, at_work: Promise, ever: Promise, english: tuple[str, str, str]
) -> tuple[Indicator, ...]:
    """A cohort and its two readings: at work on the day, and ever at work until then. Each is honest only beside the other."""
    people = Indicator(
        key=f"followed_{months}",
        section=Section.OUTCOMES,
        label=cohort,
        english=english[0],
        unit=Unit.COUNT,
        polarity=0,
        definition=_(
            "Persone di cui si guarda se lavorano: quelle registrate tanti mesi prima di un giorno del semestre."
        ),
        numerator=f"followed_{months}",
        numerator_text=_FOLLOWED,
        population=_AT_REGISTRATION,
        reference=AFTER_MONTHS,
        source=REGISTER,
        first_version=1,
    )
    point = replace(
        people,
        key=f"in_work_after_{months}",
        label=at_work,
        english=english[1],
        unit=Unit.PERCENT,
        polarity=1,
        definition=_AT_WORK,
        numerator=f"followed_{months}.in_work",
        numerator_text=_("Persone al lavoro quel giorno"),
        denominator=f"followed_{months}",
        denominator_text=_FOLLOWED,
        source=NOTICES,
    )
    worked = replace(
        point,
        key=f"worked_within_{months}",
        label=ever,
        english=english[2],
        definition=_EVER_AT_WORK,
        numerator=f"followed_{months}.in_work+worked",
        numerator_text=_("Persone che hanno lavorato almeno un giorno"),
    )
    return people, point, worked


_REFERRED = Indicator(
    key="referrals",
    section=Section.OUTCOMES,
    label=_("Candidature proposte alle persone"),
    english="Referrals proposed to people",
    unit=Unit.COUNT,
    polarity=0,
    definition=_("Volte in cui lo sportello ha proposto a una persona un'offerta di lavoro nel semestre."),
    numerator="referrals",
    numerator_text=_("Coppie di una persona e un'offerta, proposte nel semestre"),
    population=_("Chi risiede in uno dei Comuni del territorio"),
    reference=PROPOSED,
    source=REGISTER,
    first_version=1,
    adds_up=True,
)


_BEYOND = {
    "agreed": "agreed+interview+hired",
    "viewed": "step:viewed+interview+hired",
    "interview": "interview+hired",
    "offer": "step:offer+hired",
    "hired": "hired",
}
"""The outcomes of who came at least to a step."""


_PEOPLE_REFERRED = replace(
    _REFERRED,
    key="people_referred",
    label=_("Persone proposte per un'offerta"),
    english="People proposed for a vacancy",
    definition=_(
        "Persone diverse a cui lo sportello ha proposto almeno un'offerta di lavoro nel semestre. Chi ne ha avute più d'una conta una volta."
    ),
    numerator="people_referred",
    numerator_text=_("Persone diverse proposte per almeno un'offerta nel semestre"),
    first_version=2,
    adds_up=False,
)


def _step(key: str, label: Promise, english: str, counted: Promise, *, first_version: int) -> Indicator:
    """How many of the referrals of the semester came at least so far."""
    return replace(
        _REFERRED,
        key=key,
        label=label,
        english=english,
        unit=Unit.PERCENT,
        polarity=1,
        definition=_(
            "Candidature proposte nel semestre arrivate almeno a questo passo entro il giorno in cui i dati sono stati congelati, ogni 100."
        ),
        numerator=f"referrals.{_BEYOND[key.rpartition('_')[2]]}",
        numerator_text=counted,
        denominator="referrals",
        denominator_text=_("Candidature proposte nel semestre"),
        first_version=first_version,
        adds_up=False,
    )


def _people_step(key: str, label: Promise, english: str, counted: Promise) -> Indicator:
    """How many of the people came at least so far with one of their referrals."""
    return replace(
        _PEOPLE_REFERRED,
        key=key,
        label=label,
        english=english,
        unit=Unit.PERCENT,
        polarity=1,
        definition=_(
            "Persone arrivate almeno a questo passo con una delle candidature proposte nel semestre, entro il giorno in cui i dati sono stati "
            "congelati, ogni 100 persone proposte."
        ),
        numerator=f"people_referred.{_BEYOND[key.rpartition('_')[2]]}",
        numerator_text=counted,
        denominator="people_referred",
        denominator_text=_("Persone diverse proposte per almeno un'offerta nel semestre"),
    )


OUTCOMES = (
    Indicator(
        key="closed_placed_rate",
        section=Section.OUTCOMES,
        label=_("Pratiche chiuse con un lavoro"),
        english="Cases closed with a job",
        unit=Unit.PERCENT,
        polarity=1,
        definition=_("Pratiche chiuse perché la persona ha trovato lavoro, ogni 100 chiuse nel semestre."),
        numerator="closed_cases.placed",
        numerator_text=_("Pratiche chiuse con un lavoro"),
        denominator="closed_cases",
        denominator_text=_("Pratiche chiuse nel semestre"),
        population=_("Chi risiedeva in uno dei Comuni del territorio quando la pratica è stata aperta"),
        reference=PERIOD,
        source=REGISTER,
        first_version=1,
    ),
    _REFERRED,
    _step(
        "referrals_agreed",
        _("Candidature accettate dalla persona"),
        "Referrals agreed by the person",
        _("Candidature a cui la persona ha detto di sì"),
        first_version=1,
    ),
    _step(
        "referrals_viewed",
        _("Candidature viste dall'impresa"),
        "Referrals viewed by the company",
        _("Candidature che l'impresa ha aperto o portato più avanti"),
        first_version=2,
    ),
    _step(
        "referrals_interview",
        _("Candidature arrivate al colloquio"),
        "Referrals that led to an interview",
        _("Candidature con almeno un colloquio o una proposta dell'impresa"),
        first_version=1,
    ),
    _step(
        "referrals_offer",
        _("Candidature arrivate a una proposta di lavoro"),
        "Referrals that led to an offer",
        _("Candidature con una proposta di lavoro dell'impresa"),
        first_version=2,
    ),
    _step(
        "referrals_hired",
        _("Candidature finite in un'assunzione"),
        "Referrals that led to a hire",
        _("Candidature finite in un'assunzione"),
        first_version=1,
    ),
    _PEOPLE_REFERRED,
    _people_step(
        "people_referred_agreed",
        _("Persone che hanno detto di sì"),
        "People who agreed to a referral",
        _("Persone che hanno detto di sì ad almeno una candidatura"),
    ),
    _people_step(
        "people_referred_viewed",
        _("Persone viste da un'impresa"),
        "People viewed by a company",
        _("Persone di cui un'impresa ha aperto la candidatura o l'ha portata più avanti"),
    ),
    _people_step(
        "people_referred_interview",
        _("Persone arrivate al colloquio"),
        "People who came to an interview",
        _("Persone con almeno un colloquio o una proposta di un'impresa"),
    ),
    _people_step(
        "people_referred_offer",
        _("Persone con una proposta di lavoro"),
        "People with an offer",
        _("Persone con almeno una proposta di lavoro di un'impresa"),
    ),
    _people_step(
        "people_referred_hired",
        _("Persone assunte"),
        "People hired",
        _("Persone con almeno una candidatura finita in un'assunzione"),
    ),
    *_after(
        3,
        _("Persone registrate 3 mesi prima"),
        _("Al lavoro dopo 3 mesi"),
        _("Hanno lavorato entro 3 mesi"),
        ("People registered 3 months before", "In work after 3 months", "Ever worked within 3 months"),
    ),
    *_after(
        6,
        _("Persone registrate 6 mesi prima"),
        _("Al lavoro dopo 6 mesi"),
        _("Hanno lavorato entro 6 mesi"),
        ("People registered 6 months before", "In work after 6 months", "Ever worked within 6 months"),
    ),
    *_after(
        12,
        _("Persone registrate 12 mesi prima"),
        _("Al lavoro dopo 12 mesi"),
        _("Hanno lavorato entro 12 mesi"),
        ("People registered 12 months before", "In work after 12 months", "Ever worked within 12 months"),
    ),
)
