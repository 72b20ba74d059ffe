"""The ways of weighing: everybody at the desks reads them, coordinators change them by name and with a reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching.engine.strategies import Strategy
from matching.forms.strategy import WeightsForm
from matching.queries.strategies import LABELS, chosen, editions, strategies, weights_table
from matching.services.strategy import ChangedMeanwhile, edit_strategy
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_safe
def strategy_list(request: Request) -> HttpResponse:
    """What each strategy weighs, and every change with who made it and why."""
    page = Pages(editions(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        **weights_table(strategies()),
        "page": page,
        "changes": [(LABELS[Strategy(edition.strategy)], edition) for edition in page],
        "may_edit": request.scope.has_any((Role.COORDINATOR,)),
    }
    return render(request, "matching/strategies.html", context)


@audience(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def strategy_edit(request: Request, strategy: str) -> HttpResponse:
    """Change what one strategy weighs; the searches made before keep their own weights."""
    if strategy not in list(Strategy):
        raise Http404
    way = chosen(Strategy(strategy))
    form = WeightsForm(way, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            edit_strategy(
                strategy=way.strategy,
                weights=form.weights,
                motive=form.cleaned_data["motive"],
                after=way.edition,
                by=request.scope,
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Un collega l'ha cambiata in questo momento: rileggi e riprova."))
        else:
            messages.success(request, _("Fatto. Vale dalle prossime ricerche."))
            return redirect("strategies")
    return render(
        request, "matching/strategy_edit.html", {"way": way, "form": form}, status=422 if form.errors else 200
    )
