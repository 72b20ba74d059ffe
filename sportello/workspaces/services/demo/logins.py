"""The demonstration's own accounts, each with the body and the desks it acts for."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.workspaces.services.demo.companies import Firm
from sportello.workspaces.services.demo.draw import Draw, at
from sportello.workspaces.services.demo.territory import Territory, add_membership
from sportello.workspaces.services.rows import Rows

OPERATOR_DESKS = ("segrate", "pioltello", "cassano")

_NAMES = {
    "cittadina": ("Amina", "Colombo"),
    "operatore": ("Lucia", "Brambilla"),
    "coordinatore": ("Davide", "Sala"),
    "impresa": ("Paolo", "Fumagalli"),
    "comune": ("Elena", "Riva"),
    "cabina": ("Marco", "Locatelli"),
    "admin": ("Chiara", "Mauri"),
}


def make_logins(draw: Draw, rows: Rows, territory: Territory, firm: Firm) -> dict[str, User]:
    """Collect the accounts of `settings.DEMO_LOGINS`, by the part of the address before the sign @, with their roles."""
    password = make_password(settings.DEMO_PASSWORD)
    users = {}
    for email in settings.DEMO_LOGINS:
        first_name, last_name = _NAMES[email.partition("@")[0]]
        user = rows.add(
            User(
                id=draw.id(),
                email=email,
                first_name=first_name,
                last_name=last_name,
                password=password,
                date_joined=at(draw.today - timedelta(days=400), 540),
            )
        )
        rows.add(EmailAddress(user=user, email=email, primary=True, verified=True))
        users[email.partition("@")[0]] = user
    desks = [territory.desk(slug) for slug in OPERATOR_DESKS]
    agency = territory.agency
    add_membership(draw, rows, users["operatore"], agency, role=Role.OPERATOR, desks=desks)
    add_membership(draw, rows, users["coordinatore"], agency, role=Role.COORDINATOR, desks=desks)
    add_membership(draw, rows, users["cabina"], agency, role=Role.CONTROL_ROOM)
    add_membership(draw, rows, users["admin"], agency, role=Role.ADMINISTRATOR, is_admin=True)
    add_membership(draw, rows, users["comune"], territory.bodies["Segrate"], role=Role.OFFICIAL, is_admin=True)
    add_membership(draw, rows, users["impresa"], firm.company.organisation, role=Role.COMPANY, is_admin=True)
    return users
