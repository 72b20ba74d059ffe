"""Changing bodies and desks where it touches the people of other rooms."""

from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk, Municipality, Organisation
from sportello.territory.queries import RECEIVING
from sportello.territory.services.bodies import change_body
from sportello.territory.services.desks import DeskDetails, change_desk
from sportello.workspaces.queries.administration import OpenWork, open_work_of


class OwnBody(Exception):
    """Nobody switches off the body through which they came in: so one administrator always remains."""


class DeskAtWork(Exception):
    """People wait for something at the desk: `work` counts it."""

    def __init__(self, work: OpenWork) -> None:
        super().__init__(work)
        self.work = work


class DeskHasPeople(Exception):
    """People of the body that manages the desk receive there: under another body they would go on seeing its cases."""


@audit.service("body.keep")
def keep_body(
    *,
    body: Organisation,
    name: str,
    email: str,
    phone: str,
    is_active: bool,
    by: Scope,
    municipality: Municipality | None = None,
) -> Organisation:
    """Correct a body or switch it off. Raises OwnBody, and what `change_body` raises."""
    if not is_active and body.pk in by.organisation_ids():
        raise OwnBody
    return change_body(
        body=body, name=name, email=email, phone=phone, is_active=is_active, municipality=municipality, by=by
    )


@audit.service("desk.keep")
def keep_desk(*, desk: Desk, details: DeskDetails, by: Scope) -> Desk:
    """Correct a desk. Raises DeskAtWork, DeskHasPeople, and what `change_desk` raises.

    A desk with work in hand goes on receiving: a case has one desk for its whole life, so nobody else would see it.
    """
    # Whoever writes a case or a meeting of this desk waits for this row, or is waited for.
    desk = Desk.objects.select_for_update(of=("self",)).get(pk=desk.pk)
    if details.state not in RECEIVING and (work := open_work_of(desk)):
        raise DeskAtWork(work)
    if details.managed_by.pk != desk.managed_by_id:
        receiving = Membership.objects.filter(organisation=desk.managed_by_id, desks=desk, ended_at__isnull=True)
        if receiving.exists():
            raise DeskHasPeople
    return change_desk(desk=desk, details=details, by=by)
