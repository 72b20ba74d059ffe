"""Questions between desks."""

from candidates.models import Case, Reorientation
from candidates.services.reorientation import ask_reorientation
from sportello.territory.models import Desk
from tests.support.personas import make_operator, scope


def ask_desk(case: Case, desk: Desk, motive: str = "Abita più vicino a voi") -> Reorientation:
    """The operator of the case asks a desk."""
    asker = case.responsible_operator or make_operator(case.desk)
    return ask_reorientation(case=case, desk=desk, motive=motive, by=scope(asker))
