"""Figures of what came of it: contracts, referrals, and whether people work after some months."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.rules import Dimension, Indicator, Section, Unit

RESIDENTS = _("Chi risiedeva in uno dei Comuni del territorio il giorno dell'evento")
REGISTER = _("Registro degli sportelli lavoro")
_NOTICES = _("Registro degli sportelli lavoro; comunicazioni obbligatorie (COB)")
_BY_SEX = (Dimension.SEX, Dimension.MUNICIPALITY)
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
        source=REGISTER,
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
        source=_NOTICES,
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
    source=REGISTER,
    adds_up=True,
)


def _step(key: str, label: Promise, english: str, outcomes: str, counted: Promise) -> Indicator:
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
        numerator=f"referrals.{outcomes}",
        numerator_text=counted,
        denominator="referrals",
        denominator_text=_("Candidature proposte nel semestre"),
        adds_up=False,
    )


OUTCOMES = (
    Indicator(
        key="contracts",
        section=Section.OUTCOMES,
        label=_("Contratti avviati"),
        english="Contracts started",
        unit=Unit.COUNT,
        polarity=1,
        definition=_(
            "Contratti di lavoro iniziati nel semestre e verificati con la comunicazione obbligatoria. Tirocini e servizio civile non contano. "
            "Una persona può averne più d'uno."
        ),
        numerator="contracts",
        numerator_text=_("Contratti di lavoro verificati, iniziati nel semestre"),
        population=RESIDENTS,
        source=_NOTICES,
        dimensions=_BY_SEX,
        adds_up=True,
    ),
    Indicator(
        key="placement_rate",
        section=Section.OUTCOMES,
        label=_("Contratti ogni 100 persone seguite"),
        english="Contracts per 100 people served",
        unit=Unit.PERCENT,
        polarity=1,
        definition=_(
            "Contratti avviati nel semestre divisi per le persone seguite nello stesso semestre. Al numeratore ci sono contratti, al "
            "denominatore persone: chi ha avuto due contratti conta due volte sopra e una sotto."
        ),
        numerator="contracts",
        numerator_text=_("Contratti di lavoro verificati, iniziati nel semestre"),
        denominator="users",
        denominator_text=_("Persone seguite nel semestre"),
        population=RESIDENTS,
        source=_NOTICES,
        dimensions=_BY_SEX,
    ),
    Indicator(
        key="internships",
        section=Section.OUTCOMES,
        label=_("Tirocini avviati"),
        english="Internships started",
        unit=Unit.COUNT,
        polarity=0,
        definition=_("Tirocini extracurriculari iniziati nel semestre e verificati con la comunicazione obbligatoria."),
        numerator="internships",
        numerator_text=_("Tirocini verificati, iniziati nel semestre"),
        population=RESIDENTS,
        source=_NOTICES,
        dimensions=_BY_SEX,
        adds_up=True,
    ),
    Indicator(
        key="permanent_rate",
        section=Section.OUTCOMES,
        label=_("Contratti a tempo indeterminato"),
        english="Permanent contracts",
        unit=Unit.PERCENT,
        polarity=1,
        definition=_("Contratti a tempo indeterminato, ogni 100 contratti avviati nel semestre."),
        numerator="contracts.permanent",
        numerator_text=_("Contratti a tempo indeterminato, verificati e iniziati nel semestre"),
        denominator="contracts",
        denominator_text=_("Contratti di lavoro verificati, iniziati nel semestre"),
        population=RESIDENTS,
        source=_NOTICES,
    ),
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
        source=REGISTER,
    ),
    _REFERRED,
    _step(
        "referrals_agreed",
        _("Candidature accettate dalla persona"),
        "Referrals agreed by the person",
        "agreed+interview+hired",
        _("Candidature a cui la persona ha detto di sì"),
    ),
    _step(
        "referrals_interview",
        _("Candidature arrivate al colloquio"),
        "Referrals that led to an interview",
        "interview+hired",
        _("Candidature con almeno un colloquio o una proposta dell'impresa"),
    ),
    _step(
        "referrals_hired",
        _("Candidature finite in un'assunzione"),
        "Referrals that led to a hire",
        "hired",
        _("Candidature finite in un'assunzione"),
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
