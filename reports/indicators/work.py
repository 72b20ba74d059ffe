"""Figures of the work of the desk by kind, and of the jobs that people look for beside those that companies offer."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from reports.indicators.outcomes import MONTH_ENDS, PERIOD, REGISTER, RESIDENTS
from reports.protect import Cell
from reports.rules import Dimension, Indicator, Section, Unit

_SERVED = Indicator(
    key="served_people",
    section=Section.TAKING_IN_CHARGE,
    label=_("Persone che hanno avuto un servizio"),
    english="People who received a service",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Persone diverse che nel semestre hanno avuto quel servizio dallo sportello, servizio per servizio (D.M. 11 gennaio 2018, n. 4). Chi ne "
        "ha avuti due diversi conta in tutti e due."
    ),
    numerator="served_people",
    numerator_text=_("Persone diverse con almeno una erogazione di quel servizio nel semestre"),
    population=RESIDENTS,
    reference=PERIOD,
    source=REGISTER,
    first_version=2,
    dimensions=(Dimension.SERVICE,),
)

SERVICES = (
    _SERVED,
    replace(
        _SERVED,
        key="services",
        label=_("Servizi erogati"),
        english="Services delivered",
        definition=_(
            "Volte in cui lo sportello ha dato quel servizio a una persona nel semestre (D.M. 11 gennaio 2018, n. 4)."
        ),
        numerator="services",
        numerator_text=_("Erogazioni di quel servizio nel semestre"),
        adds_up=True,
    ),
)

_PER_MILLE = 1000

DEMAND = (
    Indicator(
        key="tightness",
        section=Section.COMPANIES,
        label=_("Posti ogni 100 persone che cercano quella professione"),
        english="Posts per 100 people who look for that occupation",
        unit=Unit.PER_HUNDRED,
        polarity=0,
        definition=_(
            "Posti delle offerte aperte alla fine di ogni mese, divisi per le persone con una pratica aperta quel giorno che cercano una "
            "professione dello stesso gruppo (ISCO-08, due cifre). Chi cerca in due gruppi conta in tutti e due."
        ),
        numerator="open_posts",
        numerator_text=_("Somma, mese per mese, dei posti delle offerte aperte l'ultimo giorno"),
        denominator="wanted",
        denominator_text=_("Somma, mese per mese, delle persone che cercano quella professione l'ultimo giorno"),
        population=_(
            "Chi risiedeva in uno dei Comuni del territorio quando la pratica è stata aperta; offerte con sede in quei Comuni"
        ),
        reference=MONTH_ENDS,
        source=_("Registro degli sportelli lavoro; offerte del portale"),
        first_version=2,
        dimensions=(Dimension.OCCUPATION,),
    ),
    Indicator(
        key="mismatch",
        section=Section.COMPANIES,
        label=_("Distanza tra professioni cercate e offerte"),
        english="Mismatch between occupations wanted and offered",
        unit=Unit.PERCENT,
        polarity=-1,
        definition=_(
            "Quante persone, ogni 100 che cercano, dovrebbero cambiare gruppo di professioni perché le quote di chi cerca siano uguali a quelle "
            "dei posti: metà della somma delle differenze tra le due quote. Contano solo i gruppi di cui si pubblicano le persone."
        ),
        numerator="mismatch",
        numerator_text=_("Persone che dovrebbero cambiare, ogni 1.000"),
        denominator="mismatch_base",
        denominator_text=_("Mille persone che cercano"),
        population=_(
            "Chi risiedeva in uno dei Comuni del territorio quando la pratica è stata aperta; offerte con sede in quei Comuni"
        ),
        reference=MONTH_ENDS,
        source=_("Registro degli sportelli lavoro; offerte del portale"),
        first_version=2,
    ),
)


def with_mismatch(cells: Mapping[Cell, int | None]) -> dict[Cell, int | None]:
    """The cells of an area with the index of dissimilarity (Duncan and Duncan, 1955) of the occupations that are told.

    It is made of nothing else, so it tells nothing more. Without a post or a person among them there is none.
    """
    wanted = {c.member: number for c, number in cells.items() if c.measure == "wanted" and number is not None}
    offered = {group: cells.get(Cell("open_posts", Dimension.OCCUPATION, group)) or 0 for group in wanted}
    people, posts = sum(wanted.values()), sum(offered.values())
    if not people or not posts:
        return {**cells}
    far = sum(abs(offered[group] * people - number * posts) for group, number in wanted.items())
    per_mille = round(_PER_MILLE * far / (2 * people * posts))
    return {**cells, Cell("mismatch"): per_mille, Cell("mismatch_base"): _PER_MILLE}
