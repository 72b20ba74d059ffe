"""Homes of those who steer: the official, the control room, the administrator."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reports.models import ReportIssue
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.pacts.queries import pacts_of, pacts_today
from sportello.territory.models import Municipality
from sportello.workspaces.queries import bodies_with_people


@audience(Role.OFFICIAL)
@require_GET
def official_home(request: Request) -> HttpResponse:
    """My municipality, its pacts and its reports. Nothing about single persons."""
    municipality = Municipality.objects.filter(pk__in=request.scope.municipality_ids(Role.OFFICIAL)).first()
    if municipality is None:
        raise Http404
    context = {
        "municipality": municipality,
        "pacts": pacts_of(municipality),
        "issues": ReportIssue.objects.filter(municipality=municipality).order_by("-year", "-half", "-version")[:8],
        "organisation_id": next(iter(request.scope.organisation_ids(Role.OFFICIAL))),
        "keeps_team": bool(request.scope.kept_organisation_ids),
    }
    return render(request, "workspaces/official_home.html", context)


@audience(Role.CONTROL_ROOM)
@require_GET
def control_room_home(request: Request) -> HttpResponse:
    """The pacts with their members, the latest editions and their state."""
    issues = ReportIssue.objects.select_related("pact", "zone", "municipality").order_by("-requested_at", "pk")[:8]
    return render(request, "workspaces/control_room_home.html", {"pacts": pacts_today(), "issues": issues})


@audience(Role.ADMINISTRATOR)
@require_GET
def administrator_home(request: Request) -> HttpResponse:
    """The bodies of the portal and how many people act for each."""
    return render(request, "workspaces/administrator_home.html", {"bodies": bodies_with_people()})
