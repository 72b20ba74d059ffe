"""New settlements and their forecasts, kept by operators and by the control room."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.enums import SiteState
from employers.forms.settlement import ForecastForm, SettlementForm
from employers.models import Settlement, WorkforceForecast
from employers.queries.settlements import forecast_of, forecasts_of, settlement_of, settlements
from employers.services import settlement as service
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
keepers = audience(Role.OPERATOR, Role.COORDINATOR, Role.CONTROL_ROOM)


@keepers
@require_safe
def settlement_list(request: Request) -> HttpResponse:
    """Settlements by the day they may open."""
    state = request.GET.get("stato", "")
    page = Pages(settlements(state=state), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"page": page, "state": state, "states": [("", _("Tutti")), *SiteState.choices]}
    return render(request, "employers/settlements.html", context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def settlement_new(request: Request) -> HttpResponse:
    """One more."""
    return _write(request, None)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def settlement_change(request: Request, settlement: UUID) -> HttpResponse:
    """What is now known of one."""
    return _write(request, settlement_of(settlement))


@keepers
@require_safe
def settlement_detail(request: Request, settlement: UUID) -> HttpResponse:
    """A settlement with its forecasts, those that were replaced folded away."""
    found = settlement_of(settlement)
    rows = list(forecasts_of(found))
    replaced = {row.replaces_id for row in rows}
    context = {
        "settlement": found,
        "in_force": [row for row in rows if row.pk not in replaced],
        "replaced": [row for row in rows if row.pk in replaced],
    }
    return render(request, "employers/settlement_detail.html", context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def forecast_new(request: Request, settlement: UUID) -> HttpResponse:
    """One more forecast."""
    return _forecast(request, settlement_of(settlement), None)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def forecast_replace(request: Request, forecast: UUID) -> HttpResponse:
    """A newer forecast in the place of one in force."""
    old = forecast_of(forecast)
    if WorkforceForecast.objects.filter(replaces=old).exists():
        return _replaced(request, old.settlement)
    return _forecast(request, old.settlement, old)


def _write(request: Request, settlement: Settlement | None) -> HttpResponse:
    form = SettlementForm(posted(request), instance=settlement)
    if request.method == "POST" and form.is_valid():
        written = service.write_settlement(settlement=settlement, by=request.scope, **form.cleaned_data)
        messages.success(request, _("Insediamento salvato."))
        return redirect("settlement_detail", settlement=written.pk)
    title = _("Correggi l'insediamento") if settlement else _("Nuovo insediamento")
    back = reverse("settlement_detail", kwargs={"settlement": settlement.pk}) if settlement else reverse("settlements")
    return _page(request, form, title=title, back=back)


def _forecast(request: Request, settlement: Settlement, old: WorkforceForecast | None) -> HttpResponse:
    posted, searching = request.method == "POST", "search" in request.POST
    initial: dict[str, Any] = {"made_on": timezone.localdate()}
    if old:
        initial |= {name: getattr(old, name) for name in ("headcount", "needed_on", "source", "confidence")}
        initial["occupation"] = str(old.occupation_id)
    if searching:
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        initial = request.POST.dict() | _days(request)
    form = ForecastForm(request.POST if posted and not searching else None, replaces=old, initial=initial)
    if posted and not searching and form.is_valid():
        try:
            service.write_forecast(settlement=settlement, replaces=old, by=request.scope, **form.cleaned_data)
        except service.AlreadyReplaced:
            return _replaced(request, settlement)
        messages.success(request, _("Previsione salvata. Non è un'offerta: non va in bacheca."))
        return redirect("settlement_detail", settlement=settlement.pk)
    title = _("Sostituisci la previsione") if old else _("Nuova previsione")
    back = reverse("settlement_detail", kwargs={"settlement": settlement.pk})
    return _page(request, form, title=title, back=back, about=str(settlement))


def _days(request: Request) -> dict[str, Any]:
    """The boxes of the two dates as they were typed, for a form that is shown again unjudged."""
    boxes = ("day", "month", "year")
    return {name: [request.POST.get(f"{name}_{box}", "") for box in boxes] for name in ("needed_on", "made_on")}


def _replaced(request: Request, settlement: Settlement) -> HttpResponse:
    messages.info(request, _("Qualcuno l'ha appena sostituita: parti da quella nuova."))
    return redirect("settlement_detail", settlement=settlement.pk)


def _page(request: Request, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "employers/settlement_form.html", {"form": form, **context}, status=status)
