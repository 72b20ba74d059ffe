"""What changed hands among the companies of the demonstration, and who acts for its own."""

from datetime import timedelta

from django.utils.translation import gettext as _

from employers.enums import ClosingReason, SuccessionKind
from employers.models import CompanyPassage, CompanySuccession, CompanyTransition
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.workspaces.services.demo.companies import Firm
from sportello.workspaces.services.demo.draw import Draw, at
from sportello.workspaces.services.demo.territory import Territory, add_membership
from sportello.workspaces.services.rows import Rows

_COLLEAGUES = (("Silvia", "Pirola", True), ("Omar", "Villa", False))
"""Name, and whether they decide for the company or only read."""


def add_colleagues(rows: Rows, draw: Draw, firm: Firm) -> None:
    """Two people beside the one who administers the company; they have never signed in."""
    for first_name, last_name, decides in _COLLEAGUES:
        email = f"{first_name}.{last_name}@impresa.example".lower()
        joined = at(draw.today - timedelta(days=60), 600)
        user = rows.add(User(id=draw.id(), email=email, first_name=first_name, last_name=last_name, date_joined=joined))
        user.set_unusable_password()
        add_membership(draw, rows, user, firm.company.organisation, role=Role.COMPANY, decides=decides)


def add_changes(rows: Rows, draw: Draw, territory: Territory, firm: Firm, bought: Firm) -> None:
    """The company came from another desk, and has bought another one since."""
    by = f"operator @ {territory.agency.name}"
    rows.add(
        CompanyPassage(
            id=draw.id(),
            company=firm.company,
            from_desk=territory.desk("pioltello"),
            to_desk=firm.company.desk,
            reason=_("Ha spostato gli uffici."),
            actor_label=by,
            at=at(draw.today - timedelta(days=100), 600),
        )
    )
    old, day = bought.company, draw.today - timedelta(days=40)
    old.state, old.closed_on, old.closing_reason = CompanyState.CLOSED, day, ClosingReason.TAKEN_OVER
    motive = _("Atto di acquisto dell'azienda.")
    rows.add(
        CompanyTransition(
            id=draw.id(),
            company=old,
            from_state=CompanyState.APPROVED,
            to_state=CompanyState.CLOSED,
            reason=f"{ClosingReason.TAKEN_OVER.label}. {motive}",
            actor_label=by,
            at=at(day, 620),
        )
    )
    rows.add(
        CompanySuccession(
            id=draw.id(),
            company=old,
            successor=firm.company,
            kind=SuccessionKind.TAKEOVER,
            since=day,
            motive=motive,
            actor_label=by,
            at=at(day, 620),
        )
    )
    for place in bought.workplaces:
        place.company = firm.company
