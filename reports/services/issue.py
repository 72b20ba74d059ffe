"""The life of an edition: asked for, built, published by a second person, replaced by a newer version."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from reports.enums import TerritoryKind
from reports.models import FrozenArea, ReportIssue, ReviewComment, SemesterFreeze
from reports.queries.areas import Territory
from reports.queries.issues import issues_of
from reports.rules import Semester
from reports.states import ISSUE_TRANSITIONS, UNDER_WAY, IssueState
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.core.notify import MessageKind, notify, register
from sportello.core.seal import seal_key
from sportello.pacts.models import TerritorialPact
from sportello.pacts.queries import members_on
from sportello.territory.models import Desk, Municipality, Zone

READY = register(
    MessageKind(
        "report_ready",
        "reports/messages/ready_subject.txt",
        "reports/messages/ready_body.txt",
        purpose="Dire a chi l'ha chiesto che il rapporto è pronto",
    )
)
COMMENTED = register(
    MessageKind(
        "report_commented",
        "reports/messages/commented_subject.txt",
        "reports/messages/commented_body.txt",
        purpose="Dire a chi ha chiesto il rapporto che qualcuno l'ha letto e ha qualcosa da dire",
    )
)
TERRITORIES: dict[TerritoryKind, type[Any]] = {
    TerritoryKind.PACT: TerritorialPact,
    TerritoryKind.ZONE: Zone,
    TerritoryKind.DESK: Desk,
    TerritoryKind.MUNICIPALITY: Municipality,
}
"""What editions are about."""


class IllegalStep(Exception):
    """The edition is not in a state that permits the step."""


class NeedsSecondPerson(Exception):
    """Who asked for an edition does not publish it, nor does a process: another person reads it first."""


class SemesterRunning(Exception):
    """The semester is not over: an edition of some of its months, beside the last one, would tell of single people."""


class ReasonMissing(Exception):
    """The semester has a published edition: who asks for another says why."""


class SemesterNotBegun(Exception):
    """No day of the semester is over yet."""


@audit.service("issue.request")
def request_issue(*, territory: Territory, year: int, half: int, by: Scope, reason: str = "") -> ReportIssue:
    """Ask for the next version of a territory's report; one that is still being built is returned instead.

    The data cut is the last day of the semester, or yesterday while the semester runs. The `reason` is printed in an edition that
    replaces a published one. Raises SemesterNotBegun, ReasonMissing.
    """
    issue = _opened(territory, Semester(year, half), reason, by)
    _enqueue_build(issue)  # its key makes it one job; for an edition that lost its job, a new one
    return issue


@audit.service("issue.open")
def open_issue(*, territory: Territory, year: int, half: int, by: Scope, reason: str = "") -> ReportIssue:
    """As `request_issue`, for who builds it in the same breath: no job is written. Raises SemesterNotBegun, ReasonMissing."""
    return _opened(territory, Semester(year, half), reason, by)


def _opened(territory: Territory, semester: Semester, reason: str, by: Scope) -> ReportIssue:
    try:
        cut = semester.data_cut(timezone.localdate())
    except ValueError as error:
        raise SemesterNotBegun from error
    # Two requests at once take turns on the territory's row, so that versions follow each other.
    type(territory)._default_manager.select_for_update(of=("self",)).get(pk=territory.pk)
    editions = issues_of(territory).filter(year=semester.year, half=semester.half)
    under_way = editions.filter(state__in=UNDER_WAY).order_by("-version").first()
    if under_way is not None:
        return under_way
    is_revision = editions.filter(state=IssueState.PUBLISHED).exists()
    if is_revision and not reason.strip():
        raise ReasonMissing
    version = (editions.aggregate(last=Max("version"))["last"] or 0) + 1
    kind = next(kind for kind, model in TERRITORIES.items() if isinstance(territory, model))
    return ReportIssue.objects.create(
        kind=kind,
        **{kind.value: territory},
        year=semester.year,
        half=semester.half,
        version=version,
        code=f"{semester.year}-{semester.half}/{_code_of(territory)}/{version:02d}",
        data_cut=cut,
        requested_by_id=by.user_id,
        revision_reason=reason.strip() if is_revision else "",
    )


def _code_of(territory: Territory) -> str:
    match territory:
        case Municipality():
            return territory.istat_code
        case Zone():
            return f"ZONA-{territory.slug}".upper()
        case Desk():
            return f"SPORTELLO-{territory.slug}".upper()
        case TerritorialPact():
            return territory.slug.upper()


@audit.service("issue.publish")
def publish_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Let everybody read it; the version published before it becomes superseded.

    Raises NeedsSecondPerson, SemesterRunning, and IllegalStep, also where newer figures of the semester were frozen: they were
    protected beside those that were public then, and not beside these.
    """
    one_at_a_time(Semester(issue.year, issue.half))
    issue = _locked(issue)
    if by.user_id is None or by.user_id == issue.requested_by_id:
        raise NeedsSecondPerson
    if not issue.is_of_whole_semester:
        raise SemesterRunning
    if issue.area is not None and _is_outdated(issue.area):
        raise IllegalStep("newer figures of the semester are frozen")
    same = issues_of(issue.territory).filter(year=issue.year, half=issue.half, state=IssueState.PUBLISHED)
    for older in same.select_for_update(of=("self",)).order_by("version"):
        if older.version > issue.version:
            raise IllegalStep("a newer version is published")
        move(older, IssueState.SUPERSEDED)
        older.save(update_fields=["state"])
    move(issue, IssueState.PUBLISHED)
    issue.published_by_id = by.user_id
    issue.published_at = timezone.now()
    issue.save(update_fields=["state", "published_by", "published_at"])
    if seal_key():
        jobs.enqueue("reports.tasks.seal_issue", str(issue.pk), key=str(issue.pk))
    return issue


