"""Skills that open jobs ask for as essential, beside those that people who look for a job have."""

from datetime import date
from typing import Any, Final

from django.db.models import CharField, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from candidates.models import SkillStatement
from employers.models import VacancySkill
from reports.indicators.events import Events, Window
from reports.indicators.occupations import open_vacancies, over_months
from reports.indicators.outcomes import LAST_DAY, MONTH_ENDS
from reports.rules import LEAST_ASKED, Dimension, Indicator, Section, Unit
from sportello.reference.enums import SkillRelation

MOST_HELD: Final = 100
"""Skills that are looked at because many have them, whether or not anybody asks for them."""


def skill_posts(window: Window) -> Events:
    """Posts of the vacancies that could be answered at the end of a month, once for each essential skill."""
    return over_months(window, lambda day: _asked_on(day, _compared(window)))


def _asked_on(day: date, compared: Q) -> Events:
    asked: Any = _ESSENTIAL.filter(compared, vacancy__in=open_vacancies(day)).order_by()
    place, posts = F("vacancy__workplace__municipality_id"), F("vacancy__posts")
    rows: Events = asked.values(weight=posts, place=place, outcome=F("skill__code"))
    return rows


def skilled(window: Window) -> Events:
    """People with an open case at the end of the last day, once for each skill that stands in their profile then as now."""
    day = window.end
    still = Q(candidate__cases__closed_on__isnull=True) | Q(candidate__cases__closed_on__gt=day)
    held = SkillStatement.objects.filter(still, _compared(window), candidate__cases__opened_on__lte=day)
    unit = Concat(Cast("candidate_id", CharField()), F("skill__code"), output_field=CharField())
    people: Any = held.order_by()
    rows: Events = people.values(unit=unit, place=F("candidate__cases__residence_id"), outcome=F("skill__code"))
    return rows


_ESSENTIAL = VacancySkill.objects.filter(relation=SkillRelation.ESSENTIAL)


def _compared(window: Window) -> Q:
    """The skills that are compared: those that jobs of the semester ask for, and those that most people have."""
    of_semester = _ESSENTIAL.filter(vacancy__published_on__lte=window.end, vacancy__expires_on__gte=window.start)
    asked = of_semester.order_by().values("skill").annotate(posts=Sum("vacancy__posts")).filter(posts__gte=LEAST_ASKED)
    held: QuerySet[Any] = SkillStatement.objects.order_by().values("skill").annotate(people=Count("pk"))
    most = held.order_by("-people", "skill")[:MOST_HELD]
    return Q(skill__in=asked.values("skill")) | Q(skill__in=most.values("skill"))


SKILLS = (
    Indicator(
        key="skill_asked",
        section=Section.COMPANIES,
        label=_("Posti che chiedono una competenza"),
        english="Open posts that ask for a skill",
        unit=Unit.PERCENT,
        polarity=0,
        definition=_(
            "Posti delle offerte aperte alla fine di ogni mese che chiedono quella competenza come essenziale, ogni 100 posti aperti. Contano "
            "le competenze chieste da più posti e quelle che più persone hanno."
        ),
        numerator="skill_posts",
        numerator_text=_("Somma, mese per mese, dei posti aperti l'ultimo giorno che chiedono quella competenza"),
        denominator="open_posts",
        denominator_text=_("Somma, mese per mese, dei posti delle offerte aperte l'ultimo giorno"),
        population=_("Offerte con sede in uno dei Comuni del territorio"),
        reference=MONTH_ENDS,
        source=_("Offerte del portale"),
        first_version=3,
        dimensions=(Dimension.SKILL,),
    ),
    Indicator(
        key="skill_held",
        section=Section.COMPANIES,
        label=_("Persone che hanno una competenza"),
        english="Jobseekers who have a skill",
        unit=Unit.PERCENT,
        polarity=0,
        definition=_(
            "Persone con una pratica aperta che hanno quella competenza nel profilo, ogni 100 con una pratica aperta. La quota dei posti che la "
            "chiedono meno la quota delle persone che l'hanno dice quanto una competenza manca, o quanto avanza."
        ),
        numerator="skilled",
        numerator_text=_("Persone con una pratica aperta che hanno quella competenza"),
        denominator="open_cases",
        denominator_text=_("Persone con una pratica aperta alla fine dell'ultimo giorno"),
        population=_("Chi risiedeva in uno dei Comuni del territorio quando la pratica è stata aperta"),
        reference=LAST_DAY,
        source=_("Registro degli sportelli lavoro"),
        first_version=3,
        dimensions=(Dimension.SKILL,),
    ),
)
