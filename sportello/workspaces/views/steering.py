"""Homes of those who steer: the official, the control room."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.queries.issues import Waiting, listed, waiting
from reports.queries.series import series_of
from reports.render.steering import dashboard, goals
from reports.rules import Semester
from reports.states import UNDER_WAY, IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.pacts.queries import goals_of, pacts_of, pacts_today
from sportello.territory.models import Municipality
from sportello.workspaces.queries.home import Counter

EDITIONS_LISTED = 8


@audience(Role.OFFICIAL)
@require_safe
def official_home(request: Request) -> HttpResponse:
    """My municipality: its six figures, its reports, the goals of its pacts. Nothing about single persons."""
    municipality = Municipality.objects.filter(pk__in=request.scope.municipality_ids(Role.OFFICIAL)).first()
    if municipality is None:
        raise Http404
    today = timezone.localdate()
    pacts = list(pacts_of(municipality))
    series = series_of(scope=request.scope, pacts=pacts, municipality=municipality)
    issues = list(listed(ReportIssue.objects.filter(municipality=municipality))[:EDITIONS_LISTED])
    over = Semester.before(today)
    rows = list(goals_of(pacts).filter(retired_on__isnull=True))
    context = {
        "municipality": municipality,
        "dashboard": dashboard(series.get(municipality.pk), INDICATORS, name="comune"),
        "pacts": [
            (pact, goals([g for g in rows if g.pact_id == pact.pk], series.get(pact.pk), INDICATORS, today=today))
            for pact in pacts
        ],
        "issues": issues,
        "lacking": None if any((i.year, i.half) == (over.year, over.half) for i in issues) else over,
        "under_way": [issue for issue in issues if issue.state in UNDER_WAY],
        "to_read": [issue for issue in issues if issue.state == IssueState.BUILT],
        "organisation_id": next(iter(request.scope.organisation_ids(Role.OFFICIAL))),
        "keeps_team": bool(request.scope.kept_organisation_ids),
    }
    return render(request, "workspaces/official_home.html", context)


@audience(Role.CONTROL_ROOM)
@require_safe
def control_room_home(request: Request) -> HttpResponse:
    """What waits; the six figures and the goals of one pact, by default the newest; all pacts; the latest editions."""
    today = timezone.localdate()
    pacts = list(pacts_today())
    pact = next((p for p in pacts if p.slug == request.GET.get("patto")), pacts[0] if pacts else None)
    chosen = [pact] if pact else []
    series = series_of(scope=request.scope, pacts=chosen).get(pact.pk) if pact else None
    over = Semester.before(today)
    waits = waiting(reader=request.scope.account_id, pact=pact, semester=over)
    concerned = pact is not None and pact.starts_on <= over.last_day <= pact.ends_on
    context = {
        "pact": pact,
        "pacts": pacts,
        "dashboard": dashboard(series, INDICATORS, name="patto"),
        "goals": goals(goals_of(chosen).filter(retired_on__isnull=True), series, INDICATORS, today=today),
        "is_over": pact is not None and pact.ends_on < today,
        "waits": waits,
        "lacking": over if concerned and not waits.asked else None,
        "counters": _counters(waits),
        "approaching": [found for found in pacts if found.approaching_count],
        "issues": listed(ReportIssue.objects.all())[:EDITIONS_LISTED],
    }
    return render(request, "workspaces/control_room_home.html", context)


def _counters(waits: Waiting) -> list[Counter]:
    """The editions that wait, as numbers that open their lists; what nobody waits for is left out."""
    reports = reverse("control_room_reports")
    counters = [
        Counter(
            _("Rapporti da leggere e pubblicare"), waits.to_publish, f"{reports}?stato={IssueState.BUILT}#edizioni"
        ),
        Counter(
            _("Rapporti chiesti da te, che un'altra persona pubblica"),
            waits.of_others,
            f"{reports}?stato={IssueState.BUILT}#edizioni",
        ),
        Counter(_("Rapporti non riusciti, da rifare"), waits.failed, f"{reports}?stato={IssueState.FAILED}#edizioni"),
        Counter(_("Rapporti in preparazione"), waits.under_way, f"{reports}?stato={IssueState.QUEUED}#edizioni"),
    ]
    return [counter for counter in counters if counter.count]