@audit.service("issue.comment")
def comment_issue(*, issue: ReportIssue, text: str, by: Scope) -> ReviewComment:
    """Say something about a built edition to who will publish it, and write to who asked. Raises IllegalStep once it is published."""
    issue = _locked(issue)
    if issue.state != IssueState.BUILT:
        raise IllegalStep(issue.state)
    comment = ReviewComment.objects.create(issue=issue, text=text.strip(), author_id=by.user_id)
    if issue.requested_by_id != by.user_id:
        _tell(COMMENTED, issue, page="report_comments", dedupe_key=f"report-comment-{comment.pk}", by=by)
    return comment


@audit.service("issue.fail")
def fail_issue(*, issue: ReportIssue, label: str, by: Scope) -> ReportIssue:
    """Say that the building stopped, in plain words. Raises IllegalStep for one that is built."""
    issue = _locked(issue)
    move(issue, IssueState.FAILED)
    issue.failure = label
    issue.save(update_fields=["state", "failure"])
    return issue


@audit.service("issue.retry")
def retry_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Build again one that failed or lost its job; figures that were frozen stay as they are. Raises IllegalStep."""
    issue = _locked(issue)
    if issue.state not in UNDER_WAY:
        move(issue, IssueState.FROZEN if issue.frozen_at else IssueState.QUEUED)
    issue.failure = ""
    issue.save(update_fields=["state", "failure"])
    _enqueue_build(issue)
    return issue


@audit.service("issue.tell")
def tell_requester(*, issue: ReportIssue, by: Scope) -> None:
    """Write once to who asked, when the edition is ready to be read."""
    _tell(READY, issue, page="report_detail", dedupe_key=f"report-ready-{issue.pk}", by=by)


def request_semester(*, day: date, by: Scope) -> list[ReportIssue]:
    """Ask for the report of the semester that ended before `day`, for every pact in force on its last day and every member.

    A territory that already has an edition of that semester is left alone, so asking twice changes nothing.
    """
    semester = Semester.before(day)
    pacts = TerritorialPact.objects.filter(starts_on__lte=semester.last_day, ends_on__gte=semester.last_day)
    asked: list[ReportIssue] = []
    territories: list[Territory] = [*pacts.order_by("slug"), *members_on(pacts, semester.last_day)]
    for territory in territories:
        if not issues_of(territory).filter(year=semester.year, half=semester.half).exists():
            asked.append(request_issue(territory=territory, year=semester.year, half=semester.half, by=by))
    return asked


def move(issue: ReportIssue, state: IssueState) -> None:
    """Change the state in memory where the table of transitions allows it; IllegalStep otherwise."""
    if state not in ISSUE_TRANSITIONS[IssueState(issue.state)]:
        raise IllegalStep(f"{issue.state} -> {state}")
    issue.state = state


def one_at_a_time(semester: Semester) -> None:
    """Until the transaction ends, nobody else freezes or publishes figures of the semester."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"semester {semester.year}-{semester.half}"])


def _tell(kind: MessageKind, issue: ReportIssue, *, page: str, dedupe_key: str, by: Scope) -> None:
    """Write to who asked for the edition, while they are with us."""
    person = issue.requested_by
    if person is None or not person.is_active:
        return
    url = settings.SITE_URL + reverse(page, kwargs={"issue": issue.pk})
    context = {"issue": issue, "semester": Semester(issue.year, issue.half), "url": url}
    notify(kind, to=person.email, language=person.language, context=context, dedupe_key=dedupe_key, by=by)


def _is_outdated(area: FrozenArea) -> bool:
    freeze = area.freeze
    newer = SemesterFreeze.objects.filter(year=freeze.year, half=freeze.half, version__gt=freeze.version)
    return newer.filter(data_cut=freeze.data_cut).exists()


def _locked(issue: ReportIssue) -> ReportIssue:
    return ReportIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)


def _enqueue_build(issue: ReportIssue) -> None:
    jobs.enqueue("reports.tasks.build_issue", str(issue.pk), key=str(issue.pk))
