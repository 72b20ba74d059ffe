"""How vacancies end: filled, run out, or taken back, and then whether nobody suitable was found."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from employers.enums import WithdrawalReason
from employers.models import VacancyTransition
from employers.states import VacancyState
from reports.indicators.events import Events, Window, business_rows
from reports.indicators.outcomes import PERIOD
from reports.rules import Dimension, Indicator, Section, Unit

ENDS: Final = ("filled", "expired", "withdrawn")
"""Anybody who follows the board or its feed knows which one it was."""
WHY: Final = {"withdrawn": ("no_candidates", "otherwise")}
"""Why one was taken back its company alone knows, and the desk."""
_ENDED = (VacancyState.FILLED, VacancyState.EXPIRED, VacancyState.WITHDRAWN)
_ON_BOARD = (VacancyState.PUBLISHED, VacancyState.PAUSED)
_PLACE = "vacancy__workplace__municipality_id"


def ended(window: Window) -> Events:
    """Vacancies that left the board in the window and had not come back by its last day, by their last end, where one works."""
    wanting = When(withdrawal_reason=WithdrawalReason.NO_CANDIDATES, then=Value("no_candidates"))
    withdrawn = When(to_state=VacancyState.WITHDRAWN, then=Value("otherwise"))
    outcome = Case(wanting, withdrawn, default=F("to_state"), output_field=CharField())
    return business_rows(_ends(window), "at__date", _PLACE, "vacancy_id", Value(1), outcome=outcome)


def withdrawn_by(window: Window) -> Iterable[Mapping[str, Any]]:
    """By municipality of the workplace, how many vacancies each company took back."""
    withdrawn = _ends(window).filter(to_state=VacancyState.WITHDRAWN).order_by()
    employer = Cast("vacancy__company_id", CharField())
    return withdrawn.values(place=F(_PLACE), employer=employer).annotate(number=Count("pk"))


def _ends(window: Window) -> QuerySet[VacancyTransition]:
    # One that waits for the desk's word again has not come back yet.
    moves = VacancyTransition.objects.filter(
        to_state__in=(*_ENDED, *_ON_BOARD), at__lte=window.moments[1], vacancy__published_on__isnull=False
    )
    last = moves.order_by("vacancy_id", "-at", "-pk").distinct("vacancy_id").values("pk")
    return VacancyTransition.objects.filter(pk__in=last, to_state__in=_ENDED, at__range=window.moments)


_ENDINGS = Indicator(
    key="vacancies_ended",
    section=Section.COMPANIES,
    label=_("Offerte finite"),
    english="Vacancies ended",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Offerte uscite dalla bacheca nel semestre e non tornate entro l'ultimo giorno: coperte, scadute o ritirate dall'impresa. Ognuna conta "
        "una volta, per come è finita l'ultima volta, dove si lavora."
    ),
    numerator="vacancies_ended",
    numerator_text=_("Offerte coperte, scadute o ritirate nel semestre"),
    population=_("Imprese e offerte con sede in uno dei Comuni del territorio"),
    reference=PERIOD,
    source=_("Offerte del portale"),
    first_version=4,
    dimensions=(Dimension.MUNICIPALITY,),
)


_OF_ENDED = replace(
    _ENDINGS,
    unit=Unit.PERCENT,
    denominator="vacancies_ended",
    denominator_text=_("Offerte coperte, scadute o ritirate nel semestre"),
    dimensions=(),
)

ENDINGS = (
    _ENDINGS,
    replace(
        _OF_ENDED,
        key="vacancies_filled_rate",
        label=_("Offerte coperte"),
        english="Vacancies filled",
        polarity=1,
        definition=_("Offerte di cui tutti i posti sono presi, ogni 100 finite nel semestre."),
        numerator="vacancies_ended.filled",
        numerator_text=_("Offerte coperte nel semestre"),
    ),
    replace(
        _OF_ENDED,
        key="vacancies_wanting_rate",
        label=_("Offerte ritirate perché mancano persone adatte"),
        english="Vacancies given up for want of candidates",
        polarity=-1,
        definition=_(
            "Offerte che l'impresa ha ritirato dicendo di non aver trovato persone adatte, ogni 100 finite nel semestre. Il motivo lo dice "
            "l'impresa quando ritira l'offerta."
        ),
        numerator="vacancies_ended.step:no_candidates",
        numerator_text=_("Offerte ritirate nel semestre perché mancano persone adatte"),
    ),
    replace(
        _OF_ENDED,
        key="vacancies_withdrawn_rate",
        label=_("Offerte ritirate per un altro motivo"),
        english="Vacancies withdrawn for another reason",
        definition=_(
            "Offerte ritirate perché l'impresa ha trovato per un'altra via, non cerca più, scrive un'offerta nuova, ha chiuso o dà un altro "
            "motivo, ogni 100 finite nel semestre."
        ),
        numerator="vacancies_ended.step:otherwise",
        numerator_text=_("Offerte ritirate nel semestre per un altro motivo"),
    ),
    replace(
        _OF_ENDED,
        key="vacancies_expired_rate",
        label=_("Offerte scadute"),
        english="Vacancies that ran out",
        definition=_(
            "Offerte scadute senza essere coperte né ritirate, ogni 100 finite nel semestre. Il perché non è scritto."
        ),
        numerator="vacancies_ended.expired",
        numerator_text=_("Offerte scadute nel semestre"),
    ),
)
