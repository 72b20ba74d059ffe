"""The page of one pact, with its goals measured on the report; the control room sets the goals."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.indicators import INDICATORS
from reports.queries.series import series_of
from reports.queries.year import with_years
from reports.render.steering import goals
from reports.rules import Semester
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted, public
from sportello.pacts.models import PactGoal, TerritorialPact
from sportello.pacts.queries import goals_of, pact_page
from sportello.pacts.render import member_map
from sportello.pacts.services import goal as service
from sportello.workspaces.forms import GoalForm, RetireGoalForm


@public
@require_safe
def pact_detail(request: Request, slug: str) -> HttpResponse:
    """One pact: goals, members with their deeds, map, partners, actions; for the control room also the buttons."""
    pact = with_years(TerritorialPact.objects.select_related("lead").filter(slug=slug)).first()
    if pact is None:
        raise Http404
    page = pact_page(pact)
    series = series_of(scope=request.scope, pacts=[pact]).get(pact.pk)
    found = goals(goals_of([pact]), series, INDICATORS, today=timezone.localdate())
    context = {
        "page": page,
        "pact": pact,
        "map": member_map(page),
        "years": pact.balance_years,
        "goals": [goal for goal in found if goal.goal.retired_on is None],
        "retired": [goal for goal in found if goal.goal.retired_on is not None],
        "can_keep": request.scope.has(Role.CONTROL_ROOM),
    }
    return render(request, "workspaces/pact_detail.html", context)


@audience(Role.CONTROL_ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: Request, slug: str) -> HttpResponse:
    """Set a goal of a pact that is not over."""
    today = timezone.localdate()
    pact = get_object_or_404(TerritorialPact, slug=slug, ends_on__gte=today)
    last = Semester.of(pact.ends_on)
    form = GoalForm(posted(request), initial={"semester": f"{last.year}-{last.half}"}, pact=pact, today=today)

    def save(data: dict[str, Any]) -> None:
        service.set_goal(pact=pact, by=request.scope, **_facts(data))

    return _form_page(request, form, pact=pact, title=_("Nuovo obiettivo"), submit=_("Aggiungi l'obiettivo"), save=save)


@audience(Role.CONTROL_ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_change(request: Request, goal: UUID) -> HttpResponse:
    """Say a goal anew."""
    found = _open_goal(goal)
    due = Semester.of(found.due_on)
    initial = {
        "title": found.title,
        "indicator": found.indicator,
        "target": found.target,
        "semester": f"{due.year}-{due.half}",
    }
    form = GoalForm(posted(request), initial=initial, pact=found.pact, today=timezone.localdate())

    def save(data: dict[str, Any]) -> None:
        service.change_goal(goal=found, by=request.scope, **_facts(data))

    return _form_page(
        request, form, pact=found.pact, title=_("Modifica l'obiettivo"), submit=_("Salva l'obiettivo"), save=save
    )


@audience(Role.CONTROL_ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_retire(request: Request, goal: UUID) -> HttpResponse:
    """Give a goal up, with the reason."""
    found = _open_goal(goal)

    def save(data: dict[str, Any]) -> None:
        service.retire_goal(goal=found, reason=data["reason"], by=request.scope)

    return _form_page(
        request,
        RetireGoalForm(posted(request)),
        pact=found.pact,
        title=_("Ritira l'obiettivo"),
        lead=found.title,
        submit=_("Ritira l'obiettivo"),
        save=save,
    )


def _open_goal(pk: UUID) -> PactGoal:
    return get_object_or_404(PactGoal.objects.select_related("pact"), pk=pk, retired_on__isnull=True)


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What the form says, as the services want it: a goal is due on the last day of its semester."""
    return {
        "title": data["title"],
        "indicator": data["indicator"],
        "target": data["target"],
        "due_on": data["semester"].last_day,
    }


def _form_page(
    request: Request,
    form: forms.Form,
    *,
    pact: TerritorialPact,
    title: str,
    submit: str,
    save: Callable[[dict[str, Any]], None],
    lead: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except service.GoalRetired:
            form.add_error(None, _("Un'altra persona ha appena ritirato questo obiettivo."))
        else:
            messages.success(request, _("Salvato."))
            return redirect("pact_detail", slug=pact.slug)
    context = {"form": form, "pact": pact, "title": title, "lead": lead, "submit": submit}
    return render(request, "workspaces/goal_form.html", context, status=422 if form.errors else 200)
