"""What the desk looks for outside in the demonstration: settlements on the way, companies to be won."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from employers.enums import Confidence, SiteState, VisitKind
from employers.models import Company, CompanyVisit, Settlement, TargetCompany, TargetTransition, WorkforceForecast
from employers.states import TargetState
from sportello.accounts.models import User
from sportello.reference.models import Occupation
from sportello.workspaces.services.demo.draw import Draw, at
from sportello.workspaces.services.demo.territory import Territory
from sportello.workspaces.services.rows import Rows


def add_settlements(rows: Rows, draw: Draw, territory: Territory, company: Company) -> None:
    """A shopping centre that is said to need 2,000 sellers, and a warehouse whose employer is on file."""
    place = territory.desk("segrate").municipality
    centre = rows.add(
        Settlement(
            id=draw.id(),
            name=_("Centro commerciale dell'ex dogana"),
            municipality=place,
            state=SiteState.PLANNED,
            opens_from=draw.today + timedelta(days=300),
            opens_to=draw.today + timedelta(days=480),
            notes=_("Le insegne non sono ancora note."),
            created_at=at(draw.today - timedelta(days=200), 600),
        )
    )
    warehouse = rows.add(
        Settlement(
            id=draw.id(),
            name=_("Nuovo magazzino"),
            municipality=place,
            company=company,
            state=SiteState.OPENING,
            opens_from=draw.today + timedelta(days=40),
            opens_to=draw.today + timedelta(days=70),
            created_at=at(draw.today - timedelta(days=90), 600),
        )
    )
    heard, agreed, signed = (draw.today - timedelta(days=days) for days in (190, 20, 80))
    sellers: dict[str, Any] = {"occupation": _occupation("52")}
    talk: dict[str, Any] = {"made_on": heard, "confidence": Confidence.LOW, "source": _("Incontro con chi costruisce")}
    first = rows.add(_forecast(draw, centre, 2600, **talk, **sellers))
    deed: dict[str, Any] = {"made_on": agreed, "confidence": Confidence.MEDIUM, "source": _("Accordo di programma")}
    rows.add(_forecast(draw, centre, 2000, replaces=first, **deed, **sellers))
    letter: dict[str, Any] = {"made_on": signed, "confidence": Confidence.HIGH, "source": _("Lettera dell'impresa")}
    rows.add(_forecast(draw, warehouse, 60, occupation=_occupation("93"), **letter))


def _occupation(group: str) -> Occupation:
    """The first occupation of an ISCO-08 group, as the vocabulary has it."""
    return Occupation.objects.filter(isco08__startswith=group).order_by("code")[0]


def _forecast(
    draw: Draw, settlement: Settlement, headcount: int, *, made_on: date, confidence: Confidence, **fields: Any
) -> WorkforceForecast:
    return WorkforceForecast(
        id=draw.id(),
        settlement=settlement,
        headcount=headcount,
        needed_on=settlement.opens_from,
        made_on=made_on,
        confidence=confidence,
        written_at=at(made_on, 660),
        **fields,
    )


_TARGETS = (
    ("Latteria del Lambro", (), "Telefonare al titolare", 3),
    ("Logistica Rivolta", (TargetState.CONTACTED,), "Mandare la scheda dei servizi", -2),
    ("Officine Idroscalo", (TargetState.CONTACTED, TargetState.INTERESTED), "Visita in reparto", 9),
    ("", (TargetState.CONTACTED, TargetState.INTERESTED, TargetState.VACANCY, TargetState.HIRED), "", 0),
    ("Hotel Linate Est", (TargetState.CONTACTED, TargetState.DROPPED), "", 0),
)
"""Name (none is the company's own), steps so far, next step, and in how many days it is due."""


def add_targets(rows: Rows, draw: Draw, company: Company, owner: User) -> None:
    """One company to be won in each moment of the way; the one that has hired is on file."""
    for name, steps, next_step, days in _TARGETS:
        target = rows.add(
            TargetCompany(
                id=draw.id(),
                name=name or company.organisation.name,
                municipality=company.desk.municipality,
                company=None if name else company,
                desk=company.desk,
                owner=owner,
                state=steps[-1] if steps else TargetState.IDENTIFIED,
                next_step=next_step,
                next_step_on=draw.today + timedelta(days=days) if next_step else None,
                created_at=at(draw.today - timedelta(days=100), 600),
            )
        )
        if TargetState.CONTACTED in steps and name:
            rows.add(
                CompanyVisit(
                    id=draw.id(),
                    target=target,
                    visited_on=draw.today - timedelta(days=88),
                    kind=VisitKind.ON_SITE,
                    desk=company.desk,
                    municipality=company.desk.municipality,
                    operator=owner,
                    notes=_("Spiegati i servizi dello sportello."),
                    created_at=at(draw.today - timedelta(days=88), 640),
                )
            )
        before = TargetState.IDENTIFIED
        for number, step in enumerate(steps):
            day = draw.today - timedelta(days=90 - 20 * number)
            rows.add(
                TargetTransition(
                    id=draw.id(),
                    target=target,
                    from_state=before,
                    to_state=step,
                    note=_("Per ora non assumono.") if step == TargetState.DROPPED else "",
                    happened_on=day,
                    actor_label="operator",
                    at=at(day, 620),
                )
            )
            before = step
