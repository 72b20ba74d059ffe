"""Alerts by e-mail: ask for one, prove the address, see one's own, stop."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.forms.board import AlertForm, BoardForm
from employers.queries.alerts import board_address, described, own_alerts, search_of
from employers.services import alerts
from sportello.accounts.scope import Request
from sportello.accounts.services.address import LinkClosed
from sportello.core.http import SIGNED_IN, audience, limited, public
from sportello.core.paging import Pages

PAGE_SIZE = 25


@public
@limited("alert")
@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request: Request) -> HttpResponse:
    """Tell me what is new in this search, which stands in the address as on the board."""
    board_form = BoardForm(request.GET)
    board_form.is_valid()
    search = board_form.search()
    address = _proved_address(request)
    form = AlertForm(request.POST or None, initial={"email": address})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        is_proved = bool(address) and email.lower() == address.lower()
        alerts.save_search(
            search=search,
            email=email,
            language=(get_language() or "it")[:2],
            user_id=request.scope.user_id,
            is_proved=is_proved,
            by=request.scope,
        )
        if is_proved:
            messages.success(request, _("Fatto: ti scriviamo quando c'è un'offerta nuova."))
        else:
            messages.success(request, _("Ti abbiamo scritto: apri il collegamento nel messaggio e l'avviso comincia."))
        return redirect(board_address(search))
    context = {"form": form, "search": described(search), "back": board_address(search)}
    return render(request, "employers/alert_new.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request: Request, token: str) -> HttpResponse:
    """Door of the message: only the button confirms."""
    if request.method != "POST":
        return render(request, "employers/alert_door.html", {"door": "confirm"})
    try:
        saved = alerts.confirm_search(token=token, by=request.scope)
    except LinkClosed:
        return render(request, "employers/alert_door.html", {"door": "closed"})
    messages.success(request, _("Fatto: ti scriviamo quando c'è un'offerta nuova."))
    return redirect(board_address(search_of(saved)))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def alert_stop(request: Request, token: str) -> HttpResponse:
    """Door of each alert: one button and nobody writes any more."""
    if request.method != "POST":
        return render(request, "employers/alert_door.html", {"door": "stop"})
    try:
        alerts.stop_search(token=token, by=request.scope)
    except LinkClosed:
        return render(request, "employers/alert_door.html", {"door": "closed"})
    return render(request, "employers/alert_door.html", {"door": "stopped"})


@audience(SIGNED_IN)
@require_safe
def my_alerts(request: Request) -> HttpResponse:
    """What I asked to be told about."""
    page = Pages(own_alerts(request.scope.account_id), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "employers/my_alerts.html", {"page": page})


@audience(SIGNED_IN)
@require_POST
def alert_drop(request: Request, saved_search: UUID) -> HttpResponse:
    """Stop one of mine."""
    saved = get_object_or_404(own_alerts(request.scope.account_id), pk=saved_search)
    alerts.drop_search(saved=saved, by=request.scope)
    messages.success(request, _("Avviso fermato."))
    return redirect("my_alerts")


def _proved_address(request: Request) -> str:
    """The signed-in person's own address, if its owner has proved it."""
    if request.scope.user_id is None:
        return ""
    found = EmailAddress.objects.filter(user=request.scope.user_id, verified=True).order_by("-primary", "pk").first()
    return str(found.email) if found else ""
