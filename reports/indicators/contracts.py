"""Contracts that began, the people behind them, and how long and for how many hours they are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import Case, CharField, Count, DateField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Placement
from reports.indicators.careers import CONTRACTS, INTERNSHIPS
from reports.indicators.events import Events, Window, person_rows
from reports.indicators.outcomes import NOTICES, PERIOD, RESIDENTS
from reports.rules import Dimension, Indicator, Section, Unit

PART_TIME_BELOW: Final = 30
"""Hours a week: the line of the OECD, which compares countries by it. No rule of law says so."""
HOURS: Final = ("thirty", "other")
OTHER_HOURS: Final = ("fewer", "unknown")
"""Often few are unknown: they shall not hide how many have thirty hours."""
_POLARITY: Final = {"thirty": 1, "fewer": 0, "unknown": -1}  # who wants few hours is glad of few

_BY_SEX = (Dimension.SEX, Dimension.MUNICIPALITY)


def people_placed(window: Window) -> Events:
    """Whoever began at least one job."""
    return person_rows(Placement, "starts_on", window, CONTRACTS)


def contracts(window: Window) -> Events:
    """Jobs that began, by how long they last (for good, six months or more, less or nobody knows) and by their hours."""
    six_months = Func(
        F("starts_on"), template="(%(expressions)s + INTERVAL '6 months')::date", output_field=DateField()
    )
    outcome = Case(
        When(contract_type__code="PERMANENT", then=Value("permanent")),
        # The last day is worked as well: from 1 January to 30 June there are six months.
        When(ends_on__gte=ExpressionWrapper(six_months - timedelta(days=1), DateField()), then=Value("long")),
        # An apprenticeship lasts at least six months (D.Lgs. 81/2015, art. 42): one whose end is not known does.
        When(contract_type__code="APPRENTICESHIP", ends_on__isnull=True, then=Value("long")),
        default=Value("short"),
        output_field=CharField(),
    )
    hours = Case(
        When(weekly_hours__isnull=True, then=Value("unknown")),
        When(weekly_hours__lt=PART_TIME_BELOW, then=Value("fewer")),
        default=Value("thirty"),
        output_field=CharField(),
    )
    return person_rows(Placement, "starts_on", window, CONTRACTS, unit="pk", outcome=outcome, hours=hours)


def internships(window: Window) -> Events:
    return person_rows(Placement, "starts_on", window, INTERNSHIPS, unit="pk")


def employers_of(which: Q, *, counted: str = "pk") -> Callable[[Window], Iterable[Mapping[str, Any]]]:
    """By municipality of the worker, how many placements each employer made, or how many people with `counted="candidate"`; an employer
    that is not on file goes by its name."""

    def rows(window: Window) -> Iterable[Mapping[str, Any]]:
        employer = Coalesce(Cast("company_id", CharField()), F("employer_name"))
        placements = Placement.objects.filter(which, starts_on__range=window.days).order_by()
        number = Count(counted, distinct=counted != "pk")
        return placements.values(place=F("residence_id"), employer=employer).annotate(number=number)

    return rows


_CONTRACTS = Indicator(
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
    reference=PERIOD,
    source=NOTICES,
    first_version=1,
    dimensions=_BY_SEX,
    adds_up=True,
)
_PEOPLE = replace(
    _CONTRACTS,
    key="people_placed",
    label=_("Persone che hanno trovato lavoro"),
    english="People who found a job",
    definition=_(
        "Persone diverse con almeno un contratto di lavoro iniziato nel semestre e verificato con la comunicazione obbligatoria. Chi ne ha "
        "avuto più d'uno conta una volta. Tirocini e servizio civile non contano."
    ),
    numerator="people_placed",
    numerator_text=_("Persone diverse con un contratto di lavoro verificato, iniziato nel semestre"),
    first_version=4,
    adds_up=False,
)


_OF_CONTRACTS = replace(
    _CONTRACTS,
    unit=Unit.PERCENT,
    denominator="contracts",
    denominator_text=_("Contratti di lavoro verificati, iniziati nel semestre"),
    dimensions=(),
    adds_up=False,
)


def _of_hours(key: str, label: Promise, english: str, definition: Promise, counted: Promise) -> Indicator:
    """One of the groups of hours, of all the contracts of the semester: the three make up a hundred."""
    return replace(
        _OF_CONTRACTS,
        key=f"contracts_{key}_rate",
        label=label,
        english=english,
        polarity=_POLARITY[key],
        definition=definition,
        numerator=f"contracts.{'hours' if key in HOURS else 'step'}:{key}",
        numerator_text=counted,
        first_version=4,
    )


EMPLOYMENT = (
    _PEOPLE,
    _CONTRACTS,
    replace(
        _CONTRACTS,
        key="placement_rate",
        label=_("Contratti ogni 100 persone seguite"),
        english="Contracts per 100 people served",
        unit=Unit.PERCENT,
        definition=_(
            "Contratti avviati nel semestre divisi per le persone seguite nello stesso semestre. Al numeratore ci sono contratti, al "
            "denominatore persone: chi ha avuto due contratti conta due volte sopra e una sotto."
        ),
        denominator="users",
        denominator_text=_("Persone seguite nel semestre"),
        adds_up=False,
    ),
    replace(
        _CONTRACTS,
        key="internships",
        label=_("Tirocini avviati"),
        english="Internships started",
        polarity=0,
        definition=_("Tirocini extracurriculari iniziati nel semestre e verificati con la comunicazione obbligatoria."),
        numerator="internships",
        numerator_text=_("Tirocini verificati, iniziati nel semestre"),
    ),
    replace(
        _OF_CONTRACTS,
        key="permanent_rate",
        label=_("Contratti a tempo indeterminato"),
        english="Permanent contracts",
        definition=_("Contratti a tempo indeterminato, ogni 100 contratti avviati nel semestre."),
        numerator="contracts.permanent",
        numerator_text=_("Contratti a tempo indeterminato, verificati e iniziati nel semestre"),
    ),
    replace(
        _OF_CONTRACTS,
        key="lasting_rate",
        label=_("Contratti di almeno 6 mesi"),
        english="Contracts of six months or more",
        definition=_(
            "Contratti a tempo indeterminato, o che dalla comunicazione obbligatoria durano almeno 6 mesi, ogni 100 contratti avviati nel "
            "semestre. Tra quelli di cui non si conosce la fine conta solo l'apprendistato, che dura almeno 6 mesi (art. 42 D.Lgs. 81/2015)."
        ),
        numerator="contracts.permanent+step:long",
        numerator_text=_("Contratti a tempo indeterminato o di almeno 6 mesi, verificati e iniziati nel semestre"),
        first_version=3,
    ),
    _of_hours(
        "thirty",
        _("Contratti di almeno 30 ore alla settimana"),
        "Contracts of 30 hours a week or more",
        _(
            "Contratti per 30 ore alla settimana o più, ogni 100 contratti avviati nel semestre. Sotto le 30 ore l'OCSE parla di tempo parziale "
            "quando confronta i Paesi: è una soglia statistica, non una regola di legge."
        ),
        _("Contratti di almeno 30 ore alla settimana, verificati e iniziati nel semestre"),
    ),
    _of_hours(
        "fewer",
        _("Contratti di meno di 30 ore alla settimana"),
        "Contracts of fewer than 30 hours a week",
        _(
            "Contratti per meno di 30 ore alla settimana, ogni 100 contratti avviati nel semestre. La soglia è quella con cui l'OCSE confronta "
            "i Paesi, non una regola di legge."
        ),
        _("Contratti di meno di 30 ore alla settimana, verificati e iniziati nel semestre"),
    ),
    _of_hours(
        "unknown",
        _("Contratti di cui non si conoscono le ore"),
        "Contracts of unknown hours",
        _("Contratti di cui nessuno ha scritto le ore alla settimana, ogni 100 contratti avviati nel semestre."),
        _("Contratti verificati e iniziati nel semestre, senza le ore alla settimana"),
    ),
)
"""Contracts stand beside the people who have them, and are told only with them."""
