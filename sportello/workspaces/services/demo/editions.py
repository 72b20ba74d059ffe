"""The reports that a territory at work for two years would have published."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from reports.models import ReportIssue
from reports.queries.areas import Territory
from reports.queries.issues import issues_of
from reports.rules import Semester
from reports.services.build import build_issue
from reports.services.issue import open_issue, publish_issue
from reports.states import PUBLIC
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Desk, Municipality
from sportello.workspaces.services.demo.logins import OPERATOR_DESKS

SEMESTERS = 3
PLACE = "015205"
"""Segrate, where the demonstration's official and citizen live."""


def publish_past_editions(*, today: date, by: Scope) -> list[ReportIssue]:
    """Publish the last whole semesters of the newest pact, of Segrate and of a desk, oldest first, each read by the control room's login.

    What is published already is left alone, so a run that was broken off goes on where it stopped.
    """
    reader = scope_of(User.objects.get(email=_control_room()))
    pact = TerritorialPact.objects.filter(memberships__municipality__istat_code=PLACE).latest("starts_on")
    desk = Desk.objects.get(slug=OPERATOR_DESKS[-1])
    territories: list[Territory] = [pact, Municipality.objects.get(istat_code=PLACE), desk]
    done = []
    for semester in _past_semesters(min(today, timezone.localdate())):
        for territory in territories:
            if issues_of(territory).filter(year=semester.year, half=semester.half, state__in=PUBLIC).exists():
                continue
            issue = open_issue(territory=territory, year=semester.year, half=semester.half, by=by)
            done.append(publish_issue(issue=build_issue(issue=issue, by=by), by=reader))
    return done


def _control_room() -> str:
    return next(email for email in settings.DEMO_LOGINS if email.startswith("cabina@"))


def _past_semesters(today: date) -> list[Semester]:
    """Oldest first."""
    found = [Semester.before(today)]
    while len(found) < SEMESTERS:
        found.insert(0, Semester.of(found[0].first_day - timedelta(days=1)))
    return found
