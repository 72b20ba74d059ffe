"""How many people the settlements ahead will need, beside how many look for such a job."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidates.queries.wishes import people_wanting
from employers.queries.settlements import demand
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.reference.models import IscoGroup
from sportello.reference.rules import parameter
from sportello.workspaces.rules import gaps


@audience(Role.OPERATOR, Role.COORDINATOR, Role.CONTROL_ROOM)
@require_safe
def gap_page(request: Request) -> HttpResponse:
    """By group of occupations and by month; a handful of people is not told, and no vacancy is counted."""
    demands = demand()
    groups = {row.group for row in demands}
    threshold = int(parameter("disclosure_threshold", on=timezone.localdate()).value)
    rows = gaps(demands, people_wanting(groups), threshold=threshold)
    labels = dict(IscoGroup.objects.filter(code__in=groups).values_list("code", "label"))
    context = {
        "rows": [(labels.get(row.group, row.group), row) for row in rows],
        "threshold": threshold,
        "headcount": sum(row.headcount for row in rows),
    }
    return render(request, "workspaces/forecast_gaps.html", context)
