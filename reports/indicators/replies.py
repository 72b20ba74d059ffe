"""How soon companies answer those who were sent to them: a step or a no, not a look at the profile."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from matching.models import ReferralTransition
from matching.states import AWAITING_COMPANY, PORTALS_REASONS, ReferralState
from reports.indicators.events import Events, Window, business_rows, fact_rows
from reports.indicators.outcomes import WHEN_DUE
from reports.rules import Indicator, Section, Unit

ANSWERED: Final = ("in_time", "late")
_FALLEN = (ReferralState.WITHDRAWN, ReferralState.OBSOLETE)
"""Ended by the person, by another hire or by the closing of the company: nobody waits for an answer any more."""
_ANSWERS = Q(to_state__in=(ReferralState.INTERVIEW, ReferralState.OFFER, ReferralState.HIRED)) | (
    # What the portal closes in silence, the company has not answered.
    Q(to_state=ReferralState.REFUSED) & ~Q(referral__refusal_reason__in=PORTALS_REASONS)
)
_PLACE = "referral__vacancy__workplace__municipality_id"


def sent(window: Window) -> Events:
    """Applications sent to a company of which the time for an answer ran out in the window, where one works; those that fell by then
    without an answer are left out. Some still wait on the last day."""
    return business_rows(_due(window), "at__date", _PLACE, "referral_id", Value(1), observed=Value(window.end))


def answers(window: Window) -> Events:
    """What the company decided. An application that falls later is not observed any longer; one that the portal closes waits on."""
    since = replace(window, start=window.before(window.referral_answer_days)[0])
    moves = ReferralTransition.objects.filter(at__range=since.moments)
    fallen = moves.filter(from_state__in=AWAITING_COMPANY, to_state__in=_FALLEN)
    return fact_rows(moves.filter(_ANSWERS), "at__date", whose="referral_id").union(
        fact_rows(fallen, "at__date", whose="referral_id", ends=False), all=True
    )


def within(window: Window) -> dict[str, int]:
    """The most days of an answer in time."""
    return {"in_time": window.referral_answer_days}


def asked(window: Window) -> Iterable[Mapping[str, Any]]:
    """By municipality of the workplace, how many answers each company owed."""
    employer = Cast("referral__vacancy__company_id", CharField())
    return _due(window).order_by().values(place=F(_PLACE), employer=employer).annotate(number=Count("pk"))


def _due(window: Window) -> QuerySet[ReferralTransition]:
    first, last = window.before(window.referral_answer_days)
    last_day = ExpressionWrapper(TruncDate("at") + timedelta(days=window.referral_answer_days), DateField())
    fell = ReferralTransition.objects.filter(
        referral=OuterRef("referral"),
        from_state__in=AWAITING_COMPANY,
        to_state__in=_FALLEN,
        at__date__lte=OuterRef("last_day"),
    )
    days = replace(window, start=first, end=last)
    arrived = ReferralTransition.objects.filter(to_state=ReferralState.SENT, at__range=days.moments)
    return arrived.annotate(last_day=last_day).filter(~Exists(fell))


_DUE = Indicator(
    key="answers_due",
    section=Section.COMPANIES,
    label=_("Candidature a cui le imprese devono rispondere"),
    english="Referrals due for a company's answer",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Candidature arrivate alle imprese per cui nel semestre sono finiti i giorni che un'impresa ha per rispondere, contate dove si "
        "lavora. Quelle finite prima senza risposta, perché la persona le ha ritirate, ha trovato lavoro o l'impresa ha chiuso, non contano."
    ),
    numerator="answers_due",
    numerator_text=_("Candidature il cui termine è finito nel semestre"),
    population=_("Imprese e offerte con sede in uno dei Comuni del territorio"),
    reference=WHEN_DUE,
    source=_("Registro degli sportelli lavoro; offerte del portale"),
    first_version=4,
    adds_up=True,
)

REPLIES = (
    _DUE,
    replace(
        _DUE,
        key="answered_in_time_rate",
        label=_("Risposte delle imprese nei tempi"),
        english="Companies' answers in time",
        unit=Unit.PERCENT,
        polarity=1,
        definition=_(
            "Candidature a cui l'impresa ha risposto con un colloquio, una proposta, un'assunzione o un no entro i giorni che ha per farlo, ogni "
            "100. Aprire il profilo non è una risposta, e nemmeno la chiusura dopo un lungo silenzio."
        ),
        numerator="answers_due.in_time",
        numerator_text=_("Candidature con una risposta dell'impresa entro il termine"),
        denominator="answers_due",
        denominator_text=_("Candidature il cui termine è finito nel semestre"),
        adds_up=False,
    ),
    replace(
        _DUE,
        key="answer_median",
        label=_("Giorni fino alla risposta dell'impresa: la metà delle candidature"),
        english="Days to a company's answer, median",
        unit=Unit.DAYS,
        polarity=-1,
        definition=_(
            "Giorni dall'arrivo della candidatura entro cui la metà ha avuto la risposta dell'impresa. Chi aspetta ancora l'ultimo giorno, o "
            "non ha avuto risposta, conta come chi aspetta di più (metodo di Kaplan e Meier)."
        ),
        numerator="answers_due:quantile:50",
        numerator_text=_("Giorni entro cui la metà ha avuto la risposta dell'impresa"),
        denominator="answers_due",
        denominator_text=_(
            "Candidature il cui termine è finito nel semestre: dicono su quante è il numero, che non si divide"
        ),
        adds_up=False,
    ),
)
